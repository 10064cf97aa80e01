import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { extractAll, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test } from '../support/app';
import { noElectron } from '../support/electron-app';
import { killGroup } from '../support/kill-group';

/** The app as people get it, but for the Electron where only that of the tests is to be had. Its fuses let no test tool in but Chromium's. */
test.describe.configure({ mode: 'serial', timeout: 600_000 });

let folder = '';
test.beforeAll(async () => {
  test.skip(noElectron() !== null, noElectron() ?? '');
  test.setTimeout(600_000);
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/package.mjs', '--dir', '--for-tests']);
  folder = /^Packaged in (.+)$/m.exec(stdout)?.[1] ?? '';
  expect(folder, stdout).not.toBe('');
});

const resources = (of = folder) => (process.platform === 'darwin' ? join(of, 'Fieldbook.app/Contents/Resources') : join(of, 'resources'));
const binary = (of = folder) => {
  if (process.platform === 'darwin') return join(of, 'Fieldbook.app/Contents/MacOS/Fieldbook');
  return join(of, process.platform === 'win32' ? 'Fieldbook.exe' : 'fieldbook');
};

type Started = { process: ChildProcess; output: () => string; ended: Promise<unknown> };

type StartOptions = { of?: string; args?: string[]; env?: Record<string, string> };

function start(dataFolder: string, display: string, { of = folder, args = [], env = {} }: StartOptions = {}): Started {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(binary(of), [...asRoot, `--data-folder=${dataFolder}`, ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DISPLAY: display, DBUS_SESSION_BUS_ADDRESS: 'disabled:', ...env },
  });
  let output = '';
  child.stdout.on('data', (text) => (output += String(text)));
  child.stderr.on('data', (text) => (output += String(text)));
  return { process: child, output: () => output, ended: once(child, 'close') };
}

async function end({ process: child, ended }: Started): Promise<void> {
  killGroup(child.pid ?? 0);
  await ended;
}

/** Starts the packaged app and looks at its window through Chromium's own port. */
async function withWindow(dataFolder: string, display: string, use: (page: Page, started: Started) => Promise<void>): Promise<void> {
  const started = start(dataFolder, display, { args: ['--remote-debugging-port=0'] });
  try {
    await expect.poll(started.output, { timeout: 60_000 }).toMatch(/DevTools listening on ws:/);
    const [, port] = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(started.output()) ?? [];
    const address = `http://127.0.0.1:${port}`;
    // A window that comes after the connection is not seen.
    const windows = async () =>
      (await (await fetch(`${address}/json/list`)).json()).filter(({ type }: { type: string }) => type === 'page');
    await expect.poll(async () => (await windows()).length, { timeout: 60_000 }).toBe(1);
    const browser = await chromium.connectOverCDP(address, { noDefaults: true });
    const context = browser.contexts()[0];
    const page = context?.pages()[0];
    if (!page) throw new Error(`The app showed no window:\n${started.output()}`);
    await use(page, started);
    await browser.close();
  } finally {
    await end(started);
  }
}

test('the package holds the app in an archive, and nothing that only its makers need', async () => {
  const files = listPackage(join(resources(), 'app.asar'), { isPack: false }).map((file) => file.replaceAll('\\', '/'));
  expect(files).toEqual(
    expect.arrayContaining([
      '/main/main.js',
      '/package.json',
      '/preload/preload.js',
      '/renderer/index.html',
      '/renderer/assets/licences.json',
    ]),
  );
  expect(
    files.filter((file) => /node_modules|\.(ts|vue|map)$|\/(tests|scripts|docs)\/|headless|demo-serve|modules-\w+\.txt|\.built/.test(file)),
  ).toEqual([]);
  expect(existsSync(join(resources(), 'app'))).toBe(false);
  expect(existsSync(join(resources(), 'default_app.asar'))).toBe(false);
});

test('its fuses are set: it is no Node, listens to no debugger, and loads its own archive alone', async () => {
  const wire = await getCurrentFuseWire(process.platform === 'darwin' ? join(folder, 'Fieldbook.app') : binary());
  const isOn = (fuse: FuseV1Options) => wire[fuse] === FuseState.ENABLE;
  expect({
    runAsNode: isOn(FuseV1Options.RunAsNode),
    cookies: isOn(FuseV1Options.EnableCookieEncryption),
    nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    inspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
    integrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
  }).toEqual({ runAsNode: false, cookies: true, nodeOptions: false, inspect: false, integrity: true, onlyAsar: true });
});

