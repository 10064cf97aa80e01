import { expect } from 'vitest';
import { isTableField } from '@shared/erp/docfield';
import type { Filter } from '@shared/erp/filters';
import { AppError } from '@shared/errors';
import { live } from '../case';
import { makeCustomer, makeOrder, party } from '../documents';
import { rowsOfList } from '../live';
import { tag, taggedOnes } from '../made';
import { forOrders, may } from '../needs';
import { differences, wholeDocuments } from '../whole-documents';

const customers = may('Customer', 'read', 'create');

live('A list by GET has the fields, filters, order and length that were asked for.', [customers], async (server) => {
  const made = [await makeCustomer(server, 'List B'), await makeCustomer(server, 'List A')].map(({ name }) => name);
  const filters: Filter[] = [['name', 'in', made]];
  const all = await server.list('Customer', ['name', 'customer_name', 'modified'], filters, 0, 'creation asc');
  expect(all.map(({ name }) => name)).toEqual(made);
  expect(all.every((row) => typeof row['modified'] === 'string' && 'customer_name' in row && !('territory' in row))).toBe(true);
  const [last, ...others] = await server.list('Customer', ['name'], filters, 1, 'creation desc');
  expect([last?.name, others]).toEqual([made[1], []]);
  expect(await server.list('Customer', ['name'], [['name', '=', `${tag} is not there`]], 0)).toEqual([]);
});

live('A filter too long for a URL goes as POST and gives the same rows.', [customers], async (server) => {
  const made = [await party(server), await makeCustomer(server, 'Long')].map(({ name }) => name);
  const short = await server.list('Customer', ['name', 'customer_name'], [['name', 'in', made]], 0, 'name asc');
  const absent = Array.from({ length: 200 }, (_, at) => `${tag} is not there either ${at}`);
  const before = server.device.network.asked.length;
  const long = await server.list('Customer', ['name', 'customer_name'], [['name', 'in', [...absent, ...made]]], 0, 'name asc');
  expect(server.device.network.asked.slice(before)).toEqual([{ method: 'POST', path: '/api/method/frappe.client.get_list' }]);
  expect(long).toEqual(short);
  expect(long).toHaveLength(2);
});

live('A page of whole documents is equal to one GET each.', forOrders, async (server) => {
  const { erp, account } = server;
  const bundle = await server.bundle('Sales Order');
  await makeOrder(server, 'Page A');
  await makeOrder(server, 'Page B');
  const childTables = bundle.doctype.fields.filter(isTableField).map(({ options }) => options ?? '');
  const page = await erp.page({
    account,
    doctype: 'Sales Order',
    fields: ['*'],
    filters: [],
    orderBy: 'modified desc, name desc',
    limit: 5,
    childTables,
  });
  const docs = wholeDocuments('Sales Order', page);
  expect(docs.length).toBeGreaterThanOrEqual(2);
  expect(page.requests).toBe(2 + new Set(childTables).size);
  expect(
    page.check === null
      ? []
      : rowsOfList(page.check)
          .map(({ name }) => name)
          .sort(),
  ).toEqual(docs.map(({ name }) => name).sort());
  for (const doc of docs) {
    expect((doc['items'] as unknown[]).length).toBeGreaterThan(0);
    expect(differences(doc, await server.get('Sales Order', doc.name), bundle)).toEqual([]);
  }
});

live('A count is the number of documents that this user’s list has.', [customers], async (server) => {
  const { erp, account } = server;
  const filters = [taggedOnes('Customer')];
  await party(server);
  const listed = await server.list('Customer', ['name'], filters, 0);
  expect(listed.length).toBeGreaterThan(0);
  expect(await erp.count({ account, doctype: 'Customer', filters })).toBe(listed.length);
});

/** DocTypes that every site has and few may read. */
const guarded = ['GL Entry', 'Deleted Document', 'Error Log', 'User Permission', 'Stock Ledger Entry', 'Activity Log', 'Role'];

live('A count of what the user may not read is refused, as its list is.', [], async (server, leaveOut) => {
  const { erp, account } = server;
  for (const doctype of guarded) {
    const refused = await server.list(doctype, ['name'], [], 1).then(
      () => null,
      (thrown: unknown) => AppError.from(thrown).code,
    );
    if (refused !== 'forbidden') continue;
    await expect(erp.count({ account, doctype, filters: [] })).rejects.toMatchObject({ code: 'forbidden' });
    return;
  }
  leaveOut(`${server.device.account.user} may read all of ${guarded.join(', ')}`);
});
