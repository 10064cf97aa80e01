import { rowsOf, type Doc } from '@shared/erp/document';
import type { Context, Rules } from '../engine';
import { refusal } from '../errors';
import { money, number, text } from '../values';
import { payInvoice } from './follow-on';
import { inWords, required } from './items';

function fillAccounts(context: Context, doc: Doc, company: Doc): void {
  const mode = context.store.get('Mode of Payment', text(doc, 'mode_of_payment'));
  const ofMode = mode === undefined ? undefined : rowsOf(mode, 'accounts').find((row) => row['company'] === company.name);
  const cash = (ofMode && text(ofMode, 'default_account')) || text(company, 'default_cash_account');
  const owed = text(company, text(doc, 'party_type') === 'Supplier' ? 'default_payable_account' : 'default_receivable_account');
  const receives = text(doc, 'payment_type') === 'Receive';
  doc['paid_from'] ||= receives ? owed : cash;
  doc['paid_to'] ||= receives ? cash : owed;
  for (const side of ['paid_from', 'paid_to']) {
    const account = context.store.get('Account', text(doc, side));
    doc[`${side}_account_currency`] ||= (account && text(account, 'account_currency')) || text(company, 'default_currency');
    doc[`${side}_account_type`] ||= (account && text(account, 'account_type')) || undefined;
  }
}

function validatePayment(context: Context, doc: Doc): void {
  if (text(doc, 'company') === '' || text(doc, 'payment_type') === '') return;
  const company = required(context, 'Company', text(doc, 'company'));
  const [partyType, partyName] = [text(doc, 'party_type'), text(doc, 'party')];
  if (text(doc, 'payment_type') !== 'Internal Transfer') {
    if (partyType === '' || partyName === '') throw refusal(partyType === '' ? 'Party Type is mandatory' : 'Party is mandatory');
    const party = required(context, partyType, partyName);
    doc['party_name'] = text(party, `${partyType.toLowerCase()}_name`) || party.name;
  }
  fillAccounts(context, doc, company);
  const amount = number(doc, 'paid_amount') || number(doc, 'received_amount');
  if (amount === 0) throw refusal('Paid Amount is mandatory');
  if (number(doc, 'received_amount') === 0) doc['received_amount'] = amount;
  if (number(doc, 'paid_amount') === 0) doc['paid_amount'] = amount;
  for (const side of ['source', 'target']) doc[`${side}_exchange_rate`] = number(doc, `${side}_exchange_rate`) || 1;
  for (const fieldname of ['paid_amount', 'received_amount'])
    Object.assign(doc, {
      [`base_${fieldname}`]: doc[fieldname],
      [`${fieldname}_after_tax`]: doc[fieldname],
      [`base_${fieldname}_after_tax`]: doc[fieldname],
    });
  let allocated = 0;
  rowsOf(doc, 'references').forEach((row, index) => {
    const invoice = required(context, text(row, 'reference_doctype'), text(row, 'reference_name'));
    const outstanding = number(invoice, 'outstanding_amount');
    if (invoice.doctype.endsWith('Invoice') && number(row, 'allocated_amount') > outstanding)
      throw refusal(`Row #${index + 1}: Allocated Amount cannot be greater than outstanding amount.`);
    Object.assign(row, {
      total_amount: number(invoice, 'rounded_total') || number(invoice, 'grand_total'),
      outstanding_amount: outstanding,
      due_date: text(invoice, 'due_date') || undefined,
    });
    allocated += number(row, 'allocated_amount');
  });
  Object.assign(doc, {
    total_allocated_amount: money(allocated),
    base_total_allocated_amount: money(allocated),
    unallocated_amount: money(amount - allocated),
    difference_amount: 0,
  });
  const currency = text(doc, 'paid_from_account_currency');
  Object.assign(doc, {
    in_words: inWords(amount, currency),
    base_in_words: inWords(amount, text(company, 'default_currency')),
    title: text(doc, 'party_name') || text(doc, 'paid_to'),
  });
  doc['status'] = doc.docstatus === 1 ? 'Submitted' : 'Draft';
  const towards = text(doc, 'payment_type') === 'Pay' ? 'paid to' : 'received from';
  if (!number(doc, 'custom_remarks'))
    doc['remarks'] =
      `Amount ${currency} ${amount} ${towards} ${text(doc, 'party')}\nTransaction reference no ${text(doc, 'reference_no')} dated ${text(doc, 'reference_date')}`;
}

const allocate =
  (sign: 1 | -1) =>
  (context: Context, doc: Doc): void => {
    for (const row of rowsOf(doc, 'references'))
      payInvoice(context, text(row, 'reference_doctype'), text(row, 'reference_name'), sign * number(row, 'allocated_amount'));
  };

export const paymentEntry: Rules = { validate: validatePayment, onSubmit: allocate(1), onCancel: allocate(-1) };

export const journalEntry: Rules = {
  validate(context, doc) {
    const rows = rowsOf(doc, 'accounts');
    let [debit, credit] = [0, 0];
    rows.forEach((row, index) => {
      const account = context.store.get('Account', text(row, 'account'));
      if (account !== undefined && ['Receivable', 'Payable'].includes(text(account, 'account_type')) && text(row, 'party') === '')
        throw refusal(`Row ${index + 1}: Party Type and Party is required for Receivable / Payable account ${account.name}`);
      row['account_type'] = (account && text(account, 'account_type')) || '';
      row['account_currency'] ||= (account && text(account, 'account_currency')) || undefined;
      row['exchange_rate'] = number(row, 'exchange_rate') || 1;
      Object.assign(row, { debit: number(row, 'debit_in_account_currency'), credit: number(row, 'credit_in_account_currency') });
      row['against_account'] = rows
        .filter((other) => number(other, 'debit_in_account_currency') > 0 !== number(row, 'debit_in_account_currency') > 0)
        .map((other) => text(other, 'account'))
        .join(', ');
      debit = money(debit + number(row, 'debit'));
      credit = money(credit + number(row, 'credit'));
    });
    Object.assign(doc, { total_debit: debit, total_credit: credit, difference: money(debit - credit) });
    if (rows[0] !== undefined && text(doc, 'title') === '') doc['title'] = text(rows[0], 'account');
    const currency = rows[0] === undefined ? '' : text(rows[0], 'account_currency');
    doc['total_amount_in_words'] = inWords(number(doc, 'total_amount'), currency);
    if (doc.docstatus === 1 && debit !== credit)
      throw refusal(`Total Debit must be equal to Total Credit. The difference is ${money(debit - credit)}`);
  },
};
