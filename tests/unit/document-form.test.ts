import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Doc } from '@shared/erp/document';
import { rowsOf } from '@shared/erp/document';
import { attachmentsOf } from '../../renderer/cache/attachments';
import { writeDocType } from '../../renderer/cache/doctypes';
import { toRow } from '../../renderer/cache/document-row';
import { listOutbox } from '../../renderer/cache/outbox';
import { useDocumentForm } from '../../renderer/stores/document-form';
import type { DocumentForm } from '../../renderer/stores/document-form';
import { testCache } from '../support/cache';
import type { TestCache } from '../support/cache';
import { accountOf, composed } from '../support/composed';
import { bundleOf } from '../support/form-fixtures';

vi.mock('../../renderer/stores/sync', () => ({ useSync: () => ({ send: () => undefined, online: false, state: null }) }));

const keep = (ports: TestCache, doc: Doc) =>
  ports.cache.documents.put(toRow(doc, { doctype: undefined, origin: 'profile', keptAt: 1, alias: undefined }));

let ports: TestCache;
let ends: (() => void)[] = [];
beforeEach(async () => {
  ports = testCache();
  await keep(ports, { doctype: 'Company', name: 'Alpha', default_currency: 'EUR', cost_center: 'Main - A' });
  await keep(ports, { doctype: 'Company', name: 'Wind Power LLC', default_currency: 'INR', cost_center: 'Main - WP' });
  await keep(ports, { doctype: 'Company', name: 'Sun Power Inc', default_currency: 'USD', cost_center: 'Main - SP' });
  for (const doctype of ['Purchase Invoice', 'Customer']) await writeDocType(ports.cache, bundleOf(doctype), 1);
});
afterEach(() => {
  ends.forEach((end) => end());
  ends = [];
});

async function opened(doctype: string, name: string | null = null): Promise<DocumentForm> {
  const { value, end } = composed(() => useDocumentForm({ doctype, name }), ports, accountOf());
  ends.push(end);
  await vi.waitUntil(() => value.typing.ready.value);
  return value;
}

describe('the company of a form', () => {
  it('is the person’s own at first, and what is chosen brings its currency and cost centre before it can be saved', async () => {
    const form = await opened('Purchase Invoice');
    expect(form.values.value).toMatchObject({ company: 'Wind Power LLC', currency: 'INR' });
    const items = form.bundle.value?.doctype.fields.find(({ fieldname }) => fieldname === 'items');
    if (items === undefined) throw new Error('no items');
    form.typing.addRows(items, 0, [{ item_code: 'A' }]);
    expect(rowsOf(form.values.value, 'items')[0]?.['cost_center']).toBe('Main - WP');

    form.set('company', 'Sun Power Inc');
    await form.save();
    expect(form.values.value).toMatchObject({ company: 'Sun Power Inc', currency: 'USD' });
    expect(rowsOf(form.values.value, 'items')[0]?.['cost_center']).toBe('Main - SP');
    await vi.waitUntil(() => form.session.value.defaults['currency'] === 'USD');
    form.typing.addRows(items, 1, [{}]);
    expect(rowsOf(form.values.value, 'items')[1]?.['cost_center']).toBe('Main - SP');
  });

  it('of a document that is there is its own, and opening it moves nothing', async () => {
    await keep(ports, {
      doctype: 'Purchase Invoice',
      name: 'PI-1',
      company: 'Sun Power Inc',
      currency: 'INR',
      docstatus: 0,
      modified: '1',
    });
    const form = await opened('Purchase Invoice', 'PI-1');
    await vi.waitUntil(() => form.session.value.defaults['company'] === 'Sun Power Inc');
    expect(form.session.value.defaults['currency']).toBe('USD');
    expect(form.values.value['currency']).toBe('INR');
    expect(form.dirty.value).toBe(false);
  });
});

