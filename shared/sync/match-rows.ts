import { rowsOf } from '../erp/document';
import type { ChildRow, DocumentValues } from '../erp/document';
import { isTemporaryName } from '../erp/temporary-name';
import { scalar } from './changes';
import { fieldsOf, tableFields } from './document-fields';
import type { FieldsOf } from './document-fields';
import type { DocTypeBundle } from '../erp/doctype';
import { frappeEqual } from './frappe-equal';

/**
 * Which of the server's rows are the ones made here: temporary row names to the server's, by position and by the Links
 * that a row holds, since the server adds rows of its own and may drop some. `mayBeOurs` leaves out rows known not to be.
 */
export function matchRows(
  sent: DocumentValues,
  answer: DocumentValues,
  bundle?: DocTypeBundle,
  mayBeOurs: (row: ChildRow) => boolean = () => true,
): Map<string, string> {
  const names = new Map<string, string>();
  const fields = fieldsOf(bundle);
  for (const table of tableFields(sent)) {
    const mine = rowsOf(sent, table);
    const known = new Set(mine.map((row) => row.name));
    const there = rowsOf(answer, table);
    const free = there.filter((row) => !known.has(row.name) && mayBeOurs(row));
    mine
      .filter((row) => isTemporaryName(row.name) && !there.some(({ name }) => name === row.name))
      .forEach((row) => {
        const found = best(row, mine.indexOf(row), free, fields.rows(table));
        if (found === undefined) return;
        names.set(row.name, found.name);
        free.splice(free.indexOf(found), 1);
      });
  }
  return names;
}

/** The row at the same place if its Links agree, otherwise the next whose Links do. */
function best(row: ChildRow, position: number, free: ChildRow[], fields: FieldsOf): ChildRow | undefined {
  const alike = free.filter((candidate) => linksAgree(row, candidate, fields));
  return alike.find((candidate) => candidate.idx === position + 1) ?? alike[0];
}

function linksAgree(row: ChildRow, candidate: ChildRow, fields: FieldsOf): boolean {
  return Object.keys(row).every((fieldname) => {
    const field = fields.field(fieldname);
    if (field?.fieldtype !== 'Link' || field.read_only === 1) return true;
    const value = scalar(row, fieldname);
    return frappeEqual(value, null) || frappeEqual(value, scalar(candidate, fieldname), field);
  });
}
