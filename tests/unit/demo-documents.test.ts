import { rowsOf, type Doc } from '@shared/erp/document';
import { beforeEach, expect, test } from 'vitest';
import { createDemoSite, type DemoSite } from '../../electron/demo/site';
import { demoClient } from '../support/demo-client';

let site: DemoSite;
let client: ReturnType<typeof demoClient>;
const now = Date.UTC(2026, 5, 1, 10);

beforeEach(() => {
  site = createDemoSite({ now: () => now, scale: 20 });
  client = demoClient(site);
});

const customer = (): string => site.documents('Customer')[0]?.name ?? '';
/** Items of which there is enough to deliver some. */
const stocked = (): string[] => {
  const plenty = new Set(
    site
      .documents('Bin')
      .filter((bin) => bin['warehouse'] === 'Stores - AF' && Number(bin['actual_qty']) >= 10)
      .map((bin) => bin['item_code']),
  );
  return site
    .documents('Item')
    .filter(({ name, disabled }) => plenty.has(name) && !disabled)
    .map(({ name }) => name);
};
const order = (values: object = {}) => {
  const [first, second] = stocked();
  const items = [
    { item_code: first, qty: 2, rate: 10 },
    { item_code: second, qty: 1, rate: 5 },
  ];
  return client.create('Sales Order', { customer: customer(), delivery_date: '2026-07-01', items, ...values });
};
/** The document of an answer that must have been a success. */
const made = ({ status, body }: { status: number; body: { [key: string]: unknown } }): Doc => {
  expect(status, JSON.stringify(body)).toBe(200);
  // `data` of a document's answer is the document.
  return body['data'] as Doc;
};

test('the time of a save never repeats under a frozen clock, and is told in the time zone of the site', async () => {
  const stamps: string[] = [];
  for (let count = 0; count < 5; count += 1) stamps.push(String(made(await client.update('Customer', customer(), {})).modified));
  expect([...stamps].sort()).toEqual(stamps);
  expect(new Set(stamps).size).toBe(5);
  expect(stamps[0]).toMatch(/^2026-06-01 12:00:00\.\d{6}$/);
});

test('a stale update is refused, one without modified overwrites', async () => {
  const before = made(await client.get('Customer', customer()));
  site.as('office@example.com').update('Customer', before.name, { website: 'https://theirs.example' });
  const refused = await client.update('Customer', before.name, { website: 'https://mine.example', modified: before.modified });
  expect([refused.status, refused.body['exc_type']]).toEqual([417, 'TimestampMismatchError']);
  expect(site.document('Customer', before.name)?.['website']).toBe('https://theirs.example');
  made(await client.update('Customer', before.name, { website: 'https://mine.example' }));
  expect(site.document('Customer', before.name)?.['website']).toBe('https://mine.example');
});

test('a table in an update replaces the rows by name, and a row without its read-only fields loses them', async () => {
  const [item = ''] = stocked();
  const source = made(await order());
  const row = rowsOf(source, 'items')[0];
  const items = [{ item_code: item, qty: 2, rate: 10, against_sales_order: source.name, so_detail: row?.name }];
  const note = made(await client.create('Delivery Note', { customer: customer(), items }));
  const [sent] = rowsOf(note, 'items');
  expect(sent?.['against_sales_order']).toBe(source.name);
  const whole = made(
    await client.update('Delivery Note', note.name, {
      items: [
        { ...sent, qty: 1 },
        { item_code: item, qty: 4 },
      ],
    }),
  );
  expect(rowsOf(whole, 'items').map(({ name, idx, qty }) => [name === sent?.name, idx, qty])).toEqual([
    [true, 1, 1],
    [false, 2, 4],
  ]);
  const bare = { name: sent?.name, item_code: item, item_name: 'x', uom: 'Nos', stock_uom: 'Nos', conversion_factor: 1, qty: 1, rate: 10 };
  const cut = made(await client.update('Delivery Note', note.name, { items: [bare] }));
  expect(rowsOf(cut, 'items').map((one) => one['against_sales_order'])).toEqual([undefined]);
});

test('what is delivered and billed shows on the order at once, its modified unmoved', async () => {
  const draft = made(await order());
  const submitted = made(await client.update('Sales Order', draft.name, { docstatus: 1, modified: draft.modified }));
  expect(submitted['status']).toBe('To Deliver and Bill');
  const items = rowsOf(submitted, 'items').map((row) => ({
    item_code: row['item_code'],
    qty: row['qty'],
    rate: row['rate'],
    against_sales_order: draft.name,
    so_detail: row.name,
  }));
  made(await client.create('Delivery Note', { customer: draft['customer'], items, docstatus: 1 }));
  const after = site.document('Sales Order', draft.name);
  expect([after?.['per_delivered'], after?.['status'], after?.modified]).toEqual([100, 'To Bill', submitted.modified]);
  const stale = rowsOf(submitted, 'items').map((row) => ({ ...row }));
  const refused = await client.update('Sales Order', draft.name, { items: stale });
  expect(refused.body['exc_type']).toBe('UpdateAfterSubmitError');
});

