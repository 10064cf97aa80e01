import { rowsOf, type ChildRow, type Doc } from '@shared/erp/document';
import { addDays } from '../clock';
import { madeRow, setSilently, type Context, type Rules } from '../engine';
import { FrappeError, refusal } from '../errors';
import { money, number, round, sumOf, text, type Entity } from '../values';
import { updateOrders } from './follow-on';
import { binOf, conversionFactor, fillEmpty, inWords, moveStock, postNow, priceOf, required } from './items';
import { statusOf } from './status';

/** What differs between the documents that have a party, items and totals. */
type Kind = {
  /** Whom it is with, and the field that says who. */
  party: string;
  field: string;
  /** Fields of the document, of the company and of the item that selling and buying have each of their own. */
  account: string;
  owed: string;
  list: string;
  standardList: string;
  uom: string;
  /** Whether goods come (1) or go (-1), and when: always, or where the document says `update_stock`. */
  direction: 1 | -1;
  movesStock?: boolean;
  /** The field of the day by which payment terms count, where they do. */
  date: 'transaction_date' | 'posting_date';
  schedule?: boolean;
  /** Rows promise a day of their own. */
  promised?: 'delivery_date' | 'schedule_date';
  warehouse?: boolean;
  check?: (context: Context, doc: Doc) => void;
};

export const selling = {
  ...{ party: 'Customer', field: 'customer', account: 'debit_to', owed: 'default_receivable_account' },
  ...{ list: 'selling_price_list', standardList: 'Standard Selling', uom: 'sales_uom' },
  direction: -1 as const,
};
export const buying = {
  ...{ party: 'Supplier', field: 'supplier', account: 'credit_to', owed: 'default_payable_account' },
  ...{ list: 'buying_price_list', standardList: 'Standard Buying', uom: 'purchase_uom' },
  direction: 1 as const,
};

const isInvoice = (doc: Doc): boolean => doc.doctype.endsWith('Invoice');

export const transaction = (kind: Kind): Rules => ({
  validate(context, doc, before) {
    if (text(doc, 'company') !== '') fillTransaction(context, doc, kind);
    kind.check?.(context, doc);
    // A document that is submitted as it is created answers as a draft; the status follows behind it (create).
    doc['status'] = doc.docstatus === 1 && before !== undefined ? statusOf(doc, context.clock.date()) : 'Draft';
  },
  effect(context, doc, sign) {
    if (kind.movesStock || number(doc, 'update_stock'))
      for (const row of rowsOf(doc, 'items'))
        moveStock(context, text(row, 'item_code'), text(row, 'warehouse'), sign * kind.direction * number(row, 'stock_qty'), doc);
    updateOrders(context, doc, sign);
    const stored = sign === 1 ? context.store.get(doc.doctype, doc.name) : undefined;
    if (stored !== undefined) setSilently(context, stored, { status: statusOf({ ...stored, status: '' }, context.clock.date()) });
  },
});

function fillTransaction(context: Context, doc: Doc, kind: Kind): void {
  const company = required(context, 'Company', text(doc, 'company'));
  if (kind.date === 'posting_date') postNow(context, doc);
  fillParty(context, doc, kind, company);
  const rows = rowsOf(doc, 'items');
  // An order without rows ends in arithmetic on nothing, a 500 (create).
  if (rows.length === 0)
    throw new FrappeError('TypeError', "unsupported operand type(s) for *: 'NoneType' and 'float'", {
      extra: { _exc_source: 'erpnext (app)' },
    });
  promise(doc, rows, kind);
  for (const [index, row] of rows.entries()) fillRow(context, doc, row, index, kind, company);
  total(doc, rows, company);
  if (kind.schedule) schedule(context, doc, kind);
}

