import { expect, test } from 'vitest';
import type { Doc } from '@shared/erp/document';
import type { ItemDetails } from '@shared/form/item-details';
import { AppError } from '@shared/errors';
import { typingOn } from '../support/typing';
import { until } from '../support/until';

const item = (name: string, over: object = {}): Doc => ({
  doctype: 'Item',
  name,
  item_code: name,
  item_name: `${name} name`,
  description: `<p>${name}</p>`,
  stock_uom: 'Nos',
  uoms: [
    { name: `${name}-1`, uom: 'Nos', conversion_factor: 1 },
    { name: `${name}-2`, uom: 'Box', conversion_factor: 10 },
  ],
  ...over,
});
const price = (name: string, item_code: string, price_list_rate: number, over: object = {}): Doc => ({
  doctype: 'Item Price',
  name,
  item_code,
  price_list: 'Retail',
  uom: 'Nos',
  currency: 'INR',
  price_list_rate,
  ...over,
});
const list = (name: string, currency: string): Doc => ({ doctype: 'Price List', name, currency, selling: 1 });
const documents: Doc[] = [
  list('Retail', 'INR'),
  list('Trade', 'INR'),
  list('Abroad', 'USD'),
  item('Bolt'),
  item('Rope', { stock_uom: 'Meter', uoms: [{ name: 'rope', uom: 'Meter', conversion_factor: 1 }] }),
  price('p1', 'Bolt', 9),
  price('p2', 'Bolt', 7, { price_list: 'Trade' }),
  price('p3', 'Bolt', 2, { price_list: 'Abroad', currency: 'USD' }),
  price('p4', 'Bolt', 8, { customer: 'Jane' }),
  price('p5', 'Bolt', 11, { valid_from: '2027-01-01' }),
  { doctype: 'Customer', name: 'Jane' },
  { doctype: 'Customer', name: 'Trader', default_price_list: 'Trade' },
  { doctype: 'Customer', name: 'Overseas', customer_group: 'Export', default_currency: 'USD' },
  { doctype: 'Customer Group', name: 'Export', default_price_list: 'Abroad' },
  {
    doctype: 'Currency Exchange',
    name: 'x',
    from_currency: 'USD',
    to_currency: 'INR',
    date: '2026-11-01',
    exchange_rate: 80,
    for_selling: 1,
    for_buying: 1,
  },
  {
    doctype: 'Sales Taxes and Charges Template',
    name: 'GST',
    taxes: [
      { name: 't1', charge_type: 'On Net Total', account_head: 'GST - W', description: 'GST', rate: 18 },
      { name: 't2', charge_type: 'Actual', account_head: 'Freight - W', description: 'Freight', tax_amount: 5 },
    ],
  },
];

async function order(over: Partial<Parameters<typeof typingOn>[1]> = {}) {
  const form = await typingOn('Sales Order', { documents, ...over });
  await form.set('selling_price_list', 'Retail');
  return form;
}

test('a unit that is changed in a row brings its factor, and stock quantity, price and totals follow', async () => {
  const form = await order();
  await form.add({ item_code: 'Bolt', qty: 3 });
  expect(form.row(0)).toMatchObject({ uom: 'Nos', conversion_factor: 1, stock_qty: 3, rate: 9 });
  await form.cell(0, 'uom', 'Box');
  expect(form.row(0)).toMatchObject({ conversion_factor: 10, stock_qty: 30, price_list_rate: 90, rate: 90, amount: 270 });
  expect(form.values()['total']).toBe(270);
});

test('another item leaves no rate, unit or factor of the one before', async () => {
  const form = await order();
  await form.add({ item_code: 'Bolt', qty: 3 });
  await form.cell(0, 'uom', 'Box');
  await form.cell(0, 'item_code', 'Rope');
  expect(form.row(0)).toMatchObject({
    item_name: 'Rope name',
    uom: 'Meter',
    stock_uom: 'Meter',
    conversion_factor: 1,
    stock_qty: 3,
    rate: null,
    price_list_rate: null,
    amount: 0,
  });
});

