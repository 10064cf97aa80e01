import type Big from 'big.js';
import type { DocField } from '../erp/docfield';
import { isTableField } from '../erp/docfield';
import type { DocTypeBundle } from '../erp/doctype';
import type { DocumentValues } from '../erp/document';
import { rowsOf } from '../erp/document';
import { amount, rounded } from '../erp/money';
import type { CellPath } from '../sync/outbox-entry';
import { computeRow } from './computed-row';
import { computeTaxes } from './computed-taxes';
import type { FormSession } from './form-session';
import { precisionOf } from './precision';

/** A value that the server will compute on saving, as this device expects it. Provisional until the server has spoken. */
export type Computed = { path: CellPath; value: number; changed: boolean };

/** Puts a number, rounded to the field's precision, where the metadata has such a field; otherwise does nothing. */
export type Setter = (fieldname: string, value: Big) => void;

/**
 * Amounts and totals as ERPNext's transactions have them, recognised by their fieldnames, so that custom DocTypes that keep
 * to them gain too. `changed` tells values that differ from those there. Decimal arithmetic throughout.
 */
export function computeDocument(bundle: DocTypeBundle, values: DocumentValues, session: Pick<FormSession, 'defaults'>): Computed[] {
  const changes: Computed[] = [];
  const fields = new Map(bundle.doctype.fields.map((field) => [field.fieldname, field]));
  const current: DocumentValues = { ...values };
  const set: Setter = (fieldname, value) => {
    const field = fields.get(fieldname);
    if (field === undefined) return;
    const number = rounded(value, precisionOf(field, session));
    const changed = !amount(current[fieldname]).eq(number);
    if (changed) current[fieldname] = number.toNumber();
    changes.push({ path: { fieldname }, value: number.toNumber(), changed });
  };

  for (const field of bundle.doctype.fields) {
    if (!isTableField(field)) continue;
    const rows = computeTable(bundle, field, current, session, changes);
    if (rows !== null) current[field.fieldname] = rows;
  }
  const totals = (target: string, table: string, column: string): void => {
    if (fields.has(table)) set(target, sum(current, table, column));
  };
  totals('total_debit', 'accounts', 'debit');
  totals('total_credit', 'accounts', 'credit');
  if (fields.has('total_debit')) set('difference', amount(current['total_debit']).minus(amount(current['total_credit'])));
  if (fields.has('paid_amount')) computePayment(current, set);
  if (fields.has('items')) {
    totals('total_qty', 'items', 'qty');
    if (fields.has('grand_total'))
      computeTaxes(current, set, (row, fieldname, value) => setCell('taxes', row, fieldname, value), {
        of: (fieldname) => decimalsOf(fields.get(fieldname)),
        ofTax: (fieldname) => decimalsOf(fieldOfTable('taxes', fieldname)),
      });
    else totals('total_amount', 'items', 'amount');
  }
  return changes;

  function fieldOfTable(table: string, fieldname: string): DocField | undefined {
    const child = bundle.children.find((each) => each.name === fields.get(table)?.options);
    return child?.fields.find((each) => each.fieldname === fieldname);
  }

  function decimalsOf(field: DocField | undefined): number {
    return precisionOf(field ?? { fieldname: '', fieldtype: 'Currency' }, session);
  }

  function setCell(table: string, row: string, fieldname: string, value: Big): void {
    const field = fieldOfTable(table, fieldname);
    const target = rowsOf(current, table).find((each) => each.name === row);
    if (field === undefined || target === undefined) return;
    const number = rounded(value, precisionOf(field, session));
    changes.push({ path: { table, row, fieldname }, value: number.toNumber(), changed: !amount(target[fieldname]).eq(number) });
  }
}

export const sum = (values: DocumentValues, table: string, column: string): Big =>
  rowsOf(values, table).reduce((total, row) => total.plus(amount(row[column])), amount(0));

/** The rows with their computed cells, or null where nothing changed. */
function computeTable(
  bundle: DocTypeBundle,
  table: DocField,
  values: DocumentValues,
  session: Pick<FormSession, 'defaults'>,
  changes: Computed[],
): ReturnType<typeof rowsOf> | null {
  const child = bundle.children.find((each) => each.name === table.options);
  if (child === undefined) return null;
  const fields = new Map(child.fields.map((field) => [field.fieldname, field]));
  const before = changes.filter((each) => each.changed).length;
  const rows = rowsOf(values, table.fieldname).map((row) => {
    const cells = computeRow(row, values, (fieldname) => fields.has(fieldname));
    const next = { ...row };
    for (const [fieldname, value] of cells) {
      const field = fields.get(fieldname);
      if (field === undefined) continue;
      const number = rounded(value, precisionOf(field, session));
      const differs = !amount(row[fieldname]).eq(number);
      changes.push({ path: { table: table.fieldname, row: row.name, fieldname }, value: number.toNumber(), changed: differs });
      if (differs) next[fieldname] = number.toNumber();
    }
    return next;
  });
  return changes.filter((each) => each.changed).length > before ? rows : null;
}

/** Payment Entry: one currency on both sides means one amount; what is not allocated to references stays open. */
function computePayment(values: DocumentValues, set: Setter): void {
  const paid = amount(values['paid_amount']);
  const sameCurrency = (values['paid_from_account_currency'] ?? '') === (values['paid_to_account_currency'] ?? '');
  if (sameCurrency) set('received_amount', paid);
  const allocated = sum(values, 'references', 'allocated_amount');
  set('total_allocated_amount', allocated);
  if (values['payment_type'] !== 'Internal Transfer' && sameCurrency) {
    const open = paid.minus(allocated).minus(sum(values, 'deductions', 'amount').times(values['payment_type'] === 'Pay' ? 1 : -1));
    set('unallocated_amount', open.lt(0) ? amount(0) : open);
  }
}