function fillParty(context: Context, doc: Doc, kind: Kind, company: Doc): void {
  const [partyType, name] = [text(doc, 'quotation_to') || kind.party, text(doc, kind.field)];
  if (name === '') return;
  const party = required(context, partyType, name);
  if (number(party, 'disabled')) throw refusal(`${partyType} ${party.name} is disabled`, 'erpnext.exceptions.PartyDisabled');
  const nameField = `${kind.party.toLowerCase()}_name`;
  doc[nameField] = text(party, nameField) || text(party, 'lead_name');
  if (kind.party === 'Customer') for (const fieldname of ['customer_group', 'territory']) doc[fieldname] ??= party[fieldname];
  doc['language'] ??= text(party, 'language') || 'en';
  doc['tax_category'] ??= '';
  // Without a contact, what belongs to one is blanked.
  if (text(doc, 'contact_person') === '')
    Object.assign(doc, { contact_display: undefined, contact_mobile: undefined, contact_email: undefined });
  const currency = text(company, 'default_currency');
  doc['currency'] ||= text(party, 'default_currency') || currency;
  doc['price_list_currency'] ||= currency;
  doc['party_account_currency'] ||= currency;
  for (const rate of ['conversion_rate', 'plc_conversion_rate']) doc[rate] = number(doc, rate) || 1;
  doc[kind.list] ||= text(party, 'default_price_list') || kind.standardList;
  if (isInvoice(doc)) doc[kind.account] ||= text(company, kind.owed);
}

/** The day promised for the whole is that of its latest row (its first, when buying); rows without one take the whole's. */
function promise(doc: Doc, rows: ChildRow[], { promised: field }: Kind): void {
  if (field === undefined || number(doc, 'skip_delivery_note')) return;
  for (const row of rows) row[field] ||= text(doc, field);
  const days = rows.map((row) => text(row, field)).filter((day) => day !== '');
  const day = days.sort().at(field === 'delivery_date' ? -1 : 0);
  if (day === undefined) throw refusal(`Please enter ${field === 'delivery_date' ? 'Delivery Date' : 'Reqd by Date'}`);
  doc[field] = day;
}

function fillRow(context: Context, doc: Doc, row: ChildRow, index: number, kind: Kind, company: Doc): void {
  const [code, qty] = [text(row, 'item_code'), number(row, 'qty')];
  if (code === '') return;
  const item = required(context, 'Item', code);
  if (number(item, 'disabled')) throw refusal(`Item ${code} is disabled`);
  if (qty === 0)
    throw refusal(
      `Row #${index + 1}: Quantity for Item <strong>${code}</strong> cannot be zero.`,
      'erpnext.controllers.accounts_controller.InvalidQtyError',
      'Invalid Quantity',
    );
  fillEmpty(row, item, 'item_name description item_group image brand stock_uom');
  row['uom'] ||= text(item, kind.uom) || text(item, 'stock_uom');
  const factor = number(row, 'conversion_factor') || conversionFactor(item, text(row, 'uom'));
  const listed = number(row, 'price_list_rate') || round(priceOf(context, code, text(doc, kind.list)) * factor, 2);
  const rate = number(row, 'rate') || (number(row, 'is_free_item') ? 0 : money(listed * (1 - number(row, 'discount_percentage') / 100)));
  const amount = money(rate * qty);
  Object.assign(row, { conversion_factor: factor, stock_qty: qty * factor, discount_amount: listed > rate ? money(listed - rate) : 0 });
  const amounts = { price_list_rate: listed, rate, amount, net_rate: rate, net_amount: amount, stock_uom_rate: money(rate / factor) };
  both(row, amounts, number(doc, 'conversion_rate') || 1);
  row['item_tax_rate'] ||= '{}';
  row['cost_center'] ||= text(company, 'cost_center') || undefined;
  if (kind.warehouse && number(item, 'is_stock_item'))
    row['warehouse'] ||= text(doc, 'set_warehouse') || defaultWarehouse(context, item, company);
  if (doc.doctype === 'Sales Invoice') row['income_account'] ||= text(company, 'default_income_account') || undefined;
  if (kind.date === 'posting_date' || kind.party === 'Supplier')
    row['expense_account'] ||= text(company, 'default_expense_account') || undefined;
  const bin = kind.promised && binOf(context, code, text(row, 'warehouse'));
  if (bin) for (const fieldname of ['actual_qty', 'projected_qty']) row[fieldname] = number(bin, fieldname);
}

