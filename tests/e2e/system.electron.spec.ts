import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { Office } from '../story/office';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test } from '../support/app';
import { callFromPage } from '../support/page-bridge';
import type { RunningApp } from '../support/running-app';
import { startAgain } from '../support/start-again';
import { told } from '../support/told';

// A download comes first, on a machine that may be busy.
test.describe.configure({ timeout: 300_000 });

const electronOf = (app: RunningApp): ElectronApplication => {
  if (!app.electron) throw new Error('This test needs Electron.');
  return app.electron;
};

const isVisible = (app: RunningApp): Promise<boolean | undefined> =>
  electronOf(app).evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());

async function hide(app: RunningApp): Promise<void> {
  await expect.poll(() => isVisible(app)).toBe(true);
  await electronOf(app).evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await expect.poll(() => isVisible(app)).toBe(false);
}

type Seen = { badge: number[]; tray: string[][]; notices: { title: string; body: string }[] };

/** Watches what the host shows outside the window: no test can look at the desktop itself. */
async function watchDesktop(app: RunningApp): Promise<() => Promise<Seen>> {
  await electronOf(app).evaluate(({ app: own, Menu, Notification }) => {
    const seen: Seen = { badge: [], tray: [], notices: [] };
    const kept: Electron.Notification[] = [];
    Object.assign(globalThis, { seen, kept });
    own.setBadgeCount = (count?: number) => seen.badge.push(count ?? 0) > 0;
    const build = Menu.buildFromTemplate.bind(Menu);
    Menu.buildFromTemplate = (template) => {
      const labels = template.flatMap(({ label }) => label ?? []);
      if (labels.includes('Open Fieldbook')) seen.tray.push(labels);
      return build(template);
    };
    Notification.isSupported = () => true;
    // A notification has its methods to itself; what listens to its click is the first that is heard of it.
    const emitter = Object.getPrototypeOf(Notification.prototype) as NodeJS.EventEmitter;
    const on = emitter.on;
    emitter.on = function (this: NodeJS.EventEmitter, name, listener) {
      if (this instanceof Notification && name === 'click') {
        seen.notices.push({ title: this.title, body: this.body });
        kept.push(this);
      }
      return on.call(this, name, listener);
    };
  });
  return () => electronOf(app).evaluate(() => Reflect.get(globalThis, 'seen') as Seen);
}

/** Chooses from the menu bar as a person does. */
const choose = (app: RunningApp, label: string) =>
  electronOf(app).evaluate(({ Menu }, wanted) => {
    const items = (menu: Electron.Menu | null): Electron.MenuItem[] =>
      menu?.items.flatMap((item) => [item, ...items(item.submenu ?? null)]) ?? [];
    const found = items(Menu.getApplicationMenu()).find((item) => item.label === wanted);
    if (!found?.enabled) throw new Error(`${wanted} cannot be chosen`);
    found.click();
  }, label);

