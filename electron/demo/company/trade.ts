import type { ChildRow, Doc } from '@shared/erp/document';
import { addDays } from '@shared/erp/calendar';
import type { Engine } from '../engine/engine';
import { statusOf } from '../rules/status';
import { inWords } from '../rules/items';
import { round, text } from '../engine/values';
import { company, stores, van } from './fixtures';
import type { Goods, Party } from './generate';
import { totals, type Maker } from './maker';

type World = {
  goods: Goods[];
  stocked: Goods[];
  customers: Party[];
  suppliers: Party[];
  orders: number;
  /** How much of its usual trade follows the orders: a scale is asked for to have many of them, so the rest grows more slowly. */
  share: number;
};
type Line = ChildRow & { item_code: string; qty: number; rate: number; amount: number };

const account = (name: string): string => `${name} - ${company.abbr}`;
const people = ['field@example.com', 'office@example.com', 'Administrator'];

function lines({ random }: Engine, goods: Goods[], buying: boolean, extra: { [fieldname: string]: ChildRow[string] }): Line[] {
  const count = random.chance(0.02) ? random.int(12, 30) : random.int(1, 4);
  return Array.from({ length: count }, () => {
    const { code, name, group, uom, price, cost, stock } = random.pick(goods);
    const [qty, rate] = [price > 100 ? random.int(1, 4) : random.int(1, 60), buying ? cost || price : price];
    const amount = round(qty * rate, 2);
    return {
      name: random.hash(),
      item_code: code,
      item_name: name,
      item_group: group,
      description: name,
      qty,
      uom,
      stock_uom: uom,
      conversion_factor: 1,
      stock_qty: qty,
      price_list_rate: rate,
      rate,
      amount,
      base_rate: rate,
      base_amount: amount,
      net_rate: rate,
      net_amount: amount,
      base_net_amount: amount,
      item_tax_rate: '{}',
      cost_center: account('Main'),
      ...(stock ? { warehouse: stores } : {}),
      ...extra,
    };
  });
}

/** Totals, tax and words that all documents with items share. */
function figures({ random }: Engine, rows: Line[], selling: boolean): { [fieldname: string]: Doc[string] } & { grand_total: number } {
  const rate = 19;
  const { net, tax, grand } = totals(rows, rate);
  const words = inWords(Math.round(grand), company.currency);
  return {
    company: company.name,
    currency: company.currency,
    conversion_rate: 1,
    price_list_currency: company.currency,
    plc_conversion_rate: 1,
    [selling ? 'selling_price_list' : 'buying_price_list']: selling ? 'Standard Selling' : 'Standard Buying',
    taxes_and_charges: account(`VAT ${rate}%`),
    total_qty: rows.reduce((sum, { qty }) => sum + qty, 0),
    total: net,
    base_total: net,
    net_total: net,
    base_net_total: net,
    total_taxes_and_charges: tax,
    grand_total: grand,
    base_grand_total: grand,
    rounded_total: Math.round(grand),
    base_rounded_total: Math.round(grand),
    rounding_adjustment: round(Math.round(grand) - grand, 2),
    in_words: words,
    base_in_words: words,
    language: 'en',
    items: rows,
    taxes: [
      {
        name: random.hash(),
        charge_type: 'On Net Total',
        account_head: account(`VAT ${rate}%`),
        description: `VAT ${rate}%`,
        rate,
        tax_amount: tax,
        base_tax_amount: tax,
        total: grand,
        base_total: grand,
        ...(selling ? {} : { category: 'Total', add_deduct_tax: 'Add' }),
      },
    ],
  };
}

const due = ({ random }: Engine, date: string, amount: number): ChildRow[] => [
  { name: random.hash(), due_date: date, invoice_portion: 100, payment_amount: amount, base_payment_amount: amount, outstanding: amount },
];

/** An order's rows taken over into what follows it. */
const carried = ({ random }: Engine, rows: Line[], order: string, fields: { parent: string; detail: string }): Line[] =>
  rows.map(({ delivery_date: _, schedule_date: _s, delivered_qty: _d, billed_amt: _b, ...row }) => ({
    ...row,
    name: random.hash(),
    [fields.parent]: order,
    [fields.detail]: row.name,
  }));

