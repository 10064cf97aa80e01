import { rowsOf, type ChildRow, type Doc } from '@shared/erp/document';
import { addDays } from '@shared/erp/calendar';
import { madeRow, metaOf, setSilently, type Context, type Rules } from '../engine/engine';
import { byErpnext, FrappeError, refusal } from '../engine/errors';
import type { Meta } from '../engine/metadata';
import { money, number, round, sumOf, text, type Entity } from '../engine/values';
import { updateOrders } from './follow-on';
import { binOf, conversionFactor, inWords, moveStock, ofItem, postNow, priceOf, required } from './items';
import { statusOf } from './status';

const isInvoice = (doc: Doc): boolean => doc.doctype.endsWith('Invoice');

/** What the documents with a party, items and totals take over; of each what it has a field for. */
const ofDocument = {
  customer_name: 'customer.customer_name, party_name.customer_name, party_name.lead_name',
  customer_group: 'customer.customer_group, party_name.customer_group',
  territory: 'customer.territory, party_name.territory',
  language: 'customer.language, supplier.language, party_name.language, =en',
  tax_category: '=',
  currency: 'customer.default_currency, supplier.default_currency, company.default_currency',
  party_account_currency: 'company.default_currency',
  selling_price_list: 'customer.default_price_list, =Standard Selling',
  buying_price_list: 'supplier.default_price_list, =Standard Buying',
  price_list_currency: 'selling_price_list.currency, buying_price_list.currency, company.default_currency',
  debit_to: 'company.default_receivable_account',
  credit_to: 'company.default_payable_account',
};
const ofRow = {
  ...ofItem,
  brand: 'item_code.brand',
  item_tax_rate: '={}',
  cost_center: 'company.cost_center',
  income_account: 'company.default_income_account',
  expense_account: 'company.default_expense_account',
};

/** A DocType of sales or purchases and its rows; `check` is what it adds of its own. */
export const transaction = (
  doctype: string,
  selling: boolean,
  check?: (context: Context, doc: Doc) => void,
): { [doctype: string]: Rules } => ({
  [`${doctype} Item`]: { fills: { ...ofRow, uom: `item_code.${selling ? 'sales' : 'purchase'}_uom, item_code.stock_uom` } },
  [doctype]: {
    fills: ofDocument,
    validate(context, doc, before) {
      if (text(doc, 'company') !== '') compute(context, doc, selling);
      check?.(context, doc);
      // A document that is submitted as it is created answers as a draft; the status follows behind it (create).
      doc['status'] = doc.docstatus === 1 && before !== undefined ? statusOf(doc, context.clock.date()) : 'Draft';
    },
    effect(context, doc, sign) {
      const direction = sign * (selling ? -1 : 1);
      if (doctype === 'Delivery Note' || number(doc, 'update_stock'))
        for (const row of rowsOf(doc, 'items'))
          moveStock(context, text(row, 'item_code'), text(row, 'warehouse'), direction * number(row, 'stock_qty'), doc);
      updateOrders(context, doc, sign);
      const stored = sign === 1 ? context.store.get(doctype, doc.name) : undefined;
      if (stored !== undefined) setSilently(context, stored, { status: statusOf({ ...stored, status: '' }, context.clock.date()) });
    },
  },
});

function compute(context: Context, doc: Doc, selling: boolean): void {
  const meta = metaOf(context, doc.doctype);
  const company = required(context, 'Company', text(doc, 'company'));
  if (meta.byName.has('posting_date')) postNow(context, doc);
  checkParty(context, doc, selling ? text(doc, 'quotation_to') || 'Customer' : 'Supplier');
  const rows = rowsOf(doc, 'items');
  // An order without rows ends in arithmetic on nothing, a 500 (create).
  if (rows.length === 0)
    throw new FrappeError('TypeError', "unsupported operand type(s) for *: 'NoneType' and 'float'", { extra: byErpnext });
  promise(doc, rows, meta);
  exchange(context, doc, company, selling);
  const priceList = text(doc, selling ? 'selling_price_list' : 'buying_price_list');
  for (const row of rows) computeRow(context, doc, row, priceList, company);
  total(doc, rows, company);
  if (meta.byName.has('payment_schedule')) schedule(context, doc);
}

/** What currencies are worth in the company's, where nobody said: by the latest Currency Exchange up to the day (`get_exchange_rate`). */
function exchange(context: Context, doc: Doc, company: Doc, selling: boolean): void {
  const [own, day] = [text(company, 'default_currency'), text(doc, 'transaction_date') || text(doc, 'posting_date')];
  const rateOf = (currency: string): number => {
    if (currency === own || currency === '') return 1;
    const known = context.store
      .by('Currency Exchange', 'from_currency', currency)
      .filter((one) => one['to_currency'] === own && text(one, 'date') <= day && number(one, selling ? 'for_selling' : 'for_buying') === 1);
    const latest = known.toSorted((a, b) => text(a, 'date').localeCompare(text(b, 'date'))).at(-1);
    if (latest !== undefined) return number(latest, 'exchange_rate');
    throw refusal(
      `Unable to find exchange rate for ${currency} to ${own} for key date ${day}. Please create a Currency Exchange record manually`,
    );
  };
  const meta = metaOf(context, doc.doctype);
  if (!meta.byName.has('conversion_rate')) return;
  doc['conversion_rate'] = number(doc, 'conversion_rate') || rateOf(text(doc, 'currency'));
  if (meta.byName.has('plc_conversion_rate'))
    doc['plc_conversion_rate'] = number(doc, 'plc_conversion_rate') || rateOf(text(doc, 'price_list_currency'));
}