test('stock may not fall below nothing, and then nothing of the submit stays', async () => {
  const [item = ''] = stocked();
  const note = made(await client.create('Delivery Note', { customer: customer(), items: [{ item_code: item, qty: 100_000, rate: 1 }] }));
  const refused = await client.update('Delivery Note', note.name, { docstatus: 1 });
  expect(refused.body['exc_type']).toBe('NegativeStockError');
  expect(site.document('Delivery Note', note.name)?.docstatus).toBe(0);
});

test('what is delivered leaves the Bin, which counts as changed then', async () => {
  const [item = ''] = stocked();
  const bin = () => site.documents('Bin').find((each) => each['item_code'] === item && each['warehouse'] === 'Stores - AF');
  const before = bin();
  made(await client.create('Delivery Note', { customer: customer(), items: [{ item_code: item, qty: 3, rate: 1 }], docstatus: 1 }));
  expect(bin()?.['actual_qty']).toBe(Number(before?.['actual_qty']) - 3);
  expect(bin()?.['projected_qty']).toBe(Number(before?.['projected_qty']) - 3);
  expect(String(bin()?.modified) > String(before?.modified)).toBe(true);
});

test('a payment settles the invoice behind it', async () => {
  const invoice =
    site.documents('Sales Invoice').find((one) => Number(one['outstanding_amount']) > 0) ??
    made(
      await client.create('Sales Invoice', { customer: customer(), items: [{ item_code: stocked()[0], qty: 1, rate: 50 }], docstatus: 1 }),
    );
  const amount = Number(invoice['outstanding_amount']);
  const references = [{ reference_doctype: 'Sales Invoice', reference_name: invoice.name, allocated_amount: amount }];
  made(
    await client.create('Payment Entry', {
      payment_type: 'Receive',
      party_type: 'Customer',
      party: invoice['customer'],
      paid_amount: amount,
      mode_of_payment: 'Cash',
      references,
      docstatus: 1,
    }),
  );
  const after = site.document('Sales Invoice', invoice.name);
  expect([after?.['outstanding_amount'], after?.['status'], after?.modified]).toEqual([0, 'Paid', invoice.modified]);
});

test('each of the ten common DocTypes can be made by the field user', async () => {
  const [item = ''] = stocked();
  const [party, supplier] = [customer(), site.documents('Supplier')[0]?.name];
  const items = [{ item_code: item, qty: 1, rate: 9.5 }];
  const account = (name: string): string => `${name} - AF`;
  const bodies: { [doctype: string]: object } = {
    Customer: { customer_name: 'New One', customer_type: 'Company' },
    Item: { item_code: 'NEW-1', item_group: 'Services', stock_uom: 'Nos' },
    'Sales Order': { customer: party, delivery_date: '2026-07-01', items },
    'Purchase Order': { supplier, schedule_date: '2026-07-01', items },
    'Sales Invoice': { customer: party, items },
    'Purchase Invoice': { supplier, bill_no: 'X1', items },
    'Delivery Note': { customer: party, items },
    'Stock Entry': {
      stock_entry_type: 'Material Receipt',
      items: [{ item_code: item, qty: 2, t_warehouse: account('Stores'), basic_rate: 3 }],
    },
    'Payment Entry': { payment_type: 'Receive', party_type: 'Customer', party, paid_amount: 5, mode_of_payment: 'Cash' },
    'Journal Entry': {
      posting_date: '2026-06-01',
      accounts: [
        { account: account('Cash'), debit_in_account_currency: 5 },
        { account: account('Sales'), credit_in_account_currency: 5 },
      ],
    },
  };
  for (const [doctype, body] of Object.entries(bodies)) {
    const answer = await client.create(doctype, body);
    expect([doctype, answer.status, answer.body['exception']]).toEqual([doctype, 200, undefined]);
    if (site.document(doctype, made(answer).name)?.['naming_series'] === undefined) continue;
    if (!['Customer', 'Item'].includes(doctype))
      made(await client.update(doctype, made(answer).name, { docstatus: 1, modified: made(answer).modified }));
  }
});

test('floats are stored with nine places though the answer showed more', async () => {
  const answered = made(
    await client.create('Customer', { customer_name: 'Round', customer_type: 'Company', default_commission_rate: 3.14159265358979 }),
  );
  expect(answered['default_commission_rate']).toBe(3.14159265358979);
  expect(made(await client.get('Customer', 'Round'))['default_commission_rate']).toBe(3.141592654);
});