async function signedIn(page: Page, office: Office): Promise<void> {
  await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
  // The first sign-in ends here by itself; what a test opens before would be left again.
  await expect(page).toHaveURL(/#\/get-ready/, { timeout: 60_000 });
}

test('a link from outside opens its document in the running app, and says why where it cannot', async ({ app, page }) => {
  const office = await Office.open({ scale: 20 });
  const customer = office.site.documents('Customer')[0]?.name ?? '';
  try {
    await signedIn(page, office);
    await hide(app);
    const address = `${office.url}/app/customer/${encodeURIComponent(customer)}`;
    expect(await startAgain(electronOf(app), `fieldbook://open?url=${encodeURIComponent(address)}`)).toBe(0);
    await expect(page).toHaveURL(new RegExp(`#/document/Customer/`));
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
    await expect.poll(() => isVisible(app)).toBe(true);

    await startAgain(electronOf(app), 'fieldbook://open?site=https://elsewhere.example.com&doctype=Customer&name=x');
    const dialog = page.getByRole('dialog', { name: 'This link cannot be opened here' });
    await expect(dialog).toContainText('elsewhere.example.com');
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    await expect(dialog).toBeHidden();

    await startAgain(electronOf(app), 'fieldbook://run?cmd=calc');
    await expect(dialog).toContainText('no link to a document');
    await page.keyboard.press('Escape');

    const file = join(app.dataFolder, 'from another device.fieldbook-work');
    await writeFile(file, 'not an export at all');
    await startAgain(electronOf(app), file);
    await expect(page.getByText('from another device.fieldbook-work')).toBeVisible();
    await page.getByLabel('Passphrase of the file').fill('some passphrase');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(page.getByRole('alert')).toBeVisible();
  } finally {
    await office.close();
  }
});

test('the menu bar goes to screens, prints the document, and works offline; the tray says the same as the pill', async ({ app, page }) => {
  const office = await Office.open({ scale: 20 });
  const customer = office.site.documents('Customer')[0]?.name ?? '';
  try {
    const seen = await watchDesktop(app);
    await signedIn(page, office);
    await expect.poll(async () => (await seen()).tray.at(-1)?.[0]).toMatch(/^(Connect|Downloading|Up to date)/);

    await choose(app, 'Sync centre');
    await expect(page).toHaveURL(/#\/sync/);
    await choose(app, 'Back');
    await expect(page).toHaveURL(/#\/get-ready/);
    await choose(app, 'Search…');
    await expect(page.getByRole('combobox', { name: 'Search' })).toBeFocused();
    await page.keyboard.press('Escape');

    await choose(app, 'Work offline');
    await expect(new Shell(page).pill).toHaveText(/^Working offline/);
    await expect
      .poll(async () => (await seen()).tray.at(-1))
      .toEqual(['Working offline', 'Open Fieldbook', 'Sync now', 'Work offline', 'Quit Fieldbook']);
    await choose(app, 'Work offline');
    await expect(new Shell(page).pill).not.toHaveText(/^Working offline/);

    await page.evaluate(() => {
      window.print = () => Object.assign(window, { printed: location.hash });
    });
    await new Shell(page).openDocument('Customer', customer);
    await expect(
      page
        .getByRole('tab')
        .or(page.getByRole('button', { name: 'More', exact: true }))
        .first(),
    ).toBeVisible();
    await choose(app, 'Print…');
    await expect(page.getByRole('article')).toBeVisible();
    await choose(app, 'Print…');
    await expect.poll(() => page.evaluate(() => ('printed' in window ? String(window.printed) : ''))).toMatch(/^#\/print\/Customer\//);
  } finally {
    await office.close();
  }
});

test('what needs the person is a badge and one notification, which opens it; a person who looks is not told', async ({ app, page }) => {
  await expect(page.getByLabel('Site address')).toBeVisible();
  const seen = await watchDesktop(app);
  const tell = async (changes: Parameters<typeof told>[0]) =>
    expect(await callFromPage(page, 'system.tell', told(changes))).toEqual({ ok: true, value: null });
  await hide(app);
  await tell({});
  await tell({ needsYou: 2, pill: 'needs-you', tone: 'warn', text: '2 need you' });
  await tell({ needsYou: 2, pill: 'needs-you', tone: 'warn', text: '2 need you' });
  await expect.poll(async () => (await seen()).badge.at(-1)).toBe(2);
  expect((await seen()).notices.map(({ title }) => title)).toEqual(['2 changes need you']);
  expect((await seen()).tray.at(-1)?.[0]).toBe('2 need you');

  await tell({ needsYou: 2, pill: 'sign-in', tone: 'bad', text: 'Sign in again', unsent: 1 });
  await expect.poll(async () => (await seen()).notices.at(-1)?.title).toBe('Sign in again');
  await electronOf(app).evaluate(() => {
    const kept = Reflect.get(globalThis, 'kept') as Electron.Notification[];
    kept[0]?.emit('click', {});
  });
  await expect.poll(() => isVisible(app)).toBe(true);

  await electronOf(app).evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    // A display without a window manager gives no window the focus.
    if (window) window.isFocused = () => true;
  });
  await tell({ needsYou: 5, pill: 'needs-you', text: '5 need you' });
  await expect.poll(async () => (await seen()).badge.at(-1)).toBe(5);
  expect((await seen()).notices).toHaveLength(2);
});

test('what the window tells is held to its shape', async ({ app, page }) => {
  await expect(page.getByLabel('Site address')).toBeVisible();
  expect(app.electron).not.toBeNull();
  for (const bad of [{ text: 'x'.repeat(301) }, { needsYou: -1 }, { pill: 'fine' }, { site: 'javascript:alert(1)' }, { account: '../x' }])
    expect(await callFromPage(page, 'system.tell', { ...told(), ...bad })).toMatchObject({ ok: false, error: { code: 'bad-parameters' } });
});

test('the window’s place is kept though the app was killed', async ({ app }) => {
  await expect.poll(() => isVisible(app)).toBe(true);
  const bounds = { x: 30, y: 20, width: 820, height: 640 };
  await electronOf(app).evaluate(({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setBounds(wanted), bounds);
  const kept = async () => {
    const text = await readFile(join(app.dataFolder, 'window.json'), 'utf8').catch(() => '{}');
    return (JSON.parse(text) as { window?: { bounds: unknown } }).window?.bounds;
  };
  await expect.poll(kept).toEqual(bounds);
  await app.kill();
  await app.restart();
  await expect
    .poll(() => electronOf(app).evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds()))
    .toEqual(bounds);
});

test('spelling is checked as the person chose, and no dictionary is fetched before', async ({ app, page }) => {
  await expect(page.getByLabel('Site address')).toBeVisible();
  const spelling = () =>
    electronOf(app).evaluate(({ session }) => ({
      on: session.defaultSession.isSpellCheckerEnabled(),
      languages: session.defaultSession.getSpellCheckerLanguages(),
    }));
  test.skip(process.platform === 'darwin', 'a Mac checks with its own dictionaries');
  expect(await spelling()).toEqual({ on: false, languages: [] });
  expect(await callFromPage(page, 'settings.set', { spelling: 'off' })).toMatchObject({ ok: true });
  expect(await spelling()).toEqual({ on: false, languages: [] });
  await electronOf(app).evaluate(({ session }) => {
    // No test asks a server outside for a dictionary.
    session.defaultSession.setSpellCheckerDictionaryDownloadURL('http://127.0.0.1:9/');
  });
  expect(await callFromPage(page, 'settings.set', { spelling: 'on' })).toMatchObject({ ok: true });
  const now = await spelling();
  expect(now.on).toBe(true);
  expect(now.languages.some((language) => language.startsWith('en'))).toBe(true);
});
