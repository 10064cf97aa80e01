import { rowsOf, type ChildRow, type Doc } from '@shared/erp/document';
import { addDays } from '../clock';
import { madeRow } from '../documents';
import type { Context } from '../engine';
import { crash, refusal } from '../errors';
import { money, number, round, text, type Entity } from '../values';
import { binOf, conversionFactor, inWords, priceOf, required } from './items';

/** What differs between the documents that have a party, items and totals. */
export type Kind = {
  selling: boolean;
  /** The field of the day by which payment terms count. */
  date: 'transaction_date' | 'posting_date';
  /** Rows promise a day of their own. */
  promised?: 'delivery_date' | 'schedule_date';
  invoice?: boolean;
  schedule?: boolean;
  warehouse?: boolean;
};

export function fillTransaction(context: Context, doc: Doc, kind: Kind): void {
  if (text(doc, 'company') === '') return;
  const company = required(context, 'Company', text(doc, 'company'));
  postNow(context, doc, kind);
  fillParty(context, doc, kind, company);
  const rows = rowsOf(doc, 'items');
  // An order without rows ends in arithmetic on nothing, a 500 (create).
  if (rows.length === 0) throw crash('TypeError', "TypeError: unsupported operand type(s) for *: 'NoneType' and 'float'", true);
  promise(doc, rows, kind);
  rows.forEach((row, index) => fillRow(context, doc, row, index, kind, company));
  total(doc, rows, company);
  if (kind.schedule) schedule(context, doc, kind);
}

/** Unless the user sets the time of posting, it is now (values-rewritten). */
function postNow(context: Context, doc: Doc, kind: Kind): void {
  if (kind.date !== 'posting_date' || number(doc, 'set_posting_time') === 1) return;
  const [date = '', time = ''] = context.clock.stamp().split(' ');
  Object.assign(doc, { posting_date: date, posting_time: time });
}

function fillParty(context: Context, doc: Doc, kind: Kind, company: Doc): void {
  const partyType = kind.selling ? text(doc, 'quotation_to') || 'Customer' : 'Supplier';
  const field = doc.doctype === 'Quotation' ? 'party_name' : kind.selling ? 'customer' : 'supplier';
  const name = text(doc, field);
  if (name === '') return;
  const party = required(context, partyType, name);
  if (number(party, 'disabled')) throw refusal(`${partyType} ${party.name} is disabled`, 'exceptions.PartyDisabled');
  if (kind.selling) {
    doc['customer_name'] = text(party, 'customer_name') || text(party, 'lead_name');
    for (const fieldname of ['customer_group', 'territory']) doc[fieldname] ??= party[fieldname];
  } else doc['supplier_name'] = text(party, 'supplier_name');
  doc['language'] ??= text(party, 'language') || 'en';
  doc['tax_category'] ??= '';
  // Without a contact, what belongs to one is blanked.
  if (text(doc, 'contact_person') === '')
    for (const fieldname of ['contact_display', 'contact_mobile', 'contact_email']) doc[fieldname] = undefined;
  const currency = text(company, 'default_currency');
  doc['currency'] ||= text(party, 'default_currency') || currency;
  doc['conversion_rate'] = number(doc, 'conversion_rate') || 1;
  const listField = kind.selling ? 'selling_price_list' : 'buying_price_list';
  doc[listField] ||= text(party, 'default_price_list') || (kind.selling ? 'Standard Selling' : 'Standard Buying');
  doc['price_list_currency'] ||= currency;
  doc['plc_conversion_rate'] = number(doc, 'plc_conversion_rate') || 1;
  doc['party_account_currency'] ||= currency;
  if (kind.invoice) {
    const account = kind.selling ? 'debit_to' : 'credit_to';
    doc[account] ||= text(company, kind.selling ? 'default_receivable_account' : 'default_payable_account');
  }
}

