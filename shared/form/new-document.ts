import type { DocField } from '../erp/docfield';
import type { DocType } from '../erp/doctype';
import type { ChildRow, DocumentValues, FieldValue } from '../erp/document';
import { setValue, valueOf } from '../erp/document';
import { defaultOf } from './defaults';
import type { DefaultSources } from './defaults';

/** The values a fresh document starts with. `given` (e.g. what was typed in a Link field) wins over defaults. */
export function newDocument(doctype: DocType, sources: DefaultSources, given: Record<string, FieldValue> = {}): DocumentValues {
  const values: DocumentValues = { doctype: doctype.name, docstatus: 0 };
  for (const field of doctype.fields) {
    const value = defaultOf(field, sources);
    if (value !== null) setValue(values, field.fieldname, value);
  }
  fillCurrency(values, doctype.fields, sources);
  return { ...values, ...given };
}

/** A fresh row of a child table, `name` a temporary one. Dates that the document holds too are taken from it, as the desk does. */
export function newRow(child: DocType, parent: DocumentValues, sources: DefaultSources, name: string, idx: number): ChildRow {
  const row: ChildRow = { name, idx };
  for (const field of child.fields) {
    const value = fromParent(field, parent) ?? defaultOf(field, sources);
    if (value !== null) setValue<ChildRow[string]>(row, field.fieldname, value);
  }
  return row;
}

/** ERPNext's forms hand these down from the document to each new row. */
const handedDown = new Set(['delivery_date', 'schedule_date', 'cost_center', 'project']);

function fromParent(field: DocField, parent: DocumentValues): FieldValue {
  if (!handedDown.has(field.fieldname)) return null;
  const value = valueOf(parent, field.fieldname);
  return value === undefined || Array.isArray(value) || value === '' ? null : value;
}

/**
 * A document that keeps a currency with its rates starts in the company's own currency at rates of 1: required fields,
 * which the desk's scripts fill by asking the server.
 */
function fillCurrency(values: DocumentValues, fields: readonly DocField[], { session, company }: DefaultSources): void {
  const own = company?.['default_currency'] ?? session.defaults['currency'];
  if (typeof own !== 'string') return;
  const has = (fieldname: string): boolean => fields.some((field) => field.fieldname === fieldname);
  for (const fieldname of ['currency', 'price_list_currency'])
    if (has(fieldname) && has('conversion_rate') && values[fieldname] === undefined) values[fieldname] = own;
  if (values['currency'] !== own) return;
  for (const fieldname of ['conversion_rate', 'plc_conversion_rate'])
    if (has(fieldname) && values[fieldname] === undefined) values[fieldname] = 1;
}