function pay(engine: Engine, maker: Maker, invoice: Doc, daysAgo: number, selling: boolean): void {
  const { random } = engine;
  const date = maker.date(daysAgo);
  const amount = Number(invoice['rounded_total']);
  const [partyType, party] = selling ? ['Customer', text(invoice, 'customer')] : ['Supplier', text(invoice, 'supplier')];
  const [from, to] = selling ? ['Debtors', 'Bank Account'] : ['Bank Account', 'Creditors'];
  const reference = `${random.pick(['SEPA', 'TRX', 'REF'])}-${random.int(100_000, 999_999)}`;
  maker.make(
    'Payment Entry',
    maker.numbered('ACC-PAY', date.slice(0, 4)),
    {
      naming_series: 'ACC-PAY-.YYYY.-',
      payment_type: selling ? 'Receive' : 'Pay',
      posting_date: date,
      company: company.name,
      mode_of_payment: 'Bank Transfer',
      party_type: partyType,
      party,
      party_name: party,
      title: party,
      paid_from: account(from),
      paid_to: account(to),
      paid_from_account_currency: company.currency,
      paid_to_account_currency: company.currency,
      paid_from_account_type: selling ? 'Receivable' : 'Bank',
      paid_to_account_type: selling ? 'Bank' : 'Payable',
      paid_amount: amount,
      received_amount: amount,
      base_paid_amount: amount,
      base_received_amount: amount,
      source_exchange_rate: 1,
      target_exchange_rate: 1,
      total_allocated_amount: amount,
      reference_no: reference,
      reference_date: date,
      status: 'Submitted',
      references: [
        {
          name: random.hash(),
          reference_doctype: invoice.doctype,
          reference_name: invoice.name,
          total_amount: amount,
          outstanding_amount: amount,
          allocated_amount: amount,
          due_date: text(invoice, 'due_date'),
        },
      ],
    },
    { daysAgo, owner: 'office@example.com', docstatus: 1 },
  );
}

function invoice(
  engine: Engine,
  maker: Maker,
  doctype: 'Sales Invoice' | 'Purchase Invoice',
  party: Party,
  rows: Line[],
  daysAgo: number,
  state: 'draft' | 'unpaid' | 'paid',
): void {
  const [paid, docstatus] = [state === 'paid', state === 'draft' ? 0 : 1];
  const selling = doctype === 'Sales Invoice';
  const date = maker.date(daysAgo);
  const dueDate = addDays(date, 30);
  for (const row of rows) row[selling ? 'income_account' : 'expense_account'] = account(selling ? 'Sales' : 'Cost of Goods Sold');
  const values = figures(engine, rows, selling);
  const total = Math.round(values.grand_total);
  const series = selling ? 'ACC-SINV' : 'ACC-PINV';
  const side = selling
    ? {
        customer: party.name,
        customer_name: party.name,
        customer_group: party.group,
        territory: party.territory,
        debit_to: account('Debtors'),
      }
    : {
        supplier: party.name,
        supplier_name: party.name,
        credit_to: account('Creditors'),
        bill_no: `R${engine.random.int(10_000, 99_999)}`,
        bill_date: date,
      };
  const all: { [fieldname: string]: Doc[string] } = {
    ...values,
    ...side,
    naming_series: `${series}-.YYYY.-`,
    title: party.name,
    posting_date: date,
    posting_time: '10:15:00',
    set_posting_time: 1,
    due_date: dueDate,
    outstanding_amount: paid ? 0 : total,
    party_account_currency: company.currency,
    payment_schedule: due(engine, dueDate, total),
    is_opening: 'No',
  };
  all['status'] = docstatus === 0 ? 'Draft' : statusOf({ ...all, doctype, name: '' }, engine.clock.date());
  const made = maker.make(doctype, maker.numbered(series, date.slice(0, 4)), all, { daysAgo, owner: 'office@example.com', docstatus });
  if (paid) pay(engine, maker, made, Math.max(0.2, daysAgo - engine.random.int(5, 40)), selling);
}

