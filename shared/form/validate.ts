import { isTableField, holdsValue } from '../erp/docfield';
import { knownTypes } from '../erp/fieldtypes';
import type { DocField } from '../erp/docfield';
import type { DocType, DocTypeBundle } from '../erp/doctype';
import type { ChildRow, DocumentValues } from '../erp/document';
import { rowsOf, valueOf } from '../erp/document';
import type { CellPath } from '../sync/outbox-entry';
import { checkValue } from './check-value';
import type { ValueProblem } from './check-value';
import { expressionView } from './depends-on';
import type { ExpressionScope } from './expression';
import { fieldState, isEmpty } from './field-state';
import type { FormMode } from './field-state';
import type { FormSession } from './form-session';
import { serverFills, serverFillsInRow } from './server-filled';

/** Why a document cannot be saved yet, at one cell. `row` counts from 1. */
export type FormProblem = ValueProblem & { path: CellPath; label: string; row?: number };

/**
 * All that is wrong with a document before it is saved, in the order of the form. Only what the person can see and change is
 * judged: a field of a type that a form here cannot edit is the server's to judge. `waiting`: cells (by `cellKey`) whose file is on this device and waits to be sent: they are filled in.
 */
export function validate(
  bundle: DocTypeBundle,
  values: DocumentValues,
  mode: FormMode,
  session: FormSession,
  waiting: ReadonlySet<string> = new Set(),
): FormProblem[] {
  const view = expressionView(values, bundle.doctype.fields, mode.isNew);
  const scope: ExpressionScope = { doc: view, parent: view, session };
  return bundle.doctype.fields.flatMap((field): FormProblem[] => {
    const state = fieldState(field, values, scope, mode);
    if (!state.visible || state.readOnly || !isJudged(field)) return [];
    const at = { path: { fieldname: field.fieldname }, label: field.label ?? field.fieldname };
    if (isTableField(field)) {
      const rows = rowsOf(values, field.fieldname);
      const missing: FormProblem[] = state.required && rows.length === 0 ? [{ ...at, key: 'missingRows' }] : [];
      const child = bundle.children.find((each) => each.name === field.options);
      return child === undefined
        ? missing
        : [...missing, ...rows.flatMap((row, index) => validateRow(field, child, row, index, view, mode, session, waiting))];
    }
    const value = valueOf(values, field.fieldname);
    const filled = serverFills(field.fieldname) || waiting.has(cellKey(at.path));
    if (isEmpty(value)) return state.required && !filled ? [{ ...at, key: 'missing' }] : [];
    const problem = Array.isArray(value) || value === undefined ? null : checkValue(field, value);
    return problem === null ? [] : [{ ...at, ...problem }];
  });
}

function validateRow(
  table: DocField,
  child: DocType,
  row: ChildRow,
  index: number,
  parent: object,
  mode: FormMode,
  session: FormSession,
  waiting: ReadonlySet<string>,
): FormProblem[] {
  const scope: ExpressionScope = { doc: expressionView(row, child.fields, mode.isNew), parent, session };
  const hasItem = !isEmpty(row['item_code']);
  return child.fields.flatMap((field): FormProblem[] => {
    const value = valueOf(row, field.fieldname);
    const empty = isEmpty(value);
    if (empty && field.reqd !== 1 && field.mandatory_depends_on === undefined) return [];
    const state = fieldState(field, row, scope, mode);
    if (!state.visible || state.readOnly || !isJudged(field) || isTableField(field)) return [];
    const at = {
      path: { table: table.fieldname, row: row.name, fieldname: field.fieldname },
      label: field.label ?? field.fieldname,
      row: index + 1,
    };
    const filled = serverFillsInRow(field.fieldname, hasItem) || waiting.has(cellKey(at.path));
    if (empty) return state.required && !filled ? [{ ...at, key: 'missing' }] : [];
    const problem = value === undefined ? null : checkValue(field, value);
    return problem === null ? [] : [{ ...at, ...problem }];
  });
}

const isJudged = (field: DocField): boolean => holdsValue(field) && knownTypes.has(field.fieldtype);

/** One text for a cell, to find its problem by. */
export const cellKey = (path: CellPath): string =>
  'table' in path ? `${path.table}\u0000${path.row}\u0000${path.fieldname}` : path.fieldname;
