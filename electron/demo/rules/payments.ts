import { rowsOf, type Doc } from '@shared/erp/document';
import type { Context, Rules } from '../engine/engine';
import { refusal } from '../engine/errors';
import { money, number, sumOf, text } from '../engine/values';
import { payInvoice } from './follow-on';
import { inWords, required } from './items';

function fillAccounts(context: Context, doc: Doc, company: Doc): void {
  const mode = context.store.get('Mode of Payment', text(doc, 'mode_of_payment'));
  const ofMode = mode && rowsOf(mode, 'accounts').find((row) => row['company'] === company.name);
  const cash = text(ofMode, 'default_account') || text(company, 'default_cash_account');
  const owed = text(company, text(doc, 'party_type') === 'Supplier' ? 'default_payable_account' : 'default_receivable_account');
  const [from, to] = text(doc, 'payment_type') === 'Receive' ? [owed, cash] : [cash, owed];
  doc['paid_from'] ||= from;
  doc['paid_to'] ||= to;
}

/** Each referenced invoice with what is owed on it; no more than that can be allocated. */
function fillReferences(context: Context, doc: Doc): void {
  for (const [index, row] of rowsOf(doc, 'references').entries()) {
    const invoice = required(context, text(row, 'reference_doctype'), text(row, 'reference_name'));
    const outstanding = number(invoice, 'outstanding_amount');
    if (invoice.doctype.endsWith('Invoice') && number(row, 'allocated_amount') > outstanding)
      throw refusal(`Row #${index + 1}: Allocated Amount cannot be greater than outstanding amount.`);
    const total = number(invoice, 'rounded_total') || number(invoice, 'grand_total');
    Object.assign(row, { total_amount: total, outstanding_amount: outstanding, due_date: text(invoice, 'due_date') || undefined });
  }
}

const paymentEntry: Rules = {
  fills: {
    ...{ source_exchange_rate: '=1', target_exchange_rate: '=1' },
    paid_from_account_currency: 'paid_from.account_currency, company.default_currency',
    paid_to_account_currency: 'paid_to.account_currency, company.default_currency',
    paid_from_account_type: 'paid_from.account_type',
    paid_to_account_type: 'paid_to.account_type',
  },
  validate(context, doc) {
    const [type, partyType, partyName] = [text(doc, 'payment_type'), text(doc, 'party_type'), text(doc, 'party')];
    if (text(doc, 'company') === '' || type === '') return;
    const company = required(context, 'Company', text(doc, 'company'));
    if (type !== 'Internal Transfer') {
      if (partyType === '' || partyName === '') throw refusal(`${partyType === '' ? 'Party Type' : 'Party'} is mandatory`);
      const party = required(context, partyType, partyName);
      doc['party_name'] = text(party, `${partyType.toLowerCase()}_name`) || party.name;
    }
    fillAccounts(context, doc, company);
    const amount = number(doc, 'paid_amount') || number(doc, 'received_amount');
    if (amount === 0) throw refusal('Paid Amount is mandatory');
    for (const side of ['paid', 'received']) {
      const own = number(doc, `${side}_amount`) || amount;
      Object.assign(doc, { [`${side}_amount`]: own, [`base_${side}_amount`]: own, [`${side}_amount_after_tax`]: own });
    }
    fillReferences(context, doc);
    const allocated = money(sumOf(rowsOf(doc, 'references'), 'allocated_amount'));
    Object.assign(doc, { total_allocated_amount: allocated, base_total_allocated_amount: allocated, difference_amount: 0 });
    doc['unallocated_amount'] = money(amount - allocated);
    doc['in_words'] = inWords(amount, text(doc, 'paid_from_account_currency') || text(company, 'default_currency'));
    doc['title'] = text(doc, 'party_name') || text(doc, 'paid_to');
    doc['status'] = doc.docstatus === 1 ? 'Submitted' : 'Draft';
  },
  effect(context, doc, sign) {
    for (const row of rowsOf(doc, 'references'))
      payInvoice(context, text(row, 'reference_doctype'), text(row, 'reference_name'), sign * number(row, 'allocated_amount'));
  },
};

const journalEntry: Rules = {
  validate(context, doc) {
    const rows = rowsOf(doc, 'accounts');
    const isDebit = (row: (typeof rows)[number]): boolean => number(row, 'debit_in_account_currency') > 0;
    for (const [index, row] of rows.entries()) {
      row['account_type'] = text(context.store.get('Account', text(row, 'account')), 'account_type');
      if (['Receivable', 'Payable'].includes(row['account_type']) && text(row, 'party') === '')
        throw refusal(`Row ${index + 1}: Party Type and Party is required for Receivable / Payable account ${text(row, 'account')}`);
      const against = rows.filter((other) => isDebit(other) !== isDebit(row)).map((other) => text(other, 'account'));
      const [debit, credit] = [number(row, 'debit_in_account_currency'), number(row, 'credit_in_account_currency')];
      Object.assign(row, { debit, credit, against_account: against.join(', ') });
    }
    const [debit, credit] = [money(sumOf(rows, 'debit')), money(sumOf(rows, 'credit'))];
    const difference = money(debit - credit);
    Object.assign(doc, { total_debit: debit, total_credit: credit, difference });
    doc['title'] ||= text(rows[0], 'account');
    doc['total_amount_in_words'] = inWords(number(doc, 'total_amount'), text(rows[0], 'account_currency'));
    if (doc.docstatus === 1 && difference !== 0)
      throw refusal(`Total Debit must be equal to Total Credit. The difference is ${difference}`);
  },
};

export const payments: { [doctype: string]: Rules } = {
  'Payment Entry': paymentEntry,
  'Journal Entry': journalEntry,
  'Journal Entry Account': { fills: { account_currency: 'account.account_currency', exchange_rate: '=1' } },
};