/** An order and what came of it: the older it is, the further it got. */
function sale(engine: Engine, maker: Maker, { goods, customers, share }: World, daysAgo: number, draft: boolean): void {
  const { random } = engine;
  const customer = random.pick(customers);
  const [date, owner] = [maker.date(daysAgo), random.pick(people)];
  const promised = addDays(date, random.int(3, 21));
  const rows = lines(engine, goods, false, { delivery_date: promised });
  const values = figures(engine, rows, true);
  const cancelled = !draft && random.chance(0.03);
  const submitted = !draft && !cancelled;
  const delivered = submitted && daysAgo > 6 && random.chance((daysAgo > 25 ? 0.93 : 0.5) * share);
  const billed = delivered && random.chance(daysAgo > 30 ? 0.95 : 0.6);
  if (delivered) for (const row of rows) row['delivered_qty'] = row.qty;
  if (billed) for (const row of rows) row['billed_amt'] = row.amount;
  const name = maker.numbered('SAL-ORD', date.slice(0, 4));
  const order: { [fieldname: string]: Doc[string] } = {
    ...values,
    naming_series: 'SAL-ORD-.YYYY.-',
    title: '{customer_name}',
    customer: customer.name,
    customer_name: customer.name,
    customer_group: customer.group,
    territory: customer.territory,
    customer_address: customer.address,
    order_type: 'Sales',
    transaction_date: date,
    delivery_date: promised,
    set_warehouse: stores,
    per_delivered: delivered ? 100 : 0,
    per_billed: billed ? 100 : 0,
    delivery_status: delivered ? 'Fully Delivered' : 'Not Delivered',
    billing_status: billed ? 'Fully Billed' : 'Not Billed',
    payment_schedule: due(engine, date, Math.round(values.grand_total)),
    ...(random.chance(0.4) ? { po_no: `PO-${random.int(1000, 9999)}/${date.slice(2, 4)}-${name.slice(-5)}` } : {}),
  };
  order['status'] = draft ? 'Draft' : cancelled ? 'Cancelled' : statusOf({ ...order, doctype: 'Sales Order', name }, date);
  maker.make('Sales Order', name, order, {
    daysAgo,
    owner,
    docstatus: draft ? 0 : cancelled ? 2 : 1,
    ...(delivered ? { touched: Math.max(0.1, daysAgo - 6) } : {}),
  });
  if (delivered) {
    const [at, note] = [daysAgo - 3, carried(engine, rows, name, { parent: 'against_sales_order', detail: 'so_detail' })];
    const noteDate = maker.date(at);
    maker.make(
      'Delivery Note',
      maker.numbered('MAT-DN', noteDate.slice(0, 4)),
      {
        ...figures(engine, note, true),
        naming_series: 'MAT-DN-.YYYY.-',
        title: customer.name,
        customer: customer.name,
        customer_name: customer.name,
        customer_group: customer.group,
        territory: customer.territory,
        posting_date: noteDate,
        posting_time: '08:30:00',
        set_posting_time: 1,
        per_billed: billed ? 100 : 0,
        status: billed ? 'Completed' : 'To Bill',
        installation_status: 'Not Installed',
        lr_date: noteDate,
      },
      { daysAgo: at, owner: 'field@example.com', docstatus: 1 },
    );
  }
  if (billed)
    invoice(
      engine,
      maker,
      'Sales Invoice',
      customer,
      carried(engine, rows, name, { parent: 'sales_order', detail: 'so_detail' }),
      Math.max(0.3, daysAgo - 5),
      random.chance(daysAgo > 60 ? 0.92 : 0.45) ? 'paid' : 'unpaid',
    );
}

function purchase(engine: Engine, maker: Maker, { stocked: goods, suppliers }: World, daysAgo: number, draft: boolean): void {
  const { random } = engine;
  const supplier = random.pick(suppliers);
  const date = maker.date(daysAgo);
  const promised = addDays(date, random.int(5, 30));
  const rows = lines(engine, goods, true, { schedule_date: promised });
  const values = figures(engine, rows, false);
  const billed = !draft && daysAgo > 20 && random.chance(0.85);
  if (billed) for (const row of rows) Object.assign(row, { billed_amt: row.amount, received_qty: row.qty });
  const name = maker.numbered('PUR-ORD', date.slice(0, 4));
  const order: { [fieldname: string]: Doc[string] } = {
    ...values,
    naming_series: 'PUR-ORD-.YYYY.-',
    title: '{supplier_name}',
    supplier: supplier.name,
    supplier_name: supplier.name,
    transaction_date: date,
    schedule_date: promised,
    set_warehouse: stores,
    per_billed: billed ? 100 : 0,
    per_received: billed ? 100 : 0,
    payment_schedule: due(engine, date, Math.round(values.grand_total)),
  };
  order['status'] = draft ? 'Draft' : statusOf({ ...order, doctype: 'Purchase Order', name }, date);
  maker.make('Purchase Order', name, order, { daysAgo, owner: random.pick(people), docstatus: draft ? 0 : 1 });
  if (billed)
    invoice(
      engine,
      maker,
      'Purchase Invoice',
      supplier,
      carried(engine, rows, name, { parent: 'purchase_order', detail: 'po_detail' }),
      daysAgo - 8,
      random.chance(0.8) ? 'paid' : 'unpaid',
    );
}

