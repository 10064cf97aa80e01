import { changedRow, colleague } from './case';
import type { DocTypeCase } from './case';

export const stockEntry: DocTypeCase = {
  doctype: 'Stock Entry',
  existing: ({ site, company, goods, stores, van }) =>
    site.as(colleague).insert('Stock Entry', {
      stock_entry_type: 'Material Transfer',
      company,
      items: goods.map((item_code) => ({ item_code, qty: 1, s_warehouse: stores, t_warehouse: van })),
    }),
  edit: (form) => form.typeCell('items', 0, 'Qty', '3'),
  meanwhile: (doc) => ({ remarks: 'For the Tuesday tour', ...changedRow(doc, 'items', 1, { qty: 2 }) }),
  edited: { remarks: 'For the Tuesday tour', items: [{ qty: 3 }, { qty: 2 }] },
  async make(form, { goods, stores, van }) {
    await form.link('stock_entry_type', 'Material Transfer');
    await form.addRow('items');
    await form.linkCell('items', 0, 'Source Warehouse', stores);
    await form.linkCell('items', 0, 'Target Warehouse', van);
    await form.linkCell('items', 0, 'Item Code', goods[0]);
    await form.typeCell('items', 0, 'Qty', '5');
  },
  made: ({ goods, stores, van }) => ({
    stock_entry_type: 'Material Transfer',
    items: [{ item_code: goods[0], qty: 5, s_warehouse: stores, t_warehouse: van }],
  }),
  submits: 'made',
};

const account = (site: { documents(doctype: string): { name: string }[] }, start: string): string =>
  site.documents('Account').find(({ name }) => name.startsWith(start))?.name ?? '';

export const paymentEntry: DocTypeCase = {
  doctype: 'Payment Entry',
  existing: ({ site, company, customer }) =>
    site.as(colleague).insert('Payment Entry', {
      payment_type: 'Receive',
      company,
      party_type: 'Customer',
      party: customer,
      paid_amount: 50,
    }),
  edit: (form) => form.type('reference_no', 'CHQ-0815'),
  meanwhile: () => ({ reference_date: '2026-01-05' }),
  edited: { reference_no: 'CHQ-0815', reference_date: '2026-01-05', paid_amount: 50 },
  async make(form, { site, supplier }) {
    await form.select('payment_type', 'Pay');
    await form.link('party_type', 'Supplier');
    await form.link('party', supplier);
    await form.link('paid_from', account(site, 'Cash'));
    await form.link('paid_to', account(site, 'Creditors'));
    await form.type('paid_amount', '119,50');
    await form.type('received_amount', '119,50');
  },
  made: ({ site, supplier }) => ({
    payment_type: 'Pay',
    party_type: 'Supplier',
    party: supplier,
    paid_from: account(site, 'Cash'),
    paid_to: account(site, 'Creditors'),
    paid_amount: 119.5,
    received_amount: 119.5,
  }),
  submits: 'made',
};

export const journalEntry: DocTypeCase = {
  doctype: 'Journal Entry',
  existing: ({ site, company, today }) =>
    site.as(colleague).insert('Journal Entry', {
      voucher_type: 'Journal Entry',
      company,
      posting_date: today,
      accounts: [
        { account: account(site, 'Travel'), debit_in_account_currency: 40 },
        { account: account(site, 'Cash'), credit_in_account_currency: 40 },
      ],
    }),
  edit: (form) => form.type('user_remark', 'Fuel for the van'),
  meanwhile: () => ({ cheque_no: 'OFF-3' }),
  edited: { user_remark: 'Fuel for the van', cheque_no: 'OFF-3', accounts: [{}, {}] },
  async make(form, { site, today }) {
    await form.type('posting_date', today);
    await form.addRow('accounts');
    await form.linkCell('accounts', 0, 'Account', account(site, 'Office Rent'));
    await form.typeCell('accounts', 0, 'Debit', '75,5');
    await form.addRow('accounts');
    await form.linkCell('accounts', 1, 'Account', account(site, 'Cash'));
    await form.typeCell('accounts', 1, 'Credit', '75,5');
  },
  made: ({ site, today }) => ({
    posting_date: today,
    accounts: [
      { account: account(site, 'Office Rent'), debit_in_account_currency: 75.5 },
      { account: account(site, 'Cash'), credit_in_account_currency: 75.5 },
    ],
  }),
  submits: 'made',
};
