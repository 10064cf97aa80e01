import { expect, it } from 'vitest';
import { noteKeptPdf, readKeptPdf } from '../../renderer/cache/kept-pdf';
import { renameEverywhere } from '../../renderer/cache/rename';
import { forgetDocument, inWorkTransaction } from '../../renderer/cache/work';
import { testCache } from '../support/cache';

const file = { id: 'a'.repeat(64), sha256: 'a'.repeat(64), md5: 'b'.repeat(32), size: 900, type: 'application/pdf' };
const pdf = { file, format: 'Standard', modified: '2026-01-01 00:00:00.000001', at: 1 };

it('the PDF that is kept of a document follows its name, and goes with it', async () => {
  const test = testCache();
  const { cache } = test;
  await noteKeptPdf(cache, 'Customer', 'Acme', pdf);
  await noteKeptPdf(cache, 'Supplier', 'Acme', { ...pdf, format: 'Short' });
  const rename = { doctype: 'Customer', from: 'Acme', to: 'Acme 2', rows: new Map<string, string>() };
  await inWorkTransaction(cache, () => renameEverywhere(test, rename));
  expect(await readKeptPdf(cache, 'Customer', 'Acme')).toBeUndefined();
  expect(await readKeptPdf(cache, 'Customer', 'Acme 2')).toEqual(pdf);

  // Rows alone were named: the document keeps its name, and its PDF.
  await inWorkTransaction(cache, () => renameEverywhere(test, { ...rename, from: 'Acme 2' }));
  expect(await readKeptPdf(cache, 'Customer', 'Acme 2')).toEqual(pdf);

  await inWorkTransaction(cache, () => forgetDocument(cache, 'Customer', 'Acme 2'));
  expect(await readKeptPdf(cache, 'Customer', 'Acme 2')).toBeUndefined();
  expect((await readKeptPdf(cache, 'Supplier', 'Acme'))?.format).toBe('Short');
});

it('what another version noted of one is as if there were none', async () => {
  const { cache } = testCache();
  await noteKeptPdf(cache, 'Customer', 'Acme', pdf);
  const [row] = await cache.meta.filter(({ key }) => key.startsWith('pdf:')).toArray();
  await cache.meta.put({ key: row!.key, value: { bytes: 3 } });
  expect(await readKeptPdf(cache, 'Customer', 'Acme')).toBeUndefined();
});
