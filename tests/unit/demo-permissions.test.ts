import { rowsOf, type Doc } from '@shared/erp/document';
import { beforeEach, describe, expect, test } from 'vitest';
import { serveDemo } from '../../electron/demo/rest/serve';
import { createDemoSite, type DemoSite } from '../../electron/demo/site';
import { demoClient } from '../support/demo-client';

const [mine, theirs] = ['field@example.com', 'office@example.com'];
const whole = { read: 1, write: 1, create: 1, delete: 1 } as const;

let site: DemoSite;
let client: ReturnType<typeof demoClient>;

beforeEach(() => {
  site = createDemoSite({ now: () => Date.UTC(2026, 5, 1, 10), scale: 10 });
  client = demoClient(site);
});

/** From now on these are the only rights that anybody has on a DocType, the administrator aside. */
function onlyRights(doctype: string, ...rights: Parameters<DemoSite['setPermission']>[1][]): void {
  site.engine.metadata.change(doctype, (meta) => ({ ...meta, permissions: [] }));
  for (const one of rights) site.setPermission(doctype, one);
}

const make = (user: string, doctype: string, values: { [fieldname: string]: unknown }): string =>
  site.as(user).insert(doctype, values).name;
const refused = ({ status, body }: { status: number; body: { [key: string]: unknown } }) => [status, body['exc_type']];
const forbidden = [403, 'PermissionError'];
/** The document, the rows or the value of an answer that must have been a success. */
function answered({ status, body }: { status: number; body: { [key: string]: unknown } }): unknown {
  expect(status, JSON.stringify(body)).toBe(200);
  return body['data'] ?? body['message'];
}
// Asked only of what a document was written to or read from.
const docOf = (answer: Parameters<typeof answered>[0]): Doc => answered(answer) as Doc;

describe('a rule for owners alone', () => {
  let own: string;
  let others: string;

  beforeEach(() => {
    onlyRights('Customer', { role: 'Sales User', ...whole, if_owner: 1 });
    own = make(mine, 'Customer', { customer_name: 'Mine' });
    others = make(theirs, 'Customer', { customer_name: 'Theirs' });
  });

  test('shows them in lists and counts what they made, and nothing else', async () => {
    expect((await client.list('Customer', { limit_page_length: '0' })).body['data']).toEqual([{ name: own }]);
    expect(answered(await client.call('frappe.desk.reportview.get_count', { doctype: 'Customer' }))).toBe(1);
  });

  test('lets them read, change and delete what they made', async () => {
    expect(docOf(await client.get('Customer', own)).name).toBe(own);
    expect(docOf(await client.update('Customer', own, { website: 'own.example' }))['website']).toBe('own.example');
    expect((await client.delete('Customer', own)).status).toBe(202);
  });

  test('refuses each of that for what another made', async () => {
    expect(refused(await client.get('Customer', others))).toEqual(forbidden);
    expect(refused(await client.update('Customer', others, { website: 'own.example' }))).toEqual(forbidden);
    expect(refused(await client.delete('Customer', others))).toEqual(forbidden);
    expect(site.document('Customer', others)?.['website']).toBeUndefined();
  });

  test('shows in what the permission methods answer', async () => {
    for (const [name, may] of [
      [own, 1],
      [others, 0],
    ] as const) {
      const asked = { doctype: 'Customer', docname: name };
      expect(answered(await client.call('frappe.client.has_permission', { ...asked, perm_type: 'write' }))).toEqual({
        has_permission: may === 1,
      });
      expect(answered(await client.call('frappe.client.get_doc_permissions', asked))).toMatchObject({
        permissions: { read: may, write: may, delete: may, submit: 0, print: 0 },
      });
    }
  });
});