/** The day promised for the whole is that of its latest row; rows without one take the whole's. */
function promise(doc: Doc, rows: ChildRow[], kind: Kind): void {
  const field = kind.promised;
  if (field === undefined || number(doc, 'skip_delivery_note')) return;
  for (const row of rows) row[field] ||= text(doc, field);
  const days = rows
    .map((row) => text(row, field))
    .filter((day) => day !== '')
    .sort();
  const last = field === 'delivery_date' ? days[days.length - 1] : days[0];
  if (last === undefined) throw refusal(`Please enter ${field === 'delivery_date' ? 'Delivery Date' : 'Reqd by Date'}`);
  doc[field] = last;
}

function fillRow(context: Context, doc: Doc, row: ChildRow, index: number, kind: Kind, company: Doc): void {
  const code = text(row, 'item_code');
  if (code === '') return;
  const item = required(context, 'Item', code);
  if (number(item, 'disabled')) throw refusal(`Item ${code} is disabled`);
  for (const fieldname of ['item_name', 'description', 'item_group', 'image', 'brand', 'stock_uom'])
    if (!text(row, fieldname)) row[fieldname] = text(item, fieldname) || undefined;
  row['uom'] ||= text(item, kind.selling ? 'sales_uom' : 'purchase_uom') || text(item, 'stock_uom');
  row['conversion_factor'] = number(row, 'conversion_factor') || conversionFactor(item, text(row, 'uom'));
  const quantity = number(row, 'qty');
  if (quantity === 0)
    throw refusal(
      `Row #${index + 1}: Quantity for Item <strong>${code}</strong> cannot be zero.`,
      'controllers.accounts_controller.InvalidQtyError',
      'Invalid Quantity',
    );
  const list = text(doc, kind.selling ? 'selling_price_list' : 'buying_price_list');
  const listed = number(row, 'price_list_rate') || round(priceOf(context, code, list) * number(row, 'conversion_factor'), 2);
  row['price_list_rate'] = listed;
  if (number(row, 'rate') === 0 && !number(row, 'is_free_item'))
    row['rate'] = money(listed * (1 - number(row, 'discount_percentage') / 100));
  const rate = number(row, 'rate');
  row['discount_amount'] = listed > rate ? money(listed - rate) : 0;
  const amount = money(rate * quantity);
  const exchange = number(doc, 'conversion_rate') || 1;
  row['stock_qty'] = quantity * number(row, 'conversion_factor');
  row['item_tax_rate'] ||= '{}';
  const perStockUnit = money(rate / number(row, 'conversion_factor'));
  both(row, { price_list_rate: listed, rate, amount, net_rate: rate, net_amount: amount, stock_uom_rate: perStockUnit }, exchange);
  row['cost_center'] ||= text(company, 'cost_center') || undefined;
  if (kind.warehouse && number(item, 'is_stock_item'))
    row['warehouse'] ||= text(doc, 'set_warehouse') || defaultWarehouse(context, item, company);
  if (kind.invoice && kind.selling) row['income_account'] ||= text(company, 'default_income_account') || undefined;
  if (doc.doctype !== 'Sales Order' && doc.doctype !== 'Quotation')
    row['expense_account'] ||= text(company, 'default_expense_account') || undefined;
  const bin = binOf(context, code, text(row, 'warehouse'));
  if (bin !== undefined && kind.promised)
    Object.assign(row, { actual_qty: number(bin, 'actual_qty'), projected_qty: number(bin, 'projected_qty') });
}

function defaultWarehouse(context: Context, item: Doc, company: Doc): string | undefined {
  const own = rowsOf(item, 'item_defaults').find((row) => row['company'] === company.name);
  const stores = `Stores - ${text(company, 'abbr')}`;
  return (own && text(own, 'default_warehouse')) || (context.store.has('Warehouse', stores) ? stores : undefined);
}

