import { describe, expect, it } from 'vitest';
import { AppError } from '@shared/errors';
import type { DocType } from '@shared/erp/doctype';
import { countDocuments, listDocuments, readDocument } from '../../renderer/cache/documents';
import { toRow } from '../../renderer/cache/document-row';
import { discard, listOutbox, undo } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { reconcileWithJournal } from '../../renderer/cache/restore';
import { testCache } from '../support/cache';
import { searchOf } from '../support/search';

const customer = {
  doctype: 'Customer',
  name: 'Acme',
  customer_name: 'Acme',
  territory: 'India',
  modified: '2026-01-01 00:00:00.000001',
  owner: 'a@b.c',
};

async function withCustomer() {
  const test = testCache();
  await test.cache.documents.put(toRow(customer, { doctype: undefined, origin: 'profile', keptAt: 1 }));
  return test;
}

describe('saving a new document', () => {
  it('keeps it under a temporary name, with an alias for people, and journals it', async () => {
    const test = testCache();
    const { name, entry } = await record(test, {
      kind: 'create',
      doctype: 'Sales Order',
      values: { customer: 'Acme', items: [{ name: '', item_code: 'A', qty: 0 }] },
    });
    const local = await readDocument(test.cache, 'Sales Order', name);
    expect(local).toMatchObject({ mark: 'waiting', alias: 'New Sales Order 1 (this device)', base: null, doc: { customer: 'Acme' } });
    expect([...test.journal.entries.keys()]).toEqual([entry]);
    expect((await searchOf(test.cache).search({ text: 'new sales order 1', limit: 5 })).found).toHaveLength(1);
  });

  it('goes by the name that follows from a field, also after that was corrected, and is found by it', async () => {
    const test = testCache();
    const doctype: DocType = {
      name: 'Item',
      modified: '',
      autoname: 'field:item_code',
      title_field: 'item_name',
      fields: [],
      permissions: [],
    };
    await test.cache.doctypes.put({ name: 'Item', bundle: { doctype, children: [] }, keptAt: 1 });
    const { name } = await record(test, { kind: 'create', doctype: 'Item', values: { item_code: 'LAMP-1' } });
    const search = searchOf(test.cache);
    const items = async (text: string) => (await search.links({ doctype: 'Item', text, filters: [], limit: 5 })).found;
    expect(await items('lamp-1')).toMatchObject([{ name, title: 'LAMP-1' }]);
    await record(test, { kind: 'update', doctype: 'Item', name, values: { item_code: 'LAMP-2', item_name: 'Lamp' } });
    expect(await items('lamp-2')).toMatchObject([{ name, title: 'Lamp', details: [{ value: 'LAMP-2' }] }]);
    expect(await test.cache.aliases.get(name)).toMatchObject({ alias: 'LAMP-2', name });
  });

  it('keeps a 0 that was typed, since the server may have another default', async () => {
    const test = testCache();
    await record(test, { kind: 'create', doctype: 'Item', values: { is_stock_item: 0 } });
    const [entry] = await listOutbox(test.cache);
    expect(entry?.operation).toMatchObject({ kind: 'create', values: { is_stock_item: 0 } });
  });

  it('takes later edits into the same entry, and is gone when it is deleted', async () => {
    const test = testCache();
    const { name } = await record(test, { kind: 'create', doctype: 'Customer', values: { customer_name: 'A' } });
    await record(test, { kind: 'update', doctype: 'Customer', name, values: { customer_name: 'B' } });
    const [entry, ...others] = await listOutbox(test.cache);
    expect(others).toEqual([]);
    expect(entry?.operation).toEqual({ kind: 'create', values: { customer_name: 'B' } });
    await record(test, { kind: 'delete', doctype: 'Customer', name });
    expect(await listOutbox(test.cache)).toEqual([]);
    expect(await readDocument(test.cache, 'Customer', name)).toBeUndefined();
    expect(test.journal.entries.size).toBe(0);
  });
});