test('an item that is not on this device leaves them to the server', async () => {
  const form = await order();
  await form.add({ item_code: 'Bolt', qty: 3 });
  await form.cell(0, 'item_code', 'Elsewhere');
  expect(form.row(0)).toMatchObject({ item_name: null, uom: null, conversion_factor: null, rate: null, description: null });
});

test('what was pasted beside an item code counts as typed: rate, unit and description', async () => {
  const form = await order();
  await form.add({ item_code: 'Bolt', qty: 2, uom: 'Box', rate: 77.5, description: 'As agreed' }, { item_code: 'Bolt', qty: 1 });
  expect(form.row(0)).toMatchObject({
    uom: 'Box',
    conversion_factor: 10,
    stock_qty: 20,
    rate: 77.5,
    price_list_rate: 90,
    description: 'As agreed',
  });
  expect(form.row(1)).toMatchObject({ uom: 'Nos', rate: 9, description: '<p>Bolt</p>' });
});

test('so does what was pasted over a row, whatever the order of the columns', async () => {
  const form = await order();
  await form.add({ item_code: 'Rope', qty: 1 });
  await form.paste(0, { rate: 6.5, item_code: 'Bolt', uom: 'Box' });
  expect(form.row(0)).toMatchObject({ rate: 6.5, uom: 'Box', conversion_factor: 10, item_name: 'Bolt name' });
});

test('pasted rows fetch what typed ones do', async () => {
  const account: Doc = { doctype: 'Account', name: 'GST - W', account_name: 'GST', account_currency: 'INR' };
  const form = await typingOn('Sales Order', { documents: [...documents, account, item('Lamp', { image: '/files/lamp.png' })] });
  await form.add({ item_code: 'Lamp', qty: 1 }, { item_code: 'Bolt', qty: 1 });
  expect(form.row(0)).toMatchObject({ image: '/files/lamp.png' });
  const typed = await typingOn('Sales Order', { documents: [item('Lamp', { image: '/files/lamp.png' })] });
  await typed.add({});
  await typed.cell(0, 'item_code', 'Lamp');
  expect(typed.row(0)['image']).toBe(form.row(0)['image']);
});

test.each([
  ['another price list', 'selling_price_list', 'Trade', 7],
  ['a customer with a price of their own', 'customer', 'Jane', 8],
  ["a customer's own price list", 'customer', 'Trader', 7],
  ['another day', 'transaction_date', '2027-02-01', 11],
])('%s prices the rows anew, but for a rate that was typed', async (_, fieldname, value, rate) => {
  const form = await order();
  await form.add({ item_code: 'Bolt', qty: 1 }, { item_code: 'Bolt', qty: 1 });
  await form.cell(1, 'rate', 5);
  await form.set(fieldname, value);
  expect(form.rows().map((row) => [row['rate'], row['price_list_rate']])).toEqual([
    [rate, rate],
    [5, rate],
  ]);
});

test('a rate that was agreed on before today stands, one of the list follows', async () => {
  const from = {
    doctype: 'Sales Order',
    name: 'SO-1',
    docstatus: 0,
    currency: 'INR',
    conversion_rate: 1,
    selling_price_list: 'Retail',
    items: [
      { name: 'r1', item_code: 'Bolt', uom: 'Nos', stock_uom: 'Nos', conversion_factor: 1, qty: 1, rate: 9, price_list_rate: 9 },
      { name: 'r2', item_code: 'Bolt', uom: 'Nos', stock_uom: 'Nos', conversion_factor: 1, qty: 1, rate: 4, price_list_rate: 9 },
    ],
  };
  const form = await typingOn('Sales Order', { documents, from });
  await form.set('selling_price_list', 'Trade');
  expect(form.rows().map((row) => row['rate'])).toEqual([7, 4]);
});