function stockEntry(engine: Engine, maker: Maker, { stocked: goods }: World, daysAgo: number): void {
  const { random } = engine;
  const date = maker.date(daysAgo);
  const purpose = random.pick(['Material Receipt', 'Material Issue', 'Material Transfer', 'Material Transfer']);
  const [from, to] = [
    purpose === 'Material Receipt' ? undefined : stores,
    purpose === 'Material Issue' ? undefined : purpose === 'Material Receipt' ? stores : van,
  ];
  const rows = lines(engine, goods, true, {}).map(
    ({ name, item_code, item_name, item_group, description, qty, uom, stock_uom, rate, amount }) => ({
      name,
      item_code,
      item_name,
      item_group,
      description,
      qty,
      transfer_qty: qty,
      uom,
      stock_uom,
      conversion_factor: 1,
      basic_rate: rate,
      basic_amount: amount,
      amount,
      valuation_rate: rate,
      ...(from ? { s_warehouse: from } : {}),
      ...(to ? { t_warehouse: to } : {}),
      cost_center: account('Main'),
    }),
  );
  const value = round(
    rows.reduce((sum, { amount }) => sum + amount, 0),
    2,
  );
  maker.make(
    'Stock Entry',
    maker.numbered('MAT-STE', date.slice(0, 4)),
    {
      naming_series: 'MAT-STE-.YYYY.-',
      stock_entry_type: purpose,
      purpose,
      company: company.name,
      posting_date: date,
      posting_time: '07:45:00',
      set_posting_time: 1,
      from_warehouse: from,
      to_warehouse: to,
      total_incoming_value: to ? value : 0,
      total_outgoing_value: from ? value : 0,
      total_amount: value,
      items: rows,
    },
    { daysAgo, owner: 'field@example.com', docstatus: daysAgo < 2 && random.chance(0.5) ? 0 : 1 },
  );
}

function journalEntry(engine: Engine, maker: Maker, daysAgo: number): void {
  const { random } = engine;
  const [date, amount] = [maker.date(daysAgo), round(20 + random.next() * 900, 2)];
  const [expense, from] = [account(random.pick(['Travel Expenses', 'Office Rent'])), account(random.pick(['Cash', 'Bank Account']))];
  const row = (name: string, debit: number, credit: number, against: string): ChildRow => ({
    name: random.hash(),
    account: name,
    account_currency: company.currency,
    exchange_rate: 1,
    debit_in_account_currency: debit,
    debit,
    credit_in_account_currency: credit,
    credit,
    against_account: against,
    cost_center: account('Main'),
  });
  maker.make(
    'Journal Entry',
    maker.numbered('ACC-JV', date.slice(0, 4)),
    {
      naming_series: 'ACC-JV-.YYYY.-',
      voucher_type: 'Journal Entry',
      title: expense,
      company: company.name,
      posting_date: date,
      total_debit: amount,
      total_credit: amount,
      is_opening: 'No',
      user_remark: random.pick(['Fuel for the van', 'Rent', 'Parking & tolls', 'Small tools from the market']),
      accounts: [row(expense, amount, 0, from), row(from, 0, amount, expense)],
    },
    { daysAgo, owner: 'office@example.com', docstatus: random.chance(0.9) ? 1 : 0 },
  );
}

/** Billed without an order, and not sent yet. */
const draftInvoice = (engine: Engine, maker: Maker, { goods, customers }: World, daysAgo: number): void =>
  invoice(engine, maker, 'Sales Invoice', engine.random.pick(customers), lines(engine, goods, false, {}), daysAgo, 'draft');

/** Two years of trade, oldest first, so that numbers and times run together. Every second of the newest orders is a draft. */
export function addTrade(engine: Engine, maker: Maker, world: World): void {
  const others = Math.round(world.orders * world.share);
  const steps: [count: number, make: (daysAgo: number, draft: boolean) => void][] = [
    [world.orders, (daysAgo, draft) => sale(engine, maker, world, daysAgo, draft)],
    [Math.round(others * 0.3), (daysAgo, draft) => purchase(engine, maker, world, daysAgo, draft)],
    [Math.round(others * 0.3), (daysAgo) => stockEntry(engine, maker, world, daysAgo)],
    [Math.round(others * 0.15), (daysAgo) => journalEntry(engine, maker, daysAgo)],
  ];
  for (const [count, make] of steps)
    for (let left = count; left > 0; left -= 1) make(0.05 + (540 * (left - 0.5)) / count, left % 2 === 1 && left <= Math.min(8, count / 2));
  for (const daysAgo of [2.5, 1.2, 0.3]) draftInvoice(engine, maker, world, daysAgo);
}