test('a person signs in, changes a document, and it reaches the site; it is there after a restart', async ({ display, folder: own }) => {
  const office = await Office.open({ scale: 20 });
  const customer = office.site.documents('Customer')[0]?.name ?? '';
  const data = join(own, 'data');
  try {
    await withWindow(data, display, async (page) => {
      await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
      const shell = new Shell(page);
      await shell.expectSync(/^Up to date/, 180_000);
      await shell.go('/list/Customer');
      await expect(page.getByRole('grid').or(page.getByRole('table')).first()).toBeVisible();
      await shell.openDocument('Customer', customer);
      const document = new DocumentScreen(page);
      await document.openSection('More Information');
      await document.type('website', 'https://packaged.example.com');
      await document.save();
      await expect
        .poll(() => office.site.documents('Customer').find(({ name }) => name === customer)?.['website'], { timeout: 60_000 })
        .toBe('https://packaged.example.com');
      await shell.expectSync(/^Up to date/, 60_000);
    });
    await office.cut();
    await withWindow(data, display, async (page) => {
      await new Shell(page).openDocument('Customer', customer);
      await new DocumentScreen(page).openSection('More Information');
      await expect(new DocumentScreen(page).field('website').locator('input').first()).toHaveValue('https://packaged.example.com');
    });
  } finally {
    await office.close();
  }
});

test('it is not started as Node, and not with a debugger, by switches or by the environment', async ({ display, folder: own }) => {
  const asNode = start(join(own, 'a'), display, {
    args: ['--remote-debugging-port=0', '-p', '"this is " + "node"'],
    env: { ELECTRON_RUN_AS_NODE: '1' },
  });
  await expect.poll(asNode.output, { timeout: 60_000 }).toMatch(/DevTools listening/);
  expect(asNode.output()).not.toContain('this is node');
  await end(asNode);

  const debugged = start(join(own, 'b'), display, {
    args: ['--remote-debugging-port=0', '--inspect=0'],
    env: { NODE_OPTIONS: '--inspect=0' },
  });
  await expect.poll(debugged.output, { timeout: 60_000 }).toMatch(/DevTools listening/);
  expect(debugged.output()).not.toContain('Debugger listening');
  await end(debugged);
});

/** Whether a copy of the app that somebody meddled with comes as far as to write into its data folder. */
async function starts(display: string, own: string, meddle: (resourcesOfCopy: string) => Promise<void>): Promise<boolean> {
  const copy = await mkdtemp(join(tmpdir(), 'fieldbook-packaged-'));
  const data = join(own, 'data');
  try {
    await cp(folder, copy, { recursive: true, verbatimSymlinks: true });
    await meddle(resources(copy));
    const started = start(data, display, { of: copy, args: ['--remote-debugging-port=0'] });
    const wrote = async () => {
      await expect.poll(() => existsSync(join(data, 'logs')) || started.process.exitCode !== null, { timeout: 60_000 }).toBe(true);
      return existsSync(join(data, 'logs'));
    };
    // A program without its app may wait for good, behind a message: then nothing was written all the same.
    const came = await wrote().catch(() => false);
    await end(started);
    return came;
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

test('beside its archive it runs nothing: an app folder in the archive’s place is not started', async ({ display, folder: own }) => {
  expect(await starts(display, join(own, 'untouched'), async () => undefined)).toBe(true);
  const meddled = await starts(display, join(own, 'meddled'), async (place) => {
    extractAll(join(place, 'app.asar'), join(place, 'app'));
    await rm(join(place, 'app.asar'));
  });
  expect(meddled).toBe(false);
});

test('an archive that was changed is not started', async ({ display, folder: own }) => {
  test.skip(
    process.platform === 'linux',
    'Electron does not check the archive on Linux: who may write to an installed package is all that protects it there',
  );
  const meddled = await starts(display, own, async (place) => {
    const archive = join(place, 'app.asar');
    const bytes = await readFile(archive);
    const at = bytes.indexOf('registerSchemesAsPrivileged');
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await writeFile(archive, bytes);
  });
  expect(meddled).toBe(false);
});