test('a row of an order keeps the rate that was agreed on there, on whatever day it is delivered', async () => {
  const agreed = { name: 'r1', item_code: 'Bolt', uom: 'Nos', stock_uom: 'Nos', conversion_factor: 1, qty: 1, rate: 9, price_list_rate: 9 };
  const from = {
    doctype: 'Delivery Note',
    name: 'DN-1',
    docstatus: 0,
    selling_price_list: 'Retail',
    items: [{ ...agreed, so_detail: 'so-row' }],
  };
  const form = await typingOn('Delivery Note', { documents, from });
  await form.set('posting_date', '2027-02-01');
  expect(form.row(0)).toMatchObject({ rate: 9 });
});

test('a price list that is not on this device goes by the currency of its prices', async () => {
  const form = await order({ documents: documents.filter(({ doctype }) => doctype !== 'Price List') });
  await form.set('selling_price_list', 'Abroad');
  await form.add({ item_code: 'Bolt', qty: 1 });
  expect(form.values()).toMatchObject({ price_list_currency: 'USD', plc_conversion_rate: 80 });
  expect(form.row(0)).toMatchObject({ rate: 160 });
});

test('a rate that was typed for the item before is not that of the next', async () => {
  const form = await order();
  await form.add({ item_code: 'Rope', qty: 1 });
  await form.cell(0, 'rate', 5);
  await form.cell(0, 'item_code', 'Bolt');
  await form.cell(0, 'uom', 'Box');
  expect(form.row(0)).toMatchObject({ rate: 90 });
});

test('a price list in another currency is converted by its exchange rate', async () => {
  const form = await order();
  await form.set('selling_price_list', 'Abroad');
  await form.add({ item_code: 'Bolt', qty: 1 });
  expect(form.values()).toMatchObject({ price_list_currency: 'USD', plc_conversion_rate: 80, conversion_rate: 1 });
  expect(form.row(0)).toMatchObject({ rate: 160 });
});

test('without an exchange rate its prices are left out with a word, and come once it is typed', async () => {
  const form = await order({ documents: documents.filter(({ doctype }) => doctype !== 'Currency Exchange') });
  await form.set('selling_price_list', 'Abroad');
  await form.add({ item_code: 'Bolt', qty: 1 });
  expect(form.row(0)['rate'] ?? null).toBeNull();
  expect(form.typing.ratesMissing.value).toEqual([{ fieldname: 'plc_conversion_rate', from: 'USD', to: 'INR' }]);
  await form.set('plc_conversion_rate', 75);
  expect(form.row(0)).toMatchObject({ rate: 150 });
  expect(form.typing.ratesMissing.value).toEqual([]);
});

test('a foreign currency brings its exchange rate, by which amounts and prices go', async () => {
  const form = await order();
  await form.add({ item_code: 'Bolt', qty: 2 });
  await form.set('currency', 'USD');
  expect(form.values()).toMatchObject({ conversion_rate: 80 });
  expect(form.row(0)).toMatchObject({ rate: 0.11, base_rate: 8.8 });
  await form.set('currency', 'INR');
  expect(form.values()).toMatchObject({ conversion_rate: 1 });
  expect(form.row(0)).toMatchObject({ rate: 9, base_rate: 9 });
});

test('a customer of another currency brings it with its exchange rate, and the price list of its group', async () => {
  const form = await order();
  await form.add({ item_code: 'Bolt', qty: 1 });
  await form.set('customer', 'Overseas');
  expect(form.values()).toMatchObject({ currency: 'USD', conversion_rate: 80, selling_price_list: 'Abroad', plc_conversion_rate: 80 });
  expect(form.row(0)).toMatchObject({ rate: 2, base_rate: 160 });
});

test('one that nobody knows here is asked for, never taken for 1', async () => {
  const form = await order();
  await form.add({ item_code: 'Bolt', qty: 2, rate: 9 });
  await form.set('currency', 'CHF');
  expect(form.values()['conversion_rate']).toBeNull();
  expect(form.typing.ratesMissing.value).toEqual([{ fieldname: 'conversion_rate', from: 'CHF', to: 'INR' }]);
  expect(form.values()).toMatchObject({ total: 18, base_total: 0 });
  await form.set('conversion_rate', 90);
  expect(form.values()).toMatchObject({ total: 18, base_total: 1620 });
  expect(form.typing.ratesMissing.value).toEqual([]);
});