/** Amounts in the document's currency and, as `base_…`, in the company's. */
function both<T extends Entity>(entity: T, amounts: { [fieldname: string]: number }, exchange: number): T {
  for (const [fieldname, value] of Object.entries(amounts))
    Object.assign(entity, { [fieldname]: value, [`base_${fieldname}`]: money(value * exchange) });
  return entity;
}

/** Taxes on the net total (or of a fixed amount, or on the row before), then the discount on the grand total. */
function total(doc: Doc, rows: ChildRow[], company: Doc): void {
  const exchange = number(doc, 'conversion_rate') || 1;
  const net = money(rows.reduce((sum, row) => sum + number(row, 'amount'), 0));
  const taxes = rowsOf(doc, 'taxes');
  let running = net;
  taxes.forEach((tax) => {
    const previous = taxes[Math.max(0, number(tax, 'row_id') - 1)] ?? tax;
    const type = text(tax, 'charge_type');
    const base = type.startsWith('On Previous Row') ? number(previous, type.endsWith('Total') ? 'total' : 'tax_amount') : net;
    const amount = type === 'Actual' ? number(tax, 'tax_amount') : money((base * number(tax, 'rate')) / 100);
    running = money(running + amount * (text(tax, 'add_deduct_tax') === 'Deduct' ? -1 : 1));
    both(tax, { tax_amount: amount, total: running }, exchange);
  });
  const percentage = number(doc, 'additional_discount_percentage');
  const discount = percentage
    ? money(((text(doc, 'apply_discount_on') === 'Net Total' ? net : running) * percentage) / 100)
    : number(doc, 'discount_amount');
  const grand = money(running - discount);
  const rounded = number(doc, 'disable_rounded_total') ? 0 : Math.round(grand);
  const result = { grand_total: grand, rounded_total: rounded, rounding_adjustment: rounded ? money(rounded - grand) : 0 };
  const totals = { total: net, net_total: net, total_taxes_and_charges: money(running - net), discount_amount: discount, ...result };
  doc['total_qty'] = rows.reduce((sum, row) => sum + number(row, 'qty'), 0);
  both(doc, totals, exchange);
  const due = rounded || grand;
  doc['in_words'] = inWords(due, text(doc, 'currency'));
  doc['base_in_words'] = inWords(due * exchange, text(company, 'default_currency'));
  if (doc.doctype.endsWith('Invoice')) doc['outstanding_amount'] = money(due - number(doc, 'paid_amount') - number(doc, 'total_advance'));
}

/** One payment for everything, or one for each term of the template. */
function schedule(context: Context, doc: Doc, kind: Kind): void {
  const date = text(doc, kind.date);
  if (kind.invoice) {
    doc['due_date'] ||= date;
    if (text(doc, 'due_date') < date) throw refusal('Due Date cannot be before Posting / Supplier Invoice Date');
  }
  const template = context.store.get('Payment Terms Template', text(doc, 'payment_terms_template'));
  const due = number(doc, 'rounded_total') || number(doc, 'grand_total');
  const terms: { portion: number; date: string; term?: string }[] =
    template === undefined
      ? [{ portion: 100, date: kind.invoice ? text(doc, 'due_date') : date }]
      : rowsOf(template, 'terms').map((row) => ({
          portion: number(row, 'invoice_portion'),
          date: addDays(date, number(row, 'credit_days')),
          term: text(row, 'payment_term'),
        }));
  const before = rowsOf(doc, 'payment_schedule');
  doc['payment_schedule'] = terms.map(({ portion, date: dueDate, term }, index) => {
    const amount = money((due * portion) / 100);
    const row = before[index] ?? madeRow(context, {});
    Object.assign(row, { due_date: dueDate, invoice_portion: portion, ...(term ? { payment_term: term } : {}) });
    return both(row, { payment_amount: amount, outstanding: amount }, number(doc, 'conversion_rate') || 1);
  });
  const last = terms[terms.length - 1];
  if (kind.invoice && last !== undefined) doc['due_date'] = last.date;
}