describe('a file that is put on a new document', () => {
  const stored = { id: 'a'.repeat(64), sha256: 'a'.repeat(64), md5: 'b', size: 3, type: 'text/plain' };
  it('waits for its saving, counts as filled in, and is queued behind it', async () => {
    const bundle = bundleOf('Customer');
    const photo = { fieldname: 'photo', fieldtype: 'Attach', label: 'Photo', reqd: 1 as const };
    await writeDocType(ports.cache, { ...bundle, doctype: { ...bundle.doctype, fields: [photo, ...bundle.doctype.fields] } }, 2);
    const form = await opened('Customer');
    form.set('customer_name', 'Harbour Light');
    form.set('customer_type', 'Company');
    expect(await form.save()).toBeNull();
    expect(form.problems.value.map(({ path }) => path)).toEqual([{ fieldname: 'photo' }]);

    form.files.hold({ file: stored, fileName: 'first.txt', isPrivate: true, fieldname: 'photo' });
    form.files.hold({ file: stored, fileName: 'photo.txt', isPrivate: true, fieldname: 'photo' });
    form.files.hold({ file: stored, fileName: 'gone.txt', isPrivate: true, fieldname: 'x', row: { table: 'rows', row: 'r' } });
    expect(form.losable.value).toBe(true);
    expect(form.problems.value).toEqual([]);
    const name = await form.save();
    expect((await listOutbox(ports.cache)).map(({ operation }) => operation.kind)).toEqual(['create', 'attach']);
    expect(await attachmentsOf(ports.cache, 'Customer', name ?? '')).toMatchObject([{ fileName: 'photo.txt', fieldname: 'photo' }]);
    expect(form.files.held.value).toEqual([]);
  });

  it('is private or public as was chosen before the save', async () => {
    const form = await opened('Customer');
    form.set('customer_name', 'Harbour Light');
    form.set('customer_type', 'Company');
    form.files.hold({ file: stored, fileName: 'private.txt', isPrivate: true });
    form.files.hold({ file: stored, fileName: 'public.txt', isPrivate: true });
    form.files.setPrivate(form.files.own.value[1]?.id ?? '', false);
    const name = await form.save();
    const files = await attachmentsOf(ports.cache, 'Customer', name ?? '');
    expect(files.map(({ fileName, isPrivate }) => [fileName, isPrivate]).sort()).toEqual([
      ['private.txt', true],
      ['public.txt', false],
    ]);
  });

  it('goes with the document where its bytes were not safe yet when that was saved, or came while it was', async () => {
    const form = await opened('Customer');
    form.set('customer_name', 'Harbour Light');
    form.set('customer_type', 'Company');
    const waits: (() => void)[] = [];
    const put = (fileName: string): void => {
      const safe = new Promise<void>((resolve) => waits.push(resolve));
      void form.files.storing(safe.then(() => form.files.hold({ file: stored, fileName, isPrivate: true })));
    };
    put('map.txt');
    const saving = form.save();
    await new Promise((resolve) => setTimeout(resolve));
    expect(await listOutbox(ports.cache)).toEqual([]);
    put('late.txt');
    waits.shift()?.();
    await new Promise((resolve) => setTimeout(resolve));
    waits.shift()?.();
    const name = await saving;
    expect((await attachmentsOf(ports.cache, 'Customer', name ?? '')).map(({ fileName }) => fileName).sort()).toEqual([
      'late.txt',
      'map.txt',
    ]);
    expect(form.losable.value).toBe(false);
  });
});

describe('a name that is asked for', () => {
  it('is required, and told where another document of this device has it', async () => {
    await writeDocType(
      ports.cache,
      {
        doctype: {
          name: 'Badge',
          modified: '',
          autoname: 'Prompt',
          fields: [{ fieldname: 'colour', fieldtype: 'Data', label: 'Colour' }],
          permissions: [{ role: 'Sales User', read: 1, write: 1, create: 1 }],
        },
        children: [],
      },
      1,
    );
    await keep(ports, { doctype: 'Badge', name: 'Gold' });
    const form = await opened('Badge');
    const told = () => form.problems.value.map(({ key, path }) => [key, 'fieldname' in path ? path.fieldname : '']);
    expect(await form.save()).toBeNull();
    expect(told()).toEqual([['missing', 'name']]);
    form.naming.give(' Gold ');
    expect(await form.save()).toBeNull();
    expect(told()).toEqual([['notUnique', 'name']]);
    expect(form.problemAt('name')).toContain('Gold');
    form.naming.give('Silver');
    expect(told()).toEqual([]);
    expect(await form.save()).not.toBeNull();
    expect((await listOutbox(ports.cache)).map(({ operation }) => operation)).toMatchObject([
      { kind: 'create', values: { name: 'Silver' } },
    ]);
  });
});

describe('today', () => {
  it('is the new day after midnight at the site, on a form that was opened the day before', async () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 23, 18, 29, 50), toFake: ['Date', 'setInterval', 'clearInterval'] });
    try {
      const form = await opened('Customer');
      expect(form.session.value.today).toBe('2026-11-23');
      vi.advanceTimersByTime(30_000);
      expect(form.session.value.today).toBe('2026-11-24');
    } finally {
      vi.useRealTimers();
    }
  });
});
