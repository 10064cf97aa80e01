import { describe, expect, it, vi } from 'vitest';
import type { DocField } from '@shared/erp/docfield';
import type { Doc } from '@shared/erp/document';
import type { DocTypeBundle } from '@shared/erp/doctype';
import type { Cache } from '../../renderer/cache/open-cache';
import { toRow } from '../../renderer/cache/document-row';
import type { DocumentRow } from '../../renderer/cache/rows';
import { discard } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { setPin } from '../../renderer/cache/pins';
import { renameEverywhere } from '../../renderer/cache/rename';
import { noteVisit } from '../../renderer/cache/visits';
import { lastOpened } from '../../renderer/search/last-opened';
import { pinned } from '../../renderer/search/pinned';
import { LookUp } from '../../renderer/search/look-up';
import { testCache } from '../support/cache';
import type { TestCache } from '../support/cache';

const data = (fieldname: string, more: Partial<DocField> = {}): DocField => ({ fieldname, fieldtype: 'Data', ...more });

const orders: DocTypeBundle = {
  doctype: {
    name: 'Sales Order',
    modified: '',
    title_field: 'customer_name',
    search_fields: 'status',
    fields: [data('customer_name'), data('status'), data('po_no'), { fieldname: 'items', fieldtype: 'Table', options: 'Sales Order Item' }],
    permissions: [],
  },
  children: [
    {
      name: 'Sales Order Item',
      modified: '',
      istable: 1,
      fields: [data('item_name', { in_list_view: 1 }), data('notes')],
      permissions: [],
    },
  ],
};

const order = (number: number, more: Partial<Doc> = {}): Doc => ({
  doctype: 'Sales Order',
  name: `SO-${number}`,
  modified: `2026-01-01 00:00:00.${String(number).padStart(6, '0')}`,
  customer_name: 'Acme',
  ...more,
});

const stored = (doc: Doc) => toRow(doc, { doctype: orders.doctype, origin: 'profile', keptAt: 1 });

/** A cache with orders, and timers that the test runs. */
async function site(count = 3) {
  const test = testCache();
  await test.cache.doctypes.put({ name: 'Sales Order', bundle: orders, keptAt: 1 });
  await test.cache.documents.bulkPut(Array.from({ length: count }, (_, number) => stored(order(number + 1))));
  return test;
}

type Searching = { names: (text: string) => Promise<string[]>; runTimers: () => Promise<void>; lookUp: LookUp; read: Set<string> };

async function searching(test: TestCache): Promise<Searching> {
  const timers = new Set<() => void>();
  const read = new Set<string>();
  const lookUp = new LookUp({
    cache: watched(test.cache, (name) => read.add(name)),
    timers: {
      after(_, callback) {
        timers.add(callback);
        return () => timers.delete(callback);
      },
    },
    report(error) {
      throw error;
    },
  });
  await lookUp.start();
  return {
    lookUp,
    read,
    async names(text) {
      await lookUp.settled();
      return (await lookUp.search({ text, limit: 100 })).found.map(({ name }) => name).sort();
    },
    async runTimers() {
      await lookUp.settled();
      for (const timer of [...timers]) {
        timers.delete(timer);
        timer();
      }
      await lookUp.settled();
    },
  };
}

/** Calls back with each document that is read with its body. */
function watched(cache: Cache, read: (name: string) => void): Cache {
  cache.documents.hook('reading', (row?: DocumentRow) => {
    if (row !== undefined) read(row.name);
    return row;
  });
  return cache;
}

