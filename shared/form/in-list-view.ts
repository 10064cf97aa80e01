import type { DocField } from '../erp/docfield';
import { isTableField, layoutTypes } from '../erp/docfield';
import type { DocType } from '../erp/doctype';
import { htmlTypes } from '../erp/fieldtypes';

/** A column of a child table's grid; `weight` is its share of the width (Frappe's grid has ten). */
export type GridColumn = { field: DocField; weight: number };

const maxColumns = 8;

/** The columns of a grid: those marked for it, else the first required ones, else the first few. */
export function gridColumns(child: DocType): GridColumn[] {
  const usable = child.fields.filter(
    (field) => field.hidden !== 1 && !layoutTypes.has(field.fieldtype) && !isTableField(field) && !htmlTypes.has(field.fieldtype),
  );
  const marked = usable.filter((field) => field.in_list_view === 1);
  const required = usable.filter((field) => field.reqd === 1);
  const chosen = marked.length > 0 ? marked : required.length > 0 ? required : usable.slice(0, 4);
  return chosen.slice(0, maxColumns).map((field) => ({ field, weight: weightOf(field) }));
}

function weightOf(field: DocField): number {
  if (field.columns !== undefined && field.columns > 0) return field.columns;
  if (field.fieldtype === 'Check' || field.fieldtype === 'Int') return 1;
  if (field.fieldtype === 'Link' || field.fieldtype === 'Dynamic Link' || field.fieldtype === 'Small Text' || field.fieldtype === 'Data')
    return 3;
  return 2;
}
