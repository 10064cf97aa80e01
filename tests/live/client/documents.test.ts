import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { AppError } from '@shared/errors';
import { live } from '../case';
import { customerValues, makeCustomer, makeOrder, party } from '../documents';
import type { Live } from '../live';
import { tagged } from '../made';
import { forOrders, may } from '../needs';

const customers = may('Customer', 'read', 'write', 'create');

/** The shared customer as it is now. */
const currentParty = async (server: Live) => server.get('Customer', (await party(server)).name);

live('A create is answered with the name, the owner and the time that the server gave.', [customers], async (server) => {
  const values = await customerValues(server, 'Created');
  const doc = await server.create('Customer', values);
  expect(doc).toMatchObject({ ...values, owner: server.device.account.user, docstatus: 0 });
  expect(doc.name).not.toBe('');
  expect(doc.modified).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/);
  expect(await server.get('Customer', doc.name)).toMatchObject({
    name: doc.name,
    creation: doc.creation,
    modified: doc.modified,
    ...values,
  });
});

live('A create that the server does not take is refused in its own words.', [customers], async ({ erp, account }) => {
  const refused = erp.create({ account, doctype: 'Customer', body: { customer_type: 'Company' } });
  const error = await refused.then(
    () => null,
    (thrown: unknown) => AppError.from(thrown),
  );
  expect(error).toMatchObject({ code: 'refused', details: { excType: 'MandatoryError' } });
  expect(error?.details.serverMessages?.[0]?.message).toMatch(/\S/);
});

live('An order for a customer who is not there says that something is missing.', forOrders, async (server) => {
  await expect(makeOrder(server, 'Nobody', { customer: tagged('is not there') })).rejects.toMatchObject({ code: 'not-found' });
});

live('An update changes what it names and moves the time.', [customers], async (server) => {
  const doc = await currentParty(server);
  const saved = await server.update('Customer', doc.name, { website: 'one.example', modified: doc.modified });
  expect(saved).toMatchObject({ website: 'one.example', customer_name: doc['customer_name'] });
  expect(saved.modified! > doc.modified!).toBe(true);
});

live('A stale update is told from other refusals, and changes nothing.', [customers], async (server) => {
  const doc = await currentParty(server);
  const newer = await server.update('Customer', doc.name, { website: 'theirs.example', modified: doc.modified });
  const stale = server.update('Customer', doc.name, { website: 'mine.example', modified: doc.modified });
  await expect(stale).rejects.toMatchObject({ code: 'stale', details: { excType: 'TimestampMismatchError' } });
  expect(await server.get('Customer', doc.name)).toMatchObject({ website: 'theirs.example', modified: newer.modified });
});

live('A document that is not there is “not found”, however it is asked for.', [customers], async ({ erp, account }) => {
  const name = tagged('is not there');
  await expect(erp.get({ account, doctype: 'Customer', name })).rejects.toMatchObject({ code: 'not-found' });
  await expect(erp.open({ account, doctype: 'Customer', name })).rejects.toMatchObject({ code: 'not-found' });
  await expect(erp.update({ account, doctype: 'Customer', name, body: { website: 'x.example' } })).rejects.toMatchObject({
    code: 'not-found',
  });
});

live('A deleted document is gone, and a second delete says so.', [...forOrders, may('Sales Order', 'delete')], async (server) => {
  const { erp, account } = server;
  const { name } = await makeOrder(server, 'Deleted');
  await erp.remove({ account, doctype: 'Sales Order', name });
  await expect(server.get('Sales Order', name)).rejects.toMatchObject({ code: 'not-found' });
  await expect(erp.remove({ account, doctype: 'Sales Order', name })).rejects.toMatchObject({ code: 'not-found' });
});

live('A comment is found again in the opened document by the mark in it.', [customers], async (server) => {
  const { erp, account, device } = server;
  const doc = await party(server);
  const id = randomUUID();
  await erp.call({
    account,
    http: 'POST',
    method: 'frappe.desk.form.utils.add_comment',
    args: {
      reference_doctype: 'Customer',
      reference_name: doc.name,
      content: `<p data-fieldbook="${id}">Gate code 42</p>`,
      comment_email: device.account.user,
      comment_by: device.account.fullName,
    },
  });
  const opened = await erp.open({ account, doctype: 'Customer', name: doc.name });
  expect(opened.doc).toMatchObject({ name: doc.name, customer_name: doc['customer_name'] });
  const found = opened.docinfo.comments.filter(({ content }) => content.includes(id));
  expect(found).toMatchObject([{ owner: device.account.user }]);
  expect(found[0]?.content).toContain('Gate code 42');
});

const odd = 'A/B & C?#% ü';

live('A name with / # ? % & and letters beyond ASCII is reached by its URL.', [customers], async (server, leaveOut) => {
  const doc = await server.create('Customer', { ...(await customerValues(server, odd)) });
  if (!doc.name.includes(odd)) leaveOut(`customers are not named by their name on this site (${doc.name})`);
  expect(await server.get('Customer', doc.name)).toMatchObject({ customer_name: doc['customer_name'] });
  const saved = await server.update('Customer', doc.name, { website: 'odd.example', modified: doc.modified });
  expect(saved).toMatchObject({ name: doc.name, website: 'odd.example' });
  expect((await server.erp.open({ account: server.account, doctype: 'Customer', name: doc.name })).doc.name).toBe(doc.name);
});

live('A renamed document is gone under its old name and keeps its creation and owner.', [customers], async (server, leaveOut) => {
  const { erp, account } = server;
  if ((await server.bundle('Customer')).doctype.allow_rename !== 1) leaveOut('Customer may not be renamed on this site');
  const doc = await makeCustomer(server, 'Old name');
  const args = { doctype: 'Customer', old_name: doc.name, new_name: tagged('New name') };
  const { message } = await erp.call({ account, http: 'POST', method: 'frappe.client.rename_doc', args });
  expect(message).toBe(args.new_name);
  server.made.add('Customer', args.new_name);
  await expect(server.get('Customer', doc.name)).rejects.toMatchObject({ code: 'not-found' });
  const renamed = await server.get('Customer', args.new_name);
  expect(renamed).toMatchObject({ creation: doc.creation, owner: doc.owner });
  expect(renamed.modified).not.toBe(doc.modified);
});