describe('what is on this device is found', () => {
  it('by name, title, search fields and rows, and by nothing else', async () => {
    const test = await site();
    const row = { name: 'r1', item_name: 'Galvanised eyebolt', notes: 'hidden' };
    await test.cache.documents.put(stored(order(9, { customer_name: 'Zenith', status: 'To Deliver', po_no: 'PO-77', items: [row] })));
    const { names } = await searching(test);
    for (const text of ['so-9', 'zenith', 'deliver', 'eyebolt galv']) expect(await names(text)).toEqual(['SO-9']);
    for (const text of ['hidden', 'r1']) expect(await names(text)).toEqual([]);
  });

  it('as soon as it was saved, edited, renamed or deleted', async () => {
    const test = await site();
    const { names } = await searching(test);
    await test.cache.documents.put(stored(order(4, { customer_name: 'Zenith' })));
    expect(await names('zenith')).toEqual(['SO-4']);
    await record(test, { kind: 'update', doctype: 'Sales Order', name: 'SO-4', values: { customer_name: 'Apex' } });
    expect([await names('zenith'), await names('apex')]).toEqual([[], ['SO-4']]);
    await test.cache.documents.delete(['Sales Order', 'SO-4']);
    expect(await names('apex')).toEqual([]);
    const { name } = await record(test, { kind: 'create', doctype: 'Sales Order', values: { customer_name: 'Nadir' } });
    expect(await names('nadir')).toEqual([name]);
    expect(await names('new sales order')).toEqual([name]);
    // What it is called here until the server names it is for nobody's eyes.
    expect(await names(name.slice(7, 15))).toEqual([]);
  });

  it('not what is on its way to be deleted', async () => {
    const test = await site();
    const { names } = await searching(test);
    await record(test, { kind: 'delete', doctype: 'Sales Order', name: 'SO-2' });
    expect(await names('so')).toEqual(['SO-1', 'SO-3']);
  });

  it('where more is stored at once than is told one by one', async () => {
    const test = await site();
    const { names, runTimers, read } = await searching(test);
    await test.cache.documents.bulkPut(Array.from({ length: 80 }, (_, number) => stored(order(100 + number, { customer_name: 'Zenith' }))));
    read.clear();
    await runTimers();
    expect(await names('zenith')).toHaveLength(80);
    // Not those that were known.
    expect(read.size).toBe(80);
  });

  it('where older documents come and go in such a write', async () => {
    const test = await site(120);
    const { names, runTimers } = await searching(test);
    const old = Array.from({ length: 60 }, (_, number) => stored(order(500 + number, { modified: '2020-01-01', customer_name: 'Zenith' })));
    await test.cache.transaction('rw', test.cache.documents, async () => {
      await test.cache.documents.where('[doctype+name]').between(['Sales Order', 'SO-1'], ['Sales Order', 'SO-2']).delete();
      await test.cache.documents.bulkPut(old);
    });
    await runTimers();
    expect(await names('zenith')).toHaveLength(60);
    expect(await names('so-10')).toEqual([]);
    expect(await names('so-2')).toContain('SO-2');
  });

  it('by other fields once the metadata names others', async () => {
    const test = await site();
    await test.cache.documents.put(stored(order(9, { po_no: 'PO-77' })));
    const { names } = await searching(test);
    expect(await names('po')).toEqual([]);
    const bundle = { ...orders, doctype: { ...orders.doctype, search_fields: 'po_no' } };
    await test.cache.doctypes.put({ name: 'Sales Order', bundle, keptAt: 2 });
    expect(await names('po')).toEqual(['SO-9']);
  });
});

describe('the index is kept', () => {
  /** As a start finds it: `meanwhile` happens while nobody listens. */
  async function again(meanwhile: (test: TestCache) => Promise<unknown> = async () => undefined) {
    const test = await site(5);
    const first = await searching(test);
    await record(test, { kind: 'update', doctype: 'Sales Order', name: 'SO-5', values: { customer_name: 'Apex' } });
    await first.runTimers();
    await first.lookUp.keep();
    first.lookUp.stop();
    await meanwhile(test);
    return { test, ...(await searching(test)) };
  }

  it('and the next start reads no document but those with unsent work', async () => {
    const { names, read } = await again();
    expect([...read]).toEqual(['SO-5']);
    expect(await names('acme')).toEqual(['SO-1', 'SO-2', 'SO-3', 'SO-4']);
    expect(await names('apex')).toEqual(['SO-5']);
  });

  it('what came, changed and went meanwhile is found out', async () => {
    const { names } = await again(async ({ cache }) => {
      await cache.documents.put(stored(order(2, { customer_name: 'Zenith', modified: '2026-03-01' })));
      await cache.documents.put(stored(order(7, { customer_name: 'Zenith', modified: '2020-03-01' })));
      await cache.documents.delete(['Sales Order', 'SO-3']);
    });
    expect(await names('zenith')).toEqual(['SO-2', 'SO-7']);
    expect(await names('acme')).toEqual(['SO-1', 'SO-4']);
  });

  it('an edit that was made, and one that was discarded, without another version', async () => {
    const { names } = await again(async (test) => {
      await record(test, { kind: 'update', doctype: 'Sales Order', name: 'SO-1', values: { customer_name: 'Zenith' } });
      const entry = (await test.cache.outbox.toArray()).find(({ name }) => name === 'SO-5');
      await discard(test, entry?.id ?? '');
    });
    expect(await names('zenith')).toEqual(['SO-1']);
    expect(await names('apex')).toEqual([]);
    expect(await names('acme')).toEqual(['SO-2', 'SO-3', 'SO-4', 'SO-5']);
  });

  it.each([
    ['cut off', '[["SO-1","Ac'],
    ['of another shape', '[{"name":"SO-1"}]'],
    ['empty', ''],
  ])('what is %s is thrown away and read from the documents', async (_, body) => {
    const { test, names } = await again(async ({ cache }) => {
      await cache.searchIndex.toCollection().modify({ body });
    });
    expect(await names('acme')).toEqual(['SO-1', 'SO-2', 'SO-3', 'SO-4']);
    expect(await test.cache.searchIndex.filter((row) => row.body === body).count()).toBe(0);
  });

  it('what was read from other fields is read again', async () => {
    const { names } = await again(async ({ cache }) => {
      await cache.doctypes.put({
        name: 'Sales Order',
        bundle: { ...orders, doctype: { ...orders.doctype, title_field: 'po_no', search_fields: 'customer_name' } },
        keptAt: 2,
      });
    });
    expect(await names('acme')).toEqual(['SO-1', 'SO-2', 'SO-3', 'SO-4']);
  });

  it('what holds nothing any more is not kept', async () => {
    const { test, runTimers, lookUp } = await again(async ({ cache }) => cache.documents.clear());
    await runTimers();
    await lookUp.keep();
    expect(await test.cache.searchIndex.count()).toBe(0);
  });
});

