import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ref } from 'vue';
import type { DocField } from '@shared/erp/docfield';
import type { Doc } from '@shared/erp/document';
import type { SyncState } from '@shared/sync/sync-state';
import { initialState } from '@shared/sync/sync-state';
import { fieldsOf, presetOf } from '@shared/insights/presets';
import { scopeKey } from '@shared/sync/profile';
import type { ProfileEntry } from '@shared/sync/profile';
import { writeDocType } from '../../renderer/cache/doctypes';
import { toRow } from '../../renderer/cache/document-row';
import { writeProfile } from '../../renderer/cache/profile';
import { useCalledAlike } from '../../renderer/stores/called-alike';
import { useDocumentForm } from '../../renderer/stores/document-form';
import { useInsight } from '../../renderer/stores/insight';
import { testAccount, testCache } from '../support/cache';
import type { TestCache } from '../support/cache';
import { accountOf, composed } from '../support/composed';
import { bundleOf } from '../support/form-fixtures';

const engine: { state: SyncState } = { state: initialState(testAccount) };
vi.mock('../../renderer/stores/sync', () => ({
  useSync: () => ({ send: () => undefined, online: false, state: engine.state, now: new Date() }),
}));

let ports: TestCache;
let ends: (() => void)[] = [];
beforeEach(() => {
  ports = testCache();
  engine.state = initialState(testAccount);
});
afterEach(() => {
  ends.forEach((end) => end());
  ends = [];
});

const data = (fieldname: string): DocField => ({ fieldname, fieldtype: 'Data' });
const keep = (doc: Doc) => ports.cache.documents.put(toRow(doc, { doctype: undefined, origin: 'profile', keptAt: 1 }));

async function keepInvoices(fields: string[]): Promise<void> {
  const doctype = { name: 'Sales Invoice', modified: '', fields: fields.map(data), permissions: [] };
  await writeDocType(ports.cache, { doctype, children: [] }, 1);
  const owed = { customer: 'Acme', company: 'Alder', party_account_currency: 'EUR', docstatus: 1, due_date: '2026-01-01' };
  await keep({ doctype: 'Sales Invoice', name: 'SI-1', outstanding_amount: 12.5, ...owed });
}

/** As a finished download of an entry of the profile leaves it. */
async function downloaded(entry: ProfileEntry, completedAt: number | null): Promise<void> {
  await writeProfile(ports.cache, [entry]);
  const cursor = { position: null, running: false, marks: [], lastRunAt: 1, done: 1, sweptAt: null };
  await ports.cache.cursors.put({ doctype: entry.doctype, completedAt, filters: scopeKey(entry), ...cursor });
}

function asked(doctype: string, name: string | null = 'Acme') {
  const { value, end } = composed(() => useInsight(() => ({ doctype, name })), ports, accountOf());
  ends.push(end);
  return value;
}

const invoices = { doctype: 'Sales Invoice', filters: [] };
const preset = presetOf('Customer');
const needed = preset === null ? [] : fieldsOf(preset);

test('what a customer owes is told with the moment of the last download', async () => {
  await keepInvoices(needed);
  await downloaded(invoices, 4_000);
  const here = asked('Customer');
  await vi.waitUntil(() => here.insight.value !== null && here.keeping.value?.kept === 'yes');
  expect(here.keeping.value).toEqual({ kept: 'yes', asOf: 4_000, leftOut: null });
  expect(here.insight.value).toMatchObject({ kind: 'open', sums: [{ currency: 'EUR', total: 12.5, count: 1, late: 1 }] });
});

test('with a time window it is told since when', async () => {
  await keepInvoices(needed);
  await downloaded({ ...invoices, window: { field: 'posting_date', days: 30 } }, 4_000);
  const here = asked('Customer');
  await vi.waitUntil(() => here.keeping.value?.kept === 'yes');
  expect(here.keeping.value).toMatchObject({ leftOut: { by: 'window', field: 'posting_date' } });
});

test('where invoices are not kept, or not here yet, it says so', async () => {
  await keepInvoices(needed);
  await downloaded({ doctype: 'Item', filters: [] }, 4_000);
  const other = asked('Customer');
  await vi.waitUntil(() => other.keeping.value !== null);
  expect(other.keeping.value).toEqual({ kept: 'no' });

  await downloaded(invoices, null);
  const coming = asked('Customer');
  await vi.waitUntil(() => coming.keeping.value !== null);
  expect(coming.keeping.value).toEqual({ kept: 'coming' });
});

test('nothing is told where invoices are something else on this site, or are not for this person, or of what is not sent yet', async () => {
  await keepInvoices(['customer', 'colour']);
  await downloaded(invoices, 4_000);
  const other = asked('Customer');
  const unsent = asked('Customer', null);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect([other.preset.value, other.keeping.value, other.insight.value]).toEqual([null, null, null]);
  expect(unsent.preset.value).toBeNull();

  await keepInvoices(needed);
  const pull = { doctype: 'Sales Invoice', state: 'failed', done: 0, total: null, bytes: 0, completedAt: null } as const;
  engine.state = { ...engine.state, pulls: { 'Sales Invoice': { ...pull, error: { code: 'forbidden', message: '' } } } };
  const hidden = asked('Customer');
  await vi.waitUntil(() => hidden.insight.value !== null);
  expect(hidden.preset.value).toBeNull();
});

test('while a new customer is named, those that are called alike are told; a saved one is not asked about', async () => {
  await writeDocType(ports.cache, bundleOf('Customer'), 1);
  await keep({ doctype: 'Customer', name: 'Müller Bau GmbH', customer_name: 'Müller Bau GmbH', modified: '1' });
  const name = ref<string | null>(null);
  const { value, end } = composed(
    () => {
      const form = useDocumentForm(() => ({ doctype: 'Customer', name: name.value }));
      return { form, ...useCalledAlike(form) };
    },
    ports,
    accountOf(),
  );
  ends.push(end);
  await vi.waitUntil(() => value.form.typing.ready.value);
  expect([...value.namedBy.value]).toEqual(['customer_name']);

  value.form.set('customer_name', 'Mueller Bau');
  await vi.waitUntil(() => value.alike.value !== null);
  expect(value.alike.value).toMatchObject({ fieldname: 'customer_name', total: 1, found: [{ name: 'Müller Bau GmbH', same: true }] });

  value.form.set('customer_name', 'Zimmermann');
  await vi.waitUntil(() => value.alike.value === null);
  name.value = 'Müller Bau GmbH';
  expect(value.namedBy.value.size).toBe(0);
});
