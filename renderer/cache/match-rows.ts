import { isTableField } from '@shared/erp/docfield';
import type { DocType } from '@shared/erp/doctype';
import type { Doc } from '@shared/erp/document';
import { rowsOf } from '@shared/erp/document';
import type { Filter, RowFilter } from '@shared/erp/filters';
import { matchesAll } from './match-filter';

/**
 * Does a document pass the conditions on its rows, as the server's list would judge? Frappe joins each child DocType once,
 * by `parenttype` and `parent` (`DatabaseQuery` of frappe/model/db_query.py, version 15): so one row must pass all conditions
 * on its DocType, in whichever table of the document it stands. That holds for "is not" too: it asks for a row that is
 * another, not for a document without such a row. A document without rows passes where an absent value does.
 */
export function rowsMatch(doctype: DocType | undefined, doc: Doc, filters: readonly RowFilter[]): boolean {
  const asked = new Map<string, Filter[]>();
  for (const [child, ...filter] of filters) asked.set(child, [...(asked.get(child) ?? []), filter]);
  return [...asked].every(([child, own]) => {
    const tables = doctype?.fields.filter((field) => isTableField(field) && field.options === child) ?? [];
    const rows = tables.flatMap(({ fieldname }) => rowsOf(doc, fieldname));
    return rows.length === 0 ? own.every(passesAbsence) : rows.some((row) => matchesAll(row, own));
  });
}

/** Nothing is not the text, nor like it, nor one of several, nor set; SQL compares it with no number. */
function passesAbsence([, operator, value]: Filter): boolean {
  if (operator === 'is') return value === 'not set';
  return operator === 'not in' || operator === 'not like' || (operator === '!=' && typeof value !== 'number');
}