test('a company of another currency has other exchange rates', async () => {
  const form = await order();
  await form.add({ item_code: 'Bolt', qty: 1 });
  await form.companyIn('CHF');
  expect(form.values()['conversion_rate']).toBeNull();
  expect(form.typing.ratesMissing.value).toEqual([{ fieldname: 'conversion_rate', from: 'INR', to: 'CHF' }]);
});

test('an exchange rate that was typed stands when the day changes', async () => {
  const form = await order();
  await form.set('currency', 'USD');
  await form.set('conversion_rate', 82);
  await form.set('transaction_date', '2026-12-01');
  expect(form.values()).toMatchObject({ conversion_rate: 82 });
});

test("choosing a template of taxes brings its rows, in the others' place, and the totals follow", async () => {
  const form = await order();
  await form.add({ item_code: 'Bolt', qty: 10, rate: 10 });
  await form.set('taxes_and_charges', 'GST');
  await form.set('taxes_and_charges', 'GST');
  expect(form.table('taxes')).toMatchObject([
    { idx: 1, account_head: 'GST - W', rate: 18, tax_amount: 18, total: 118 },
    { idx: 2, account_head: 'Freight - W', charge_type: 'Actual', tax_amount: 5, total: 123 },
  ]);
  expect(form.table('taxes').map(({ name }) => name)).not.toContain('t1');
  expect(form.values()).toMatchObject({ total_taxes_and_charges: 23, grand_total: 123 });
});

const details = (over: object = {}): ItemDetails => ({
  item_name: 'Bolt name',
  uom: 'Nos',
  stock_uom: 'Nos',
  conversion_factor: 1,
  price_list_rate: 6,
  ...over,
});

test("online, the server's word on a row wins over the cache's, not over what was typed", async () => {
  const form = await order({ details: () => Promise.resolve(details({ description: 'From there' })) });
  await form.add({ item_code: 'Bolt', qty: 1, description: 'Mine' }, { item_code: 'Bolt', qty: 1, rate: 3 });
  await until(() => form.row(0)['rate'] === 6 && form.row(1)['price_list_rate'] === 6);
  expect(form.row(0)).toMatchObject({ description: 'Mine', amount: 6 });
  expect(form.row(1)).toMatchObject({ description: 'From there', rate: 3 });
  expect(form.questions[0]).toMatchObject({
    item_code: 'Bolt',
    doctype: 'Sales Order',
    company: 'Wind Power LLC',
    price_list: 'Retail',
    qty: 1,
  });
  expect(form.questions[0]).not.toHaveProperty('rate');
});

test('an answer about a row that is saved or another by now is left', async () => {
  const answers: (() => void)[] = [];
  const form = await order({ details: () => new Promise((answered) => answers.push(() => answered(details()))) });
  await form.add({ item_code: 'Bolt', qty: 1 });
  await until(() => answers.length === 1);
  await form.cell(0, 'uom', 'Box');
  await until(() => answers.length === 2);
  const turn = () => new Promise((done) => setTimeout(done));
  answers[0]?.();
  await turn();
  expect(form.row(0)).toMatchObject({ rate: 90, conversion_factor: 10 });
  form.typing.saving().ended('kept');
  answers[1]?.();
  await turn();
  expect(form.row(0)).toMatchObject({ rate: 90, conversion_factor: 10 });
  expect(form.typing.dirty.value).toBe(false);
});

test('what is typed key by key is asked about once', async () => {
  const form = await order({ details: () => Promise.resolve(details()) });
  await form.add({ item_code: 'Bolt', qty: 1 });
  for (const factor of [1, 12, 120]) await form.cell(0, 'conversion_factor', factor);
  await until(() => form.row(0)['rate'] === 6);
  expect(form.questions).toMatchObject([{ conversion_factor: 120 }]);
});

test('a server that refuses leaves what the cache brought', async () => {
  const form = await order({ details: () => Promise.reject(new AppError('refused', 'No.')) });
  await form.add({ item_code: 'Bolt', qty: 1 });
  await until(() => form.questions.length > 0);
  expect(form.row(0)).toMatchObject({ rate: 9 });
});