function defaultWarehouse(context: Context, item: Doc, company: Doc): string | undefined {
  const own = rowsOf(item, 'item_defaults').find((row) => row['company'] === company.name);
  const stores = context.store.get('Warehouse', `Stores - ${text(company, 'abbr')}`);
  return text(own, 'default_warehouse') || stores?.name;
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
  const net = money(sumOf(rows, 'amount'));
  const taxes = rowsOf(doc, 'taxes');
  let running = net;
  for (const tax of taxes) {
    const previous = taxes[Math.max(0, number(tax, 'row_id') - 1)] ?? tax;
    const type = text(tax, 'charge_type');
    const base = type.startsWith('On Previous Row') ? number(previous, type.endsWith('Total') ? 'total' : 'tax_amount') : net;
    const amount = type === 'Actual' ? number(tax, 'tax_amount') : money((base * number(tax, 'rate')) / 100);
    running = money(running + amount * (text(tax, 'add_deduct_tax') === 'Deduct' ? -1 : 1));
    both(tax, { tax_amount: amount, total: running }, exchange);
  }
  const percentage = number(doc, 'additional_discount_percentage');
  const discounted = text(doc, 'apply_discount_on') === 'Net Total' ? net : running;
  const discount = percentage ? money((discounted * percentage) / 100) : number(doc, 'discount_amount');
  const grand = money(running - discount);
  const rounded = number(doc, 'disable_rounded_total') ? 0 : Math.round(grand);
  const result = { grand_total: grand, rounded_total: rounded, rounding_adjustment: rounded ? money(rounded - grand) : 0 };
  const totals = { total: net, net_total: net, total_taxes_and_charges: money(running - net), discount_amount: discount, ...result };
  both(doc, totals, exchange);
  const due = rounded || grand;
  doc['total_qty'] = sumOf(rows, 'qty');
  doc['in_words'] = inWords(due, text(doc, 'currency'));
  doc['base_in_words'] = inWords(due * exchange, text(company, 'default_currency'));
  if (isInvoice(doc)) doc['outstanding_amount'] = money(due - number(doc, 'paid_amount') - number(doc, 'total_advance'));
}

/** One payment for everything, or one for each term of the template. */
function schedule(context: Context, doc: Doc, kind: Kind): void {
  const date = text(doc, kind.date);
  if (isInvoice(doc)) doc['due_date'] ||= date;
  if (isInvoice(doc) && text(doc, 'due_date') < date) throw refusal('Due Date cannot be before Posting / Supplier Invoice Date');
  const template = context.store.get('Payment Terms Template', text(doc, 'payment_terms_template'));
  const whole: ChildRow = { name: '', invoice_portion: 100 };
  const before = rowsOf(doc, 'payment_schedule');
  doc['payment_schedule'] = (template === undefined ? [whole] : rowsOf(template, 'terms')).map((term, index) => {
    const amount = money(((number(doc, 'rounded_total') || number(doc, 'grand_total')) * number(term, 'invoice_portion')) / 100);
    const due = template === undefined ? text(doc, isInvoice(doc) ? 'due_date' : kind.date) : addDays(date, number(term, 'credit_days'));
    const row = before[index] ?? madeRow(context, {});
    Object.assign(row, { due_date: due, invoice_portion: number(term, 'invoice_portion'), payment_term: term['payment_term'] });
    return both(row, { payment_amount: amount, outstanding: amount }, number(doc, 'conversion_rate') || 1);
  });
  const last = rowsOf(doc, 'payment_schedule').at(-1);
  if (isInvoice(doc) && last !== undefined) doc['due_date'] = text(last, 'due_date');
}