function checkParty(context: Context, doc: Doc, partyType: string): void {
  const name = text(doc, doc.doctype === 'Quotation' ? 'party_name' : partyType.toLowerCase());
  const disabled = name !== '' && number(required(context, partyType, name), 'disabled') === 1;
  if (disabled) throw refusal(`${partyType} ${name} is disabled`, 'erpnext.exceptions.PartyDisabled');
  // Without a contact, what belongs to one is blanked.
  if (text(doc, 'contact_person') === '')
    Object.assign(doc, { contact_display: undefined, contact_mobile: undefined, contact_email: undefined });
}

/** The day promised for the whole is that of its latest row (its first, when buying); rows without one take the whole's. */
function promise(doc: Doc, rows: ChildRow[], { byName }: Meta): void {
  const field = ['delivery_date', 'schedule_date'].find((fieldname) => byName.has(fieldname));
  if (field === undefined || number(doc, 'skip_delivery_note')) return;
  for (const row of rows) row[field] ||= text(doc, field);
  const days = rows.map((row) => text(row, field)).filter((day) => day !== '');
  const day = days.sort().at(field === 'delivery_date' ? -1 : 0);
  if (day === undefined) throw refusal(`Please enter ${field === 'delivery_date' ? 'Delivery Date' : 'Reqd by Date'}`);
  doc[field] = day;
}

function computeRow(context: Context, doc: Doc, row: ChildRow, priceList: string, company: Doc): void {
  const [code, qty] = [text(row, 'item_code'), number(row, 'qty')];
  if (code === '') return;
  const item = required(context, 'Item', code);
  if (number(item, 'disabled')) throw refusal(`Item ${code} is disabled`);
  if (qty === 0)
    throw refusal(
      `Row #${row.idx ?? 0}: Quantity for Item <strong>${code}</strong> cannot be zero.`,
      'erpnext.controllers.accounts_controller.InvalidQtyError',
      'Invalid Quantity',
    );
  const factor = number(row, 'conversion_factor') || conversionFactor(item, text(row, 'uom'));
  const converted = (number(doc, 'plc_conversion_rate') || 1) / (number(doc, 'conversion_rate') || 1);
  const uom = text(row, 'uom') || text(item, 'stock_uom');
  const listed = number(row, 'price_list_rate') || round(priceOf(context, item, priceList, uom, factor) * converted, 2);
  const discounted = money(listed * (1 - number(row, 'discount_percentage') / 100));
  const rate = number(row, 'rate') || (number(row, 'is_free_item') ? 0 : discounted);
  const amount = money(rate * qty);
  Object.assign(row, { conversion_factor: factor, stock_qty: qty * factor, discount_amount: listed > rate ? money(listed - rate) : 0 });
  const amounts = { price_list_rate: listed, rate, amount, net_rate: rate, net_amount: amount, stock_uom_rate: money(rate / factor) };
  both(row, amounts, number(doc, 'conversion_rate') || 1);
  if (number(item, 'is_stock_item')) row['warehouse'] ||= text(doc, 'set_warehouse') || defaultWarehouse(context, item, company);
  const bin = binOf(context, code, text(row, 'warehouse'));
  if (bin !== undefined) for (const fieldname of ['actual_qty', 'projected_qty']) row[fieldname] = number(bin, fieldname);
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
function schedule(context: Context, doc: Doc): void {
  const [date, before] = [text(doc, 'posting_date') || text(doc, 'transaction_date'), rowsOf(doc, 'payment_schedule')];
  const until = isInvoice(doc) ? text(doc, 'due_date') || date : date;
  if (until < date) throw refusal('Due Date cannot be before Posting / Supplier Invoice Date');
  const template = context.store.get('Payment Terms Template', text(doc, 'payment_terms_template'));
  const whole: ChildRow = { name: '', invoice_portion: 100 };
  const rows = (template === undefined ? [whole] : rowsOf(template, 'terms')).map((term, index) => {
    const portion = number(term, 'invoice_portion');
    const amount = money(((number(doc, 'rounded_total') || number(doc, 'grand_total')) * portion) / 100);
    const due = template === undefined ? until : addDays(date, number(term, 'credit_days'));
    const row = before[index] ?? madeRow(context, {});
    Object.assign(row, { due_date: due, invoice_portion: portion, payment_term: term['payment_term'] });
    return both(row, { payment_amount: amount, outstanding: amount }, number(doc, 'conversion_rate') || 1);
  });
  doc['payment_schedule'] = rows;
  if (isInvoice(doc)) doc['due_date'] = text(rows.at(-1), 'due_date') || until;
}
