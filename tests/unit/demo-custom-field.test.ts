import { beforeEach, expect, test } from 'vitest';
import { createDemoSite, type DemoSite } from '../../electron/demo/site';
import { demoClient } from '../support/demo-client';

let site: DemoSite;
beforeEach(() => {
  site = createDemoSite({ now: () => Date.UTC(2026, 5, 1, 10), scale: 10 });
});

const marker = (dt: string) => ({
  dt,
  fieldname: 'fieldbook_id',
  label: 'Fieldbook ID',
  fieldtype: 'Data',
  unique: 1,
  read_only: 1,
  no_copy: 1,
  hidden: 1,
});

test('a System Manager adds a unique field, which getdoctype then shows and saves then heed', async () => {
  site.setRoles('office@example.com', ['System Manager', ...(site.people.find(({ name }) => name === 'office@example.com')?.roles ?? [])]);
  const manager = demoClient(site, 'office@example.com');
  for (const doctype of ['Customer', 'Sales Order']) {
    const made = await manager.create('Custom Field', marker(doctype));
    expect([made.status, made.body['data']]).toEqual([200, expect.objectContaining({ name: `${doctype}-fieldbook_id` })]);
  }

  const field = demoClient(site);
  const { body } = await field.call('frappe.desk.form.load.getdoctype', { doctype: 'Customer' });
  // The first of the answer's documents is the DocType itself.
  const fields = (body['docs'] as { fields: { fieldname: string }[] }[])[0]?.fields;
  expect(fields?.find(({ fieldname }) => fieldname === 'fieldbook_id')).toMatchObject({ unique: 1, hidden: 1, is_custom_field: 1 });
  expect((await field.create('Customer', { customer_name: 'First', fieldbook_id: 'one' })).status).toBe(200);
  const again = await field.create('Customer', { customer_name: 'Second', fieldbook_id: 'one' });
  expect([again.status, again.body['exc_type']]).toEqual([417, 'UniqueValidationError']);
  const found = await field.list('Customer', { filters: { fieldbook_id: 'one' }, fields: ['name', 'fieldbook_id'] });
  expect(found.body['data']).toEqual([{ name: 'First', fieldbook_id: 'one' }]);

  expect((await manager.delete('Custom Field', 'Customer-fieldbook_id')).status).toBe(202);
  expect((await field.list('Customer', { filters: { fieldbook_id: 'one' } })).body['exc_type']).toBe('DataError');
});

test('without the role the field is refused and the DocType stays as it was', async () => {
  const refused = await demoClient(site).create('Custom Field', marker('Customer'));
  expect([refused.status, refused.body['exc_type']]).toEqual([403, 'PermissionError']);
  expect(site.engine.metadata.get('Customer')?.fields.some(({ fieldname }) => fieldname === 'fieldbook_id')).toBe(false);
});

test('a field that the DocType has already is not added again', async () => {
  const administrator = demoClient(site, 'Administrator');
  expect((await administrator.create('Custom Field', marker('Customer'))).status).toBe(200);
  for (const fieldname of ['customer_name', 'fieldbook_id']) {
    const refused = await administrator.create('Custom Field', { ...marker('Customer'), fieldname });
    expect([refused.status, refused.body['exc_type']]).toEqual([417, 'ValidationError']);
  }
});
