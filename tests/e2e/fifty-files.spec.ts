import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { rewriteJpeg } from '../../electron/demo/rest/jpeg';
import { photo, pdf } from '../story/papers';
import { Office } from '../story/office';
import { DocumentScreen } from '../story/screens/document';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';
import { expect, test } from '../support/app';
import { dropFiles } from '../support/drop-files';
import { withFaults } from '../support/faults';
import type { Fault } from '../support/faults';

const documents = 10;
const perDocument = 5;

type OnDisk = { path: string; name: string; sha256: string };

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A photo of its own: another comment behind the start of the picture. */
function photoOf(text: string): Uint8Array {
  const { bytes } = photo('photo.jpg');
  const comment = Buffer.from(text);
  const head = Buffer.from([0xff, 0xfe, 0, comment.length + 2]);
  return Buffer.concat([bytes.subarray(0, 2), head, comment, bytes.subarray(2)]);
}

/** Files as they lie in a folder: photos, papers, and lists of up to 2 MB. `sha256`: of what a server holds in the end. */
async function filesFor(folder: string, document: number): Promise<OnDisk[]> {
  const contents: [string, Uint8Array, (Uint8Array | undefined)?][] = [
    [`pallet ${document}.jpg`, photoOf(`pallet ${document}`), rewriteJpeg(photoOf(`pallet ${document}`))],
    [`delivery note ${document}.pdf`, pdf(`delivery note ${document}`).bytes],
    [`readings ${document}.csv`, Buffer.from(`place,value\n"Werk ${document}",${document}\n`)],
    [`Maß und Gewicht ${document} 📦.txt`, Buffer.from(`${document} × 12 kg`)],
    [`trace ${document}.bin`, randomBytes(document % 2 === 0 ? 2_000_000 : 40_000)],
  ];
  return Promise.all(
    contents.map(async ([name, bytes, held]) => {
      const path = join(folder, name);
      await writeFile(path, bytes);
      return { path, name, sha256: sha256(held ?? bytes) };
    }),
  );
}

/** Of the uploads every third answer is lost, and the others take a while: a kill finds some on their way. */
function unreliable(): { fetch: (site: Office['site']) => Office['site']['fetch']; uploads: () => number } {
  let uploads = 0;
  const schedule = (request: Request): Fault | undefined => {
    if (!request.url.endsWith('/api/method/upload_file')) return undefined;
    uploads += 1;
    return uploads % 3 === 0 ? { kind: 'drop-answer' } : { kind: 'delay', ms: 250 };
  };
  return { fetch: (site) => withFaults((request) => site.fetch(request), schedule).fetch, uploads: () => uploads };
}

test('fifty files put on ten new documents offline are there once each, after kills and lost answers', async ({
  app,
  page: first,
  folder,
}) => {
  test.setTimeout(600_000);
  const weather = unreliable();
  const office = await Office.open({ scale: 8, fetch: weather.fetch });
  const person = office.person('field@example.com');
  const customer = (number: number): string => `Quay ${number} Stores`;
  const files = new Map<string, OnDisk[]>();
  for (let number = 1; number <= documents; number += 1) files.set(customer(number), await filesFor(folder, number));

  async function visit(page: Page, name: string): Promise<void> {
    const form = new DocumentScreen(page);
    await new Shell(page).go('/new/Customer');
    await form.type('customer_name', name);
    await form.save();
    await page.waitForURL(/#\/document\/Customer\//);
    const papers = files.get(name) ?? [];
    await dropFiles(
      page,
      page.locator('.document-page'),
      papers.map(({ path }) => path),
    );
    await page.getByRole('tab', { name: 'Attachments and activity' }).click();
    // Each is told to be safe on this device.
    const waiting = page.getByRole('listitem').filter({ hasText: 'waits' });
    for (const { name: fileName } of papers) await expect(waiting.filter({ hasText: fileName }).first()).toBeVisible();
  }
  const names = [...files.keys()];
  const before = office.hold().files.length;
  try {
    await new SignInScreen(first).signIn(office.url, person);
    await new Shell(first).go('/get-ready');
    await new Shell(first).expectSync(/^Up to date/, 120_000);
    await office.cut();
    for (const name of names.slice(0, 5)) await visit(first, name);
    // The last drop was acknowledged just now.
    await app.kill();

    const second = await app.restart();
    for (const name of names.slice(5)) await visit(second, name);
    await office.restore();
    await new Shell(second).go('/sign-in');
    await new SignInScreen(second).signIn(office.url, person);
    await expect.poll(weather.uploads, { timeout: 60_000 }).toBeGreaterThan(12);
    await app.kill();

    const third = await app.restart();
    await new Shell(third).go('/sign-in');
    await new SignInScreen(third).signIn(office.url, person);
    // What was on its way as the app ended counts as not there after 150 s only.
    await new Shell(third).expectSync(/^Up to date/, 300_000);

    const made = office.site.documents('Customer').filter(({ customer_name: called }) => files.has(String(called)));
    expect(made.map(({ customer_name: called }) => called).sort()).toEqual([...names].sort());
    for (const { name, customer_name: called } of made) {
      const there = office.filesOn('Customer', name).map(({ sha256: held }) => held);
      expect([called, there.sort()]).toEqual([called, (files.get(String(called)) ?? []).map((each) => each.sha256).sort()]);
    }
    expect(office.hold().files).toHaveLength(before + documents * perDocument);
    expect(weather.uploads()).toBeGreaterThanOrEqual(documents * perDocument);
  } finally {
    await office.close();
  }
});
