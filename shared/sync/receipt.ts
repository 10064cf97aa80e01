import type { DocTypeBundle } from '../erp/doctype';
import { rowsOf } from '../erp/document';
import type { Doc, DocumentValues } from '../erp/document';
import { scalar } from './changes';
import { fieldsOf, isBookkeeping, isServerOwned } from './document-fields';
import type { FieldsOf } from './document-fields';
import { answers } from './frappe-equal';
import type { CellPath, Changes, Receipt } from './outbox-entry';

type Rewritten = Receipt['rewritten'];

/**
 * What the server made different from what was typed. `typed` names rows as the answer does (rows made here have been
 * matched before). Fields that only the server sets are left out: their values were provisional.
 */
export function rewrittenBy(typed: Changes, answer: Doc, bundle?: DocTypeBundle): Rewritten {
  const fields = fieldsOf(bundle);
  const found = cells(typed.fields, answer, fields, (fieldname) => ({ fieldname }));
  for (const [table, change] of Object.entries(typed.tables)) {
    const rows = new Map(rowsOf(answer, table).map((row) => [row.name, row]));
    const wanted = [...change.added.map((row) => [row.name, row] as const), ...Object.entries(change.edited)];
    for (const [name, values] of wanted) {
      const row = rows.get(name);
      const path = (fieldname: string): CellPath => ({ table, row: name, fieldname });
      if (row === undefined) found.push({ path: path('name'), typed: name, became: null });
      else found.push(...cells(values, row, fields.rows(table), path));
    }
  }
  return found;
}

function cells(typed: DocumentValues, became: DocumentValues, fields: FieldsOf, path: (fieldname: string) => CellPath): Rewritten {
  return Object.keys(typed)
    .filter((fieldname) => {
      const field = fields.field(fieldname);
      if (isBookkeeping(fieldname) || isServerOwned(field) || Array.isArray(typed[fieldname])) return false;
      return !answers(scalar(became, fieldname), scalar(typed, fieldname), field);
    })
    .map((fieldname) => ({ path: path(fieldname), typed: scalar(typed, fieldname), became: scalar(became, fieldname) }));
}

/** The values of a create as the changes that they are to an empty document. */
export function valuesAsChanges(values: DocumentValues): Changes {
  const changes: Changes = { fields: {}, tables: {} };
  for (const [fieldname, value] of Object.entries(values)) {
    if (value === undefined || isBookkeeping(fieldname)) continue;
    if (Array.isArray(value)) changes.tables[fieldname] = { added: value, edited: {}, removed: [] };
    else changes.fields[fieldname] = value;
  }
  return changes;
}
