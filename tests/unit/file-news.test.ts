import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { shallowRef } from 'vue';
import { inList, noteFileNews, readFileNews } from '../../renderer/cache/file-news';
import { renameEverywhere } from '../../renderer/cache/rename';
import { forgetDocument, inWorkTransaction } from '../../renderer/cache/work';
import { useFileNews } from '../../renderer/stores/file-news';
import { testCache } from '../support/cache';
import type { TestCache } from '../support/cache';
import { accountOf, composed } from '../support/composed';
import { until } from '../support/until';

const doctype = 'Customer';
const refused = { refused: ['“a.txt” is empty.'], told: [] };

const opened = (test: TestCache, name: string | null) => {
  const at = shallowRef(name);
  const { value, end } = composed(
    () =>
      useFileNews(
        () => doctype,
        () => at.value,
      ),
    test,
    accountOf(),
  );
  return { ...value, at, end };
};
const noted = (test: TestCache, name: string) => readFileNews(test.cache, doctype, name);

it('what was refused of a document is told again when it is opened the next time, until its person closes it', async () => {
  const test = testCache();
  const first = opened(test, 'Acme');
  first.set(refused);
  first.end();
  await until(async () => (await noted(test, 'Acme')) !== null);

  const other = opened(test, 'Other');
  const again = opened(test, 'Acme');
  await until(() => again.news.value !== null);
  expect([again.news.value, other.news.value]).toEqual([refused, null]);
  again.set(null);
  await until(async () => (await noted(test, 'Acme')) === null);
  [again, other].forEach(({ end }) => end());
});

it('that a photo was made smaller is said once, and a list has notes of its own', async () => {
  const test = testCache();
  const form = opened(test, 'Acme');
  form.set({ refused: [], told: ['One photo was made smaller.'] });
  const list = opened(test, inList);
  list.set(refused);
  await until(async () => (await noted(test, inList)) !== null);
  expect(await noted(test, 'Acme')).toBeNull();
  [form, list].forEach(({ end }) => end());
});

it('what is told of a new document is kept with it once it is saved', async () => {
  const test = testCache();
  const form = opened(test, null);
  form.set(refused);
  expect(await test.cache.meta.count()).toBe(0);
  form.named('fb-new-1');
  form.end();
  await until(async () => (await noted(test, 'fb-new-1')) !== null);
});

it('the note follows the name of its document, and goes with it', async () => {
  const test = testCache();
  await noteFileNews(test.cache, doctype, 'Acme', refused);
  const rename = { doctype, from: 'Acme', to: 'Acme 2', rows: new Map<string, string>() };
  await inWorkTransaction(test.cache, () => renameEverywhere(test, rename));
  expect([await noted(test, 'Acme'), await noted(test, 'Acme 2')]).toEqual([null, refused]);
  await inWorkTransaction(test.cache, () => forgetDocument(test.cache, doctype, 'Acme 2'));
  expect(await noted(test, 'Acme 2')).toBeNull();
});