describe('fields of a higher permission level', () => {
  const level = (doctype: string, fieldname: string): void =>
    site.engine.metadata.change(doctype, (meta) => ({
      ...meta,
      fields: meta.fields.map((field) => (field.fieldname === fieldname ? { ...field, permlevel: 1 } : field)),
    }));
  let name: string;

  beforeEach(() => {
    level('Customer', 'website');
    level('Sales Team', 'commission_rate');
    onlyRights('Customer', { role: 'Sales User', ...whole });
    const team = [{ sales_person: site.documents('Sales Person')[0]?.name, allocated_percentage: 100, commission_rate: '5' }];
    name = make('Administrator', 'Customer', { customer_name: 'Levels', website: 'kept.example', sales_team: team });
  });

  const shown = async (): Promise<unknown[]> => {
    const doc = docOf(await client.get('Customer', name));
    return [doc['website'], rowsOf(doc, 'sales_team')[0]?.['commission_rate']];
  };
  const stored = (): unknown[] => {
    const doc = site.document('Customer', name);
    return [doc?.['website'], rowsOf(doc ?? {}, 'sales_team')[0]?.['commission_rate']];
  };

  test('are hidden from who may not read the level: in the document, its rows and lists', async () => {
    expect(await shown()).toEqual([undefined, undefined]);
    const filters = { name };
    for (const fields of [
      ['name', 'website'],
      ['name', 'sales_team.commission_rate as rate'],
    ])
      expect(answered(await client.list('Customer', { filters, fields }))).toEqual([{ name }]);
    const star = answered(await client.list('Customer', { filters, fields: ['*'] }));
    expect(star).toMatchObject([{ customer_name: 'Levels' }]);
    expect(star).not.toMatchObject([{ website: expect.anything() }]);
    const rows = answered(await client.list('Sales Team', { parent: 'Customer', filters: { parent: name }, fields: ['*'] }));
    expect(rows).toMatchObject([{ allocated_percentage: 100 }]);
    expect(rows).not.toMatchObject([{ commission_rate: expect.anything() }]);
  });

  test('are read, and kept in a save that the rest of goes through, by who may read the level', async () => {
    site.setPermission('Customer', { role: 'Sales User', permlevel: 1, read: 1 });
    expect(await shown()).toEqual(['kept.example', '5']);
    const doc = docOf(await client.get('Customer', name));
    const sales_team = rowsOf(doc, 'sales_team').map((row) => ({ ...row, commission_rate: '99' }));
    const saved = docOf(await client.update('Customer', name, { website: 'new.example', customer_details: 'Rings', sales_team }));
    expect(saved).toMatchObject({ website: 'kept.example', customer_details: 'Rings' });
    expect(stored()).toEqual(['kept.example', '5']);
  });

  test('are left as in a new document by who may not write the level', async () => {
    const made = docOf(await client.create('Customer', { customer_name: 'New', website: 'new.example' }));
    expect(site.document('Customer', made.name)).toMatchObject({ customer_name: 'New' });
    expect(site.document('Customer', made.name)?.['website']).toBeUndefined();
  });

  test('are changed by who may write the level', async () => {
    site.setPermission('Customer', { role: 'Sales User', permlevel: 1, read: 1, write: 1 });
    const doc = docOf(await client.get('Customer', name));
    const sales_team = rowsOf(doc, 'sales_team').map((row) => ({ ...row, commission_rate: '7' }));
    answered(await client.update('Customer', name, { website: 'new.example', sales_team }));
    expect(stored()).toEqual(['new.example', '7']);
  });
});

describe('files over HTTP', () => {
  const tokenOf = (user: string): { authorization: string } => {
    const person = site.people.find(({ name }) => name === user);
    return { authorization: `token ${person?.apiKey ?? ''}:${person?.apiSecret ?? ''}` };
  };

  /** Uploads a file as the field user; answers who is given it, by the status of their download. */
  async function upload(fields: { [name: string]: string }): Promise<(user: string | null) => Promise<[status: number, text: string]>> {
    const { message } = (await (await client.upload('plan.txt', new TextEncoder().encode('the plan'), fields)).json()) as {
      message: { file_url: string };
    };
    return async (user) => {
      const served = await serveDemo(site);
      try {
        const answer = await fetch(`${served.url}${message.file_url}`, { headers: user === null ? {} : tokenOf(user) });
        return [answer.status, await answer.text()];
      } finally {
        await served.close();
      }
    };
  }
  const listed = async (user: string): Promise<unknown> => answered(await demoClient(site, user).list('File', { fields: ['file_name'] }));
  const given = [200, 'the plan'];
  const denied = [403, expect.stringContaining('permission')];

  test('a public one is given to everybody, whoever they are', async () => {
    const download = await upload({ is_private: '0' });
    for (const user of [mine, theirs, null]) expect(await download(user)).toEqual(given);
    expect(await listed(theirs)).toEqual([{ file_name: 'plan.txt' }]);
  });

  test('a private one on nothing is given to its owner and the administrator', async () => {
    const download = await upload({ is_private: '1' });
    for (const user of [mine, 'Administrator']) expect(await download(user)).toEqual(given);
    for (const user of [theirs, null]) expect(await download(user)).toEqual(denied);
    expect(await listed(mine)).toEqual([{ file_name: 'plan.txt' }]);
    expect(await listed(theirs)).toEqual([]);
  });

  test('a private one on a document is given to those who may read the document', async () => {
    const name = make(mine, 'Customer', { customer_name: 'With a plan' });
    const download = await upload({ is_private: '1', doctype: 'Customer', docname: name });
    expect(await download(theirs)).toEqual(given);
    const one = { user: theirs, allow: 'Customer', for_value: site.documents('Customer')[0]?.name, apply_to_all_doctypes: 1 };
    const permission = make('Administrator', 'User Permission', one);
    expect(await download(theirs)).toEqual(denied);
    expect(await download(mine)).toEqual(given);
    site.as('Administrator').delete('User Permission', permission);
    expect(await download(theirs)).toEqual(given);
    onlyRights('Customer', { role: 'Reader', read: 1 });
    expect(await download(theirs)).toEqual(denied);
    expect(await download('readonly@example.com')).toEqual(given);
  });
});

