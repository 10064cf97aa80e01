import { describe, expect, test } from 'vitest';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { cellKey, nameCell } from '../../renderer/components/cell-words';
import { navigationOf } from '../../renderer/components/shell/navigation';
import { matchesWords } from '../../renderer/components/shell/palette-actions';
import { pastedKey } from '../../renderer/views/sign-in/pasted-key';
import { documentText } from '../../renderer/views/sync/document-text';
import type { Connectivity } from '@shared/sync/sync-state';
import { waitReason } from '../../renderer/views/sync/wait-reason';

const now = 1_700_000_000_000;
const bundle: DocTypeBundle = {
  doctype: {
    name: 'Order',
    modified: '',
    permissions: [],
    fields: [
      { fieldname: 'due', fieldtype: 'Date', label: 'Due' },
      { fieldname: 'items', fieldtype: 'Table', options: 'Row', label: 'Items' },
      { fieldname: 'secret', fieldtype: 'Data', hidden: 1 },
    ],
  },
  children: [{ name: 'Row', modified: '', permissions: [], fields: [{ fieldname: 'qty', fieldtype: 'Float', label: 'Quantity' }] }],
};

describe('a waiting change says why it waits', () => {
  const online = { kind: 'online' } as const;
  const when = (connectivity: Connectivity) => ({ connectivity, trouble: null });
  test('the connection comes before what it depends on', () => {
    const on = [{ doctype: 'Customer', name: 'x' }];
    expect(waitReason({ at: 'waiting', on }, when({ kind: 'offline', since: 0, nextTryAt: null }), now)).toEqual({ why: 'offline' });
    expect(waitReason({ at: 'waiting', on }, when(online), now)).toEqual({ why: 'on', on });
  });
  test('what is under way says so even offline', () => {
    expect(waitReason({ at: 'sending', since: now, baseline: null }, when({ kind: 'chosen-offline' }), now)).toEqual({ why: 'sending' });
    expect(waitReason({ at: 'uncertain', since: now - 5000, baseline: null }, null, now)).toEqual({ why: 'uncertain', ago: 5000 });
    expect(waitReason({ at: 'uncertain', since: 0, baseline: null }, null, now)).toEqual({ why: 'uncertain', ago: null });
  });
  test('a pause tells when it ends', () => {
    expect(waitReason({ at: 'queued', notBefore: now + 3000 }, when(online), now)).toEqual({ why: 'backOff', in: 3000 });
    expect(waitReason({ at: 'queued', notBefore: now - 1 }, when(online), now)).toEqual({ why: 'turn' });
    expect(waitReason({ at: 'queued' }, when({ kind: 'busy', until: now + 9 }), now)).toEqual({ why: 'busy', in: 9 });
    expect(waitReason({ at: 'queued' }, when({ kind: 'budget', until: now + 9 }), now)).toEqual({ why: 'budget', in: 9 });
    expect(waitReason({ at: 'queued' }, when({ kind: 'sign-in' }), now)).toEqual({ why: 'signIn' });
    const trouble = { at: 'storage', code: 'storage-full', message: 'The disk is full.' } as const;
    expect(waitReason({ at: 'queued' }, { connectivity: online, trouble }, now)).toEqual({ why: 'trouble' });
  });
});

describe('a cell is called what the form calls it', () => {
  const doc = { items: [{ name: 'a' }, { name: 'b' }] };
  test('a field by its label, a row by its number in the first document that has it', () => {
    expect(nameCell({ fieldname: 'due' }, bundle, [])).toMatchObject({ field: { label: 'Due' }, table: null });
    expect(nameCell({ table: 'items', row: 'b', fieldname: 'qty' }, bundle, [{}, doc])).toMatchObject({
      field: { label: 'Quantity' },
      table: 'Items',
      row: 2,
    });
    expect(nameCell({ table: 'items', row: 'gone', fieldname: 'qty' }, bundle, [doc])).toMatchObject({ row: null });
  });
  test('by its fieldname where the metadata is not here', () => {
    expect(nameCell({ fieldname: 'due' }, undefined, [])).toMatchObject({ field: { label: 'due' } });
  });
  test('and no two cells share a key', () => {
    expect(cellKey({ table: 'items', row: 'a', fieldname: 'qty' })).not.toBe(cellKey({ table: 'items', row: 'b', fieldname: 'qty' }));
  });
});

test('a copy of a document holds what was filled and shown, rows included', () => {
  const doc = { doctype: 'Order', name: 'O-1', due: '2026-01-02', secret: 'x', items: [{ name: 'a', qty: 3 }] };
  const text = documentText('Order one', doc, bundle, (_path, value) => String(value));
  expect(text).toBe('Order one\r\nOrder\r\n\r\nDue: 2026-01-02\r\n\r\nItems:\r\n  1. Quantity: 3\r\n');
});

describe('the sidebar', () => {
  const counts = { Customer: { total: 3, unsent: 1, needsYou: 0 }, 'Sales Order': { total: 2, unsent: 2, needsYou: 1 } };
  test('puts masters apart and what a person added with what they work in', () => {
    const { main, more } = navigationOf(['Customer', 'Sales Order', 'Territory', 'Project'], counts, {});
    expect(main).toEqual([
      { doctype: 'Customer', total: 3, dot: 'waits' },
      { doctype: 'Sales Order', total: 2, dot: 'needs-you' },
      { doctype: 'Project', total: 0, dot: null },
    ]);
    expect(more.map((item) => item.doctype)).toEqual(['Territory']);
  });
  test('leaves out what the user may not read, unless some of it is here', () => {
    const forbidden = {
      doctype: '',
      state: 'failed',
      done: 0,
      total: null,
      bytes: 0,
      completedAt: null,
      error: { code: 'forbidden', message: '' },
    } as const;
    const { main } = navigationOf(['Customer', 'Item'], counts, { Customer: forbidden, Item: forbidden });
    expect(main.map((item) => item.doctype)).toEqual(['Customer']);
  });
});

test('the palette finds by the beginnings of words, in any order', () => {
  expect(matchesWords('Sales Order', 'ord sal')).toBe(true);
  expect(matchesWords('Sales Order', 'rder')).toBe(false);
});

describe('a key pasted with its secret is taken apart', () => {
  test.each([
    '0123456789abcde:fedcba987654321',
    'token 0123456789abcde:fedcba987654321',
    ' Authorization: token 0123456789abcde:fedcba987654321 ',
  ])('%s', (text) => {
    expect(pastedKey(text)).toEqual({ apiKey: '0123456789abcde', apiSecret: 'fedcba987654321' });
  });
  test('a key alone, or an address, is left as it is', () => {
    expect(pastedKey('0123456789abcde')).toBeNull();
    expect(pastedKey('https://a.example:8000')).toBeNull();
  });
});