test('invoices fall overdue with the days, their modified unmoved', async () => {
  let at = now;
  const own = createDemoSite({ now: () => at, scale: 20 });
  const field = demoClient(own);
  const item = own.documents('Item').find((one) => !one['disabled'])?.name;
  const invoice = made(
    await field.create('Sales Invoice', {
      customer: own.documents('Customer')[0]?.name,
      due_date: '2026-06-10',
      items: [{ item_code: item, qty: 1, rate: 5 }],
      docstatus: 1,
    }),
  );
  expect(own.document('Sales Invoice', invoice.name)?.['status']).toBe('Unpaid');
  at += 11 * 86_400_000;
  await field.list('Sales Invoice');
  const after = own.document('Sales Invoice', invoice.name);
  expect([after?.['status'], after?.modified]).toEqual(['Overdue', invoice.modified]);
});

test('a rename is followed by every link, those in rows and files included', async () => {
  const placed = made(await order());
  const before = site.document('Sales Order', placed.name)?.modified;
  await client.upload('plan.txt', new TextEncoder().encode('plan'), { doctype: 'Customer', docname: customer(), is_private: '1' });
  const old = customer();
  site.as('Administrator').rename('Customer', old, 'Renamed & Co');
  expect(site.document('Customer', old)).toBeUndefined();
  expect(site.document('Sales Order', placed.name)).toMatchObject({ customer: 'Renamed & Co', modified: before });
  expect(site.files().map(({ doc }) => doc['attached_to_name'])).toEqual(['Renamed & Co']);
  expect(
    site
      .documents('Contact')
      .flatMap((one) => rowsOf(one, 'links'))
      .some((row) => row['link_name'] === old),
  ).toBe(false);
});

test('a refusal in the middle undoes what the request had done, the running number included', async () => {
  const count = site.documents('Sales Order').length;
  const bad = { doctype: 'Sales Order', customer: customer(), delivery_date: '2026-07-01', items: [{ item_code: 'NO-SUCH', qty: 1 }] };
  const good = { ...bad, items: [{ item_code: stocked()[0], qty: 1 }] };
  expect((await client.call('frappe.client.insert_many', { docs: [good, bad] })).status).toBe(404);
  expect(site.documents('Sales Order')).toHaveLength(count);
  const [first, second] = [made(await order()), made(await order())];
  expect(Number(second.name.slice(-5)) - Number(first.name.slice(-5))).toBe(1);
});

test('of a bulk update only what failed is undone', async () => {
  const [mine, draft] = [customer(), made(await order())];
  const rows = [{ item_code: stocked()[0], qty: 0 }];
  const docs = JSON.stringify([
    { doctype: 'Customer', docname: mine, website: 'https://b.example' },
    { doctype: 'Sales Order', docname: draft.name, items: rows },
  ]);
  const { body } = await client.call('frappe.client.bulk_update', { docs });
  expect(body['message']).toMatchObject({ failed_docs: [{ doc: { docname: draft.name } }] });
  expect(site.document('Customer', mine)?.['website']).toBe('https://b.example');
  expect(site.document('Sales Order', draft.name)?.modified).toBe(draft.modified);
});

test('a currency without a rate takes that of the latest Currency Exchange up to the day; without one the save is refused', async () => {
  const abroad = made(await order({ currency: 'USD' }));
  expect(abroad).toMatchObject({ conversion_rate: 0.92, base_total: 23 });
  expect(made(await order({ currency: 'SEK', conversion_rate: 0.09 }))).toMatchObject({ conversion_rate: 0.09 });
  const { status, body } = await client.create('Sales Order', { ...abroad, name: undefined, currency: 'SEK', conversion_rate: undefined });
  expect([status, String(body['exception'])]).toEqual([417, expect.stringContaining('Unable to find exchange rate for SEK to EUR')]);
});

test('a price per piece is one of ten pieces for a box of ten', async () => {
  const boxed = site.documents('Item').find((one) => stocked().includes(one.name) && rowsOf(one, 'uoms').length > 1)?.name ?? '';
  const sold = made(await order({ items: [{ item_code: boxed, qty: 1, uom: 'Box' }] }));
  // The list of the customer, which need not be the usual one.
  const prices = site.documents('Item Price').filter((one) => one['price_list'] === sold['selling_price_list']);
  const each = prices.findLast((one) => one['item_code'] === boxed && one['uom'] === 'Nos');
  expect(rowsOf(sold, 'items')).toMatchObject([
    { conversion_factor: 10, stock_qty: 10, rate: Math.round(Number(each?.['price_list_rate']) * 1000) / 100 },
  ]);
});