describe('a Dynamic Link', () => {
  const todo = (values: object) => client.create('ToDo', { description: 'Call back', ...values });

  test('is looked for in the DocType that its document names, and refused where it leads nowhere', async () => {
    const [customer, item] = [site.documents('Customer')[0]?.name, site.documents('Item')[0]?.name];
    expect((await todo({ reference_type: 'Customer', reference_name: customer })).status).toBe(200);
    for (const reference_name of ['Nobody', item]) {
      const { status, body } = await todo({ reference_type: 'Customer', reference_name });
      expect([status, body['exc_type']]).toEqual([417, 'LinkValidationError']);
      expect(body['exception']).toBe(`frappe.exceptions.LinkValidationError: Could not find Reference Name: ${reference_name}`);
    }
  });

  test('is refused in a row too, which is named, and in an update, which changes nothing', async () => {
    const links = [{ link_doctype: 'Customer', link_name: 'Nobody' }];
    const made = await client.create('Contact', { first_name: 'Ann', links });
    expect(made.body['exception']).toBe('frappe.exceptions.LinkValidationError: Could not find Row #1: Link Name: Nobody');
    const name = make(mine, 'ToDo', { description: 'Call back' });
    expect(refused(await client.update('ToDo', name, { reference_type: 'Customer', reference_name: 'Nobody' }))).toEqual([
      417,
      'LinkValidationError',
    ]);
    expect(site.document('ToDo', name)?.['reference_name']).toBeUndefined();
  });
});

describe('methods for what is not there or not allowed', () => {
  test('has_permission and get_doc_permissions say no to who may only read', async () => {
    const reader = demoClient(site, 'readonly@example.com');
    const asked = { doctype: 'Sales Order', docname: site.documents('Sales Order')[0]?.name };
    for (const [right, may] of Object.entries({ read: true, write: false, submit: false, delete: false }))
      expect(answered(await reader.call('frappe.client.has_permission', { ...asked, perm_type: right }))).toEqual({ has_permission: may });
    expect(answered(await reader.call('frappe.client.get_doc_permissions', asked))).toMatchObject({
      permissions: { read: 1, print: 1, email: 1, report: 1, write: 0, create: 0, delete: 0, submit: 0, cancel: 0, amend: 0 },
    });
  });

  test('get_value gives one field by name, several by filters, and nothing of what is not there', async () => {
    const [doc] = site.documents('Customer');
    const [customer_group, territory] = [doc?.['customer_group'], doc?.['territory']];
    const value = async (args: object) => answered(await client.call('frappe.client.get_value', { doctype: 'Customer', ...args }));
    expect(await value({ filters: doc?.name, fieldname: 'territory' })).toEqual({ territory });
    expect(await value({ filters: { name: doc?.name }, fieldname: ['customer_group', 'territory'] })).toEqual({
      customer_group,
      territory,
    });
    expect(await value({ filters: { name: 'Nobody' }, fieldname: 'territory' })).toEqual({});
  });
});