describe('editing a document of the server', () => {
  it('keeps the version it came from, and only the changed fields in the outbox', async () => {
    const test = await withCustomer();
    await record(test, { kind: 'update', doctype: 'Customer', name: 'Acme', values: { ...customer, territory: 'Nepal' } });
    expect(await readDocument(test.cache, 'Customer', 'Acme')).toMatchObject({
      doc: { territory: 'Nepal' },
      base: { territory: 'India' },
      mark: 'waiting',
    });
    const [entry] = await listOutbox(test.cache);
    expect(entry).toMatchObject({
      modified: customer.modified,
      operation: { kind: 'update', changes: { fields: { territory: 'Nepal' }, tables: {} } },
    });
  });

  it('leaves nothing to send once the old value is back', async () => {
    const test = await withCustomer();
    await record(test, { kind: 'update', doctype: 'Customer', name: 'Acme', values: { ...customer, territory: 'Nepal' } });
    await record(test, { kind: 'update', doctype: 'Customer', name: 'Acme', values: customer });
    expect(await listOutbox(test.cache)).toEqual([]);
    expect(await readDocument(test.cache, 'Customer', 'Acme')).toMatchObject({ base: null, mark: 'none' });
    expect(test.journal.entries.size).toBe(0);
  });

  it('a submit, cancel or delete is refused where a newer version came while it was decided on', async () => {
    const test = await withCustomer();
    const asked = { doctype: 'Customer', name: 'Acme' } as const;
    for (const kind of ['submit', 'cancel', 'delete'] as const) {
      const overtaken = record(test, { kind, ...asked, beheld: '2025-12-31 00:00:00.000001' });
      await expect(overtaken).rejects.toMatchObject({ code: 'refused', message: expect.stringContaining('newer version') as string });
    }
    expect(await listOutbox(test.cache)).toEqual([]);
    await record(test, { kind: 'delete', ...asked, beheld: customer.modified });
    expect(await listOutbox(test.cache)).toHaveLength(1);
  });

  it('is given up with a delete, and does not come back with taking the delete back', async () => {
    const test = await withCustomer();
    await record(test, { kind: 'update', doctype: 'Customer', name: 'Acme', values: { ...customer, territory: 'Nepal' } });
    const { entry } = await record(test, { kind: 'delete', doctype: 'Customer', name: 'Acme' });
    await undo(test, entry ?? '');
    expect(await readDocument(test.cache, 'Customer', 'Acme')).toMatchObject({ mark: 'none', doc: { territory: 'India' } });
  });

  it('can be undone until it is sent', async () => {
    const test = await withCustomer();
    const { entry } = await record(test, {
      kind: 'update',
      doctype: 'Customer',
      name: 'Acme',
      values: { ...customer, territory: 'Nepal' },
    });
    await undo(test, entry ?? '');
    expect(await readDocument(test.cache, 'Customer', 'Acme')).toMatchObject({ doc: { territory: 'India' }, base: null, mark: 'none' });
  });

  it('is refused after a submit was queued', async () => {
    const test = await withCustomer();
    await record(test, { kind: 'submit', doctype: 'Customer', name: 'Acme' });
    await expect(
      record(test, { kind: 'update', doctype: 'Customer', name: 'Acme', values: { ...customer, territory: 'Nepal' } }),
    ).rejects.toMatchObject({ code: 'refused' });
  });

  it('hides a document that is to be deleted from lists, and shows it again when that is taken back', async () => {
    const test = await withCustomer();
    const { entry } = await record(test, { kind: 'delete', doctype: 'Customer', name: 'Acme' });
    const query = { doctype: 'Customer', filters: [], sort: { fieldname: 'modified', order: 'desc' as const }, limit: 10 };
    expect(await listDocuments(test.cache, query)).toEqual({ rows: [], total: 0 });
    await discard(test, entry ?? '');
    expect((await listDocuments(test.cache, query)).total).toBe(1);
    expect(await countDocuments(test.cache)).toEqual({ Customer: { total: 1, unsent: 0, needsYou: 0 } });
  });
});

