import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import type { Page } from '@playwright/test';
import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { SyncCentre } from '../story/screens/sync-centre';
import { expect, test } from '../support/app';
import { siteFile } from '../support/site-file';

const doctype = 'Customer';
const panel = (page: Page) => page.getByRole('region', { name: 'Attachments', exact: true });
const line = (page: Page, name: string) => panel(page).getByRole('listitem').filter({ hasText: name });

/** Comes up once its download has brought it. */
async function open(page: Page, name: string): Promise<void> {
  await new Shell(page).openDocument(doctype, name);
  await expect(page.getByRole('tab', { name: 'Attachments and activity' })).toBeVisible({ timeout: 200_000 });
  await new DocumentScreen(page).openTab('Attachments and activity');
}

/** Takes the file away, and answers the question that is asked first. */
async function remove(page: Page, name: string): Promise<void> {
  await panel(page)
    .getByRole('button', { name: `Remove ${name}` })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

test('a file is removed without a network, kept after all, and removed for good; what changed there meanwhile is asked about', async ({
  page,
}) => {
  test.setTimeout(400_000);
  const office = await Office.open({ scale: 8 });
  const shell = new Shell(page);
  const name = office.site.documents(doctype)[0]?.name ?? '';
  await siteFile(office.site, { doctype, name, fileName: 'contract.txt', text: 'the contract' });
  const map = await siteFile(office.site, { doctype, name, fileName: 'map.txt', text: 'the way' });
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    await open(page, name);
    await expect(line(page, 'contract.txt')).toBeVisible();
    await office.cut();
    await remove(page, 'contract.txt');
    await expect(line(page, 'contract.txt')).toContainText('is removed');
    await panel(page).getByRole('button', { name: 'Keep contract.txt' }).click();
    await expect(line(page, 'contract.txt')).not.toContainText('is removed');
    await remove(page, 'contract.txt');
    await remove(page, 'map.txt');
    await new SyncCentre(page).open('waiting');
    await expect(page.getByRole('list', { name: 'Waiting' })).toContainText('Removes file contract.txt');

    office.site.setSilently('File', map.name, { file_name: 'map of the harbour.txt' });
    await office.restore();
    await new SyncCentre(page).syncNow();
    await expect.poll(() => office.filesOn(doctype, name).map(({ fileName }) => fileName)).toEqual(['map of the harbour.txt']);
    await new SyncCentre(page).open('needs-you');
    const card = page.locator('[data-problem="changed-file"]');
    await expect(card).toContainText('On the server it is called “map of the harbour.txt” by now.', { timeout: 120_000 });
    await card.getByRole('button', { name: 'Keep the file' }).click();
    await expect(card).toHaveCount(0);
    await new SyncCentre(page).open('done');
    await expect(page.getByRole('list', { name: 'Done' })).toContainText('File removed');
    await open(page, name);
    await expect(line(page, 'map of the harbour.txt')).toBeVisible();
    await expect(line(page, 'contract.txt')).toHaveCount(0);

    // One of this device that somebody removes on the server.
    await new DocumentScreen(page).drop([{ name: 'note.txt', type: 'text/plain', bytes: Buffer.from('a note') }]);
    await expect(line(page, 'note.txt')).toBeVisible();
    await expect.poll(() => office.filesOn(doctype, name).length).toBe(2);
    await expect(line(page, 'note.txt')).not.toContainText('sent');
    await expect(line(page, 'note.txt')).toHaveCount(1);
    const note = office.site.files().find(({ doc }) => doc['file_name'] === 'note.txt');
    office.site.as('Administrator').delete('File', note?.doc.name ?? '');
    await shell.go('/list/Customer');
    await open(page, name);
    await expect(line(page, 'note.txt')).toHaveCount(0);
  } finally {
    await office.close();
  }
});

/** A line to the office that takes what is sent slowly, 500 kB a second, until it is opened. */
async function slowLine(to: string) {
  let slow = true;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const office = connect(Number(new URL(to).port), '127.0.0.1');
    for (const [socket, other] of [
      [client, office],
      [office, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => other.destroy());
    }
    office.pipe(client);
    client.on('data', (bytes) => {
      office.write(bytes);
      if (!slow || bytes.byteLength < 16_000) return;
      client.pause();
      setTimeout(() => client.resume(), bytes.byteLength / 500);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  return {
    url: `http://127.0.0.1:${typeof at === 'object' && at !== null ? at.port : 0}`,
    open: () => void (slow = false),
    narrow: () => void (slow = true),
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

test('an upload tells how fast it goes, is paused and let go on, alone or with all others; one that is stopped does not arrive', async ({
  page,
}) => {
  test.setTimeout(400_000);
  const office = await Office.open({ scale: 8 });
  const network = await slowLine(office.url);
  const name = office.site.documents(doctype)[0]?.name ?? '';
  const names = () => office.filesOn(doctype, name).map(({ fileName }) => fileName);
  const file = (fileName: string, size: number, fill: number) => ({
    name: fileName,
    mimeType: 'application/octet-stream',
    buffer: Buffer.alloc(size, fill),
  });
  const input = panel(page).locator('input[type=file]');
  const waiting = page.getByRole('list', { name: 'Waiting' });
  try {
    await new SignInScreen(page).signIn(network.url, office.person('field@example.com'));
    await open(page, name);
    await input.setInputFiles(file('one.bin', 20_000_000, 1));
    await expect(line(page, 'one.bin').getByTestId('upload-pace')).toContainText('/s', { timeout: 120_000 });
    await panel(page).getByRole('button', { name: 'Pause one.bin' }).click();
    await expect(line(page, 'one.bin')).toContainText('paused');
    await new SyncCentre(page).open('waiting');
    await expect(waiting).toContainText('Paused by you.');
    network.open();
    await waiting.getByRole('button', { name: 'Go on' }).click();
    await expect.poll(names, { timeout: 120_000 }).toEqual(['one.bin']);

    network.narrow();
    await open(page, name);
    await input.setInputFiles(file('stopped.bin', 20_000_000, 2));
    await new SyncCentre(page).open('waiting');
    await waiting.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(waiting).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Pause uploads' })).toHaveCount(0);
    await open(page, name);
    await expect(line(page, 'stopped.bin')).toHaveCount(0);

    await input.setInputFiles([file('first.bin', 20_000_000, 3), file('second.bin', 1_000, 4)]);
    await expect(line(page, 'second.bin').filter({ hasText: 'waits to be sent' })).toBeVisible({ timeout: 120_000 });
    await new SyncCentre(page).open('waiting');
    await page.getByRole('button', { name: 'Pause uploads' }).click();
    await expect(waiting.getByText('Uploads are paused by you.')).toHaveCount(2);
    expect(names()).toEqual(['one.bin']);
    network.open();
    await page.getByRole('button', { name: 'Go on with uploads' }).click();
    await expect.poll(names, { timeout: 120_000 }).toEqual(['one.bin', 'first.bin', 'second.bin']);
  } finally {
    network.close();
    await office.close();
  }
});