describe('one bad thing', () => {
  it('a damaged document is found by its name, and keeps no other from being found', async () => {
    const test = await site();
    await test.cache.documents.put({ ...stored(order(9, { customer_name: 'Zenith', po_no: 'PO-77' })), body: '{"cut' });
    const { names } = await searching(test);
    expect(await names('so')).toEqual(['SO-1', 'SO-2', 'SO-3', 'SO-9']);
    expect(await names('zenith')).toEqual(['SO-9']);
    await test.cache.documents.put(stored(order(4)));
    expect(await names('acme')).toEqual(['SO-1', 'SO-2', 'SO-3', 'SO-4']);
  });

  it('what could not be read for the index once is read with the next change', async () => {
    const test = await site();
    const reported: unknown[] = [];
    const lookUp = new LookUp({ cache: test.cache, timers: { after: () => () => undefined }, report: (error) => reported.push(error) });
    await lookUp.start();
    const bulkGet = vi.spyOn(test.cache.documents, 'bulkGet').mockRejectedValueOnce(new Error('the disk hiccups'));
    await test.cache.documents.put(stored(order(4, { customer_name: 'Zenith' })));
    await lookUp.settled();
    expect(reported).toHaveLength(1);
    bulkGet.mockRestore();
    await test.cache.documents.put(stored(order(5)));
    await lookUp.settled();
    expect((await lookUp.search({ text: 'zenith', limit: 5 })).found).toHaveLength(1);
  });
});

describe('a Link field', () => {
  it('is offered what is here while the index is still made', async () => {
    const test = await site();
    const lookUp = new LookUp({ cache: test.cache, timers: { after: () => () => undefined }, report: () => undefined });
    const ask = (text: string) => lookUp.links({ doctype: 'Sales Order', text, filters: [], limit: 2 });
    const early = await ask('acme');
    expect(early).toMatchObject({ complete: false, found: [{ name: 'SO-3' }, { name: 'SO-2' }] });
    await lookUp.start();
    expect(await ask('acme')).toEqual({ ...early, complete: true });
  });

  it('is offered what passes its filters, however far down it comes', async () => {
    const test = await site(300);
    await test.cache.documents.put(stored(order(301, { status: 'Open', modified: '2020-01-01' })));
    const { lookUp } = await searching(test);
    const answer = await lookUp.links({ doctype: 'Sales Order', text: '', filters: [['status', '=', 'Open']], limit: 5 });
    expect(answer.found.map(({ name }) => name)).toEqual(['SO-301']);
  });
});

describe('what was opened', () => {
  it('is offered, the last first and each once, and comes first where it fits alike', async () => {
    const test = await site(5);
    const { lookUp } = await searching(test);
    for (const [at, name] of ['SO-2', 'SO-1', 'SO-2', 'gone'].entries()) await noteVisit(test.cache, { doctype: 'Sales Order', name }, at);
    expect((await lastOpened(test.cache, 5)).map(({ name }) => name)).toEqual(['SO-2', 'SO-1']);
    const { found } = await lookUp.search({ text: 'acme', limit: 3 });
    expect(found.map(({ name }) => name)).toEqual(['SO-2', 'SO-1', 'SO-5']);
  });
});

describe('what is pinned', () => {
  it('stays at hand under the name that the server gives it, once, until it is let go', async () => {
    const test = await site(2);
    const { name } = await record(test, { kind: 'create', doctype: 'Sales Order', values: { customer_name: 'Nadir' } });
    for (const each of ['SO-2', name, 'gone']) await setPin(test.cache, { doctype: 'Sales Order', name: each }, true);
    const shown = async () => (await pinned(test.cache)).map((each) => each.title);
    expect(await shown()).toEqual(['Acme', 'Nadir']);
    await test.cache.transaction('rw', test.cache.tables, async () =>
      renameEverywhere(test, { doctype: 'Sales Order', from: name, to: 'SO-9', rows: new Map() }),
    );
    expect((await pinned(test.cache)).map((each) => each.name)).toEqual(['SO-2', 'SO-9']);
    // It is taken away by the name that it has now.
    await setPin(test.cache, { doctype: 'Sales Order', name: 'SO-9' }, false);
    expect(await shown()).toEqual(['Acme']);
    await record(test, { kind: 'delete', doctype: 'Sales Order', name: 'SO-2' });
    expect(await shown()).toEqual([]);
  });
});
