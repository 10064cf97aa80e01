import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/app';
import type { RunningApp } from '../support/running-app';
import { Office } from '../story/office';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';

/** What a press on the button saves: under which name, and its text. */
async function savedFile({ electron }: RunningApp, page: Page, folder: string): Promise<{ name: string; text: string }> {
  const path = join(folder, 'saved.txt');
  const button = page.getByRole('button', { name: 'Save a diagnostics file' });
  if (electron === null) {
    const download = page.waitForEvent('download');
    await button.click();
    await (await download).saveAs(path);
    return { name: (await download).suggestedFilename(), text: await readFile(path, 'utf8') };
  }
  // Electron asks where to save: the test answers that in the place of the person.
  const saved = electron.evaluate(
    ({ session }, to) =>
      new Promise<string>((resolve) => {
        session.defaultSession.once('will-download', (_event, item) => {
          item.setSavePath(to);
          item.once('done', () => resolve(item.getFilename()));
        });
      }),
    path,
  );
  await button.click();
  return { name: await saved, text: await readFile(path, 'utf8') };
}

test('the settings show the log, and save a file that tells a helper nothing of the site, the person or a secret', async ({
  app,
  page,
  folder,
}) => {
  const office = await Office.open({ scale: 8 });
  const person = office.person('field@example.com');
  try {
    await new SignInScreen(page).signIn(office.url, person);
    await new Shell(page).go('/settings');
    const section = page.getByRole('region', { name: 'Log and diagnostics' });
    const log = section.getByRole('region', { name: 'Log, newest line first' });
    await section.getByRole('button', { name: 'Refresh' }).click();
    await expect(log.getByRole('listitem').filter({ hasText: 'accounts' }).filter({ hasText: 'signed in as' })).toHaveCount(1);
    await log.focus();
    await expect(log).toBeFocused();
    await section.getByLabel('Problems only').check();
    await expect(log.getByText('signed in as')).toHaveCount(0);

    const { name, text } = await savedFile(app, page, folder);
    await expect(section.getByText(`The file is called ${name}`)).toBeVisible();
    expect(name).toMatch(/^fieldbook-diagnostics-\d{4}-\d{2}-\d{2}\.txt$/);
    const version = await page.getByRole('region', { name: 'About' }).getByRole('definition').first().innerText();
    expect(version).toMatch(/^\d+\.\d+/);
    expect(text).toContain(`version: ${version}\n`);
    expect(text).toContain('signed in as <id>');
    const { host, hostname } = new URL(office.url);
    for (const kept of [person.apiKey, person.apiSecret, person.name, person.fullName, host, hostname]) expect(text).not.toContain(kept);
  } finally {
    await office.close();
  }
});
