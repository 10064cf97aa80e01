import 'fake-indexeddb/auto';
import { afterEach, expect, it, vi } from 'vitest';
import { ref } from 'vue';
import type { Doc } from '@shared/erp/document';
import type { DocType } from '@shared/erp/doctype';
import { toRow } from '../../renderer/cache/document-row';
import { useLinkTitles } from '../../renderer/stores/link-titles';
import { testCache } from '../support/cache';
import { accountOf, composed } from '../support/composed';

const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

it('chips of several choices show titles where this device knows them, and follow it', async () => {
  const ports = testCache();
  const meta: DocType = {
    ...{ name: 'Customer', modified: '', permissions: [], title_field: 'customer_name', show_title_field_in_link: 1 },
    fields: [{ fieldname: 'customer_name', fieldtype: 'Data' }],
  };
  const stored = (name: string, customer_name: string) => {
    const doc: Doc = { doctype: 'Customer', name, customer_name };
    return toRow(doc, { doctype: meta, origin: 'profile', keptAt: 1 });
  };
  await ports.cache.doctypes.put({ name: 'Customer', bundle: { doctype: meta, children: [] }, keptAt: 1 });
  await ports.cache.documents.put(stored('C-1', 'Adler'));
  const names = ref(['C-1', 'C-2']);
  const { value, end } = composed(() => useLinkTitles(() => ({ doctype: 'Customer', names: names.value })), ports, accountOf());
  ends.push(end);
  await vi.waitUntil(() => value.titleOf('C-1') === 'Adler');
  expect(value.titleOf('C-2')).toBe('C-2');
  await ports.cache.documents.put(stored('C-2', 'Birke'));
  await vi.waitUntil(() => value.titleOf('C-2') === 'Birke');
  await ports.cache.documents.put(stored('C-3', 'Celik'));
  names.value = ['C-3'];
  await vi.waitUntil(() => value.titleOf('C-3') === 'Celik');
});
