import { beforeEach, expect, test } from 'vitest';
import { createDemoSite, type DemoSite } from '../../electron/demo/site';
import { demoClient } from '../support/demo-client';

let site: DemoSite;
let client: ReturnType<typeof demoClient>;

beforeEach(() => {
  site = createDemoSite({ now: () => Date.UTC(2026, 5, 1, 10), scale: 20 });
  client = demoClient(site, 'Administrator');
});

const nameBy = (doctype: string, autoname: string): void => site.engine.metadata.change(doctype, (meta) => ({ ...meta, autoname }));

/** The name that the server gives to a document of these values. */
async function nameOf(doctype: string, values: object): Promise<string> {
  const { status, body } = await client.create(doctype, values);
  expect(status, JSON.stringify(body)).toBe(200);
  // `data` of a document's answer is the document.
  return (body['data'] as { name: string }).name;
}

const todo = (values: object = {}) => nameOf('ToDo', { description: 'Call back', ...values });

test('a format without a number is the name as it reads, and a second of it is a duplicate', async () => {
  nameBy('ToDo', 'format:TASK.{YYYY}/{MM}-{priority}-{nothing}');
  expect(await todo({ priority: 'High' })).toBe('TASK.2026/06-High-nothing');
  expect(await todo({ priority: 'Low' })).toBe('TASK.2026/06-Low-nothing');
  const again = await client.create('ToDo', { description: 'Call back', priority: 'Low' });
  expect([again.status, again.body['exc_type']]).toEqual([409, 'DuplicateEntryError']);
});

test('a format with a number counts, and goes on counting where its other parts differ', async () => {
  nameBy('ToDo', 'format:{priority}-{####}-{YY}{DD}');
  expect(await todo({ priority: 'High' })).toBe('High-0001-2601');
  expect(await todo({ priority: 'High' })).toBe('High-0002-2601');
  expect(await todo({ priority: 'Low' })).toBe('Low-0003-2601');
});

test('a series counts under its own prefix, and a rule without a number is a hash', async () => {
  nameBy('ToDo', 'TASK-.YYYY.-.###');
  expect([await todo(), await todo()]).toEqual(['TASK-2026-001', 'TASK-2026-002']);
  nameBy('ToDo', 'CALL-.YYYY.-.###');
  expect(await todo()).toBe('CALL-2026-001');
  nameBy('ToDo', 'CALL-.YYYY.-');
  expect(await todo()).toMatch(/^[0-9a-v]{10}$/);
});

test('a DocType named by a prompt takes the name of the body and is refused without one', async () => {
  const purpose = { purpose: 'Material Receipt' };
  expect(await nameOf('Stock Entry Type', { name: 'Found in the van', ...purpose })).toBe('Found in the van');
  const nameless = await client.create('Stock Entry Type', purpose);
  expect([nameless.status, nameless.body['exc_type']]).toEqual([417, 'ValidationError']);
  expect(nameless.body['exception']).toBe('frappe.exceptions.ValidationError: Please set the document name');
  const taken = await client.create('Stock Entry Type', { name: 'found in the van', ...purpose });
  expect([taken.status, taken.body['exc_type']]).toEqual([409, 'DuplicateEntryError']);
});

test('what is amended is X-1, amended again X-2, and each but once', async () => {
  const item = site.documents('Item').find(({ disabled }) => !disabled)?.name;
  const values = {
    customer: site.documents('Customer')[0]?.name,
    delivery_date: '2026-07-01',
    items: [{ item_code: item, qty: 1, rate: 5 }],
  };
  const cancelled = async (name: string): Promise<string> => {
    for (const docstatus of [1, 2]) expect((await client.update('Sales Order', name, { docstatus })).status).toBe(200);
    return name;
  };
  const first = await cancelled(await nameOf('Sales Order', values));
  const second = await cancelled(await nameOf('Sales Order', { ...values, amended_from: first }));
  expect(second).toBe(`${first}-1`);
  expect(await nameOf('Sales Order', { ...values, amended_from: second })).toBe(`${first}-2`);
  const again = await client.create('Sales Order', { ...values, amended_from: second });
  expect([again.status, again.body['exc_type']]).toEqual([409, 'DuplicateEntryError']);
});