describe('the journal', () => {
  it('gives unsent work back when the database is lost', async () => {
    const before = await withCustomer();
    await record(before, { kind: 'update', doctype: 'Customer', name: 'Acme', values: { ...customer, territory: 'Nepal' } });
    const after = testCache({ journal: before.journal });
    expect(await reconcileWithJournal(after)).toEqual({ restored: 1, unreadable: 0, damaged: 0 });
    expect(await readDocument(after.cache, 'Customer', 'Acme')).toMatchObject({
      doc: { territory: 'Nepal' },
      base: { territory: 'India' },
      mark: 'waiting',
    });
  });

  it('gives work that may have been sent back as uncertain', async () => {
    const before = await withCustomer();
    const { entry } = await record(before, { kind: 'submit', doctype: 'Customer', name: 'Acme' });
    await before.journal.append({ account: before.account, records: [{ kind: 'sending', id: entry ?? '', at: '' }] });
    const after = testCache({ journal: before.journal });
    await reconcileWithJournal(after);
    expect((await listOutbox(after.cache))[0]?.state.at).toBe('uncertain');
  });

  it('that cannot be written leaves a save saved, and the same document is saved again', async () => {
    const test = testCache();
    const full = new AppError('storage-full', 'The disk is full.');
    const failing = { ...test, bridge: { journal: { ...test.journal, append: () => Promise.reject(full) } } };
    const values = { customer_name: 'Once Only' };
    const first = await record(failing, { kind: 'create', doctype: 'Customer', values });
    await record(test, { kind: 'update', doctype: 'Customer', name: first.name, values: { ...values, territory: 'India' } });
    expect(await listOutbox(test.cache)).toMatchObject([{ operation: { kind: 'create', values: { territory: 'India' } } }]);
    expect([...test.journal.entries.keys()]).toEqual([first.entry]);
  });

  it('hears at the next start of a save that it was not told of', async () => {
    const test = await withCustomer();
    const failing = { ...test, bridge: { journal: { ...test.journal, append: () => Promise.reject(new Error('crash')) } } };
    await record(failing, { kind: 'submit', doctype: 'Customer', name: 'Acme' });
    expect(test.journal.entries.size).toBe(0);
    await reconcileWithJournal(test);
    expect(test.journal.entries.size).toBe(1);
    expect(await listOutbox(test.cache)).toHaveLength(1);
  });
});

describe('saving what was typed on a version that is not the one kept here any more', () => {
  const newer = { ...customer, territory: 'Nepal', modified: '2026-01-02 00:00:00.000001' };

  async function overNewer(typed: Record<string, string>) {
    const test = await withCustomer();
    await test.cache.documents.put(toRow(newer, { doctype: undefined, origin: 'profile', keptAt: 2 }));
    const saved = record(test, { kind: 'update', doctype: 'Customer', name: 'Acme', from: customer, values: { ...customer, ...typed } });
    return { test, saved };
  }

  it('leaves what somebody else changed meanwhile as they left it', async () => {
    const { test, saved } = await overNewer({ website: 'acme.example' });
    await saved;
    expect((await listOutbox(test.cache))[0]?.operation).toEqual({
      kind: 'update',
      changes: { fields: { website: 'acme.example' }, tables: {} },
    });
    expect((await readDocument(test.cache, 'Customer', 'Acme'))?.doc).toMatchObject({ territory: 'Nepal', website: 'acme.example' });
  });

  it('is refused in words where both changed the same, and keeps nothing of it', async () => {
    const { test, saved } = await overNewer({ territory: 'Bhutan' });
    await expect(saved).rejects.toMatchObject({ code: 'refused', message: expect.stringContaining('territory') as string });
    expect(await listOutbox(test.cache)).toEqual([]);
    expect((await readDocument(test.cache, 'Customer', 'Acme'))?.doc).toMatchObject({ territory: 'Nepal' });
  });
});

it('what is saved while the journal is read at a start is not taken for work of an older database', async () => {
  const test = testCache();
  const { read } = test.bridge.journal;
  test.bridge.journal.read = async (params) => {
    const known = await read(params);
    await record(test, { kind: 'create', doctype: 'Item', values: { item_code: 'LAMP-1' } });
    return known;
  };
  await reconcileWithJournal(test);
  expect((await listOutbox(test.cache)).map(({ state }) => state)).toEqual([{ at: 'queued' }]);
});
