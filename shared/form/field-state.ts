import type { DocField } from '../erp/docfield';
import { layoutTypes } from '../erp/docfield';
import type { DocumentValues, FieldValue, ChildRow } from '../erp/document';
import { docstatus, valueOf } from '../erp/document';
import { numericTypes } from '../erp/fieldtypes';
import type { Rights } from '../erp/permissions';
import { isRedundantBase } from './base-currency';
import { dependency } from './depends-on';
import type { ExpressionScope } from './expression';

/** How a field stands on a form at this moment. */
export type FieldState = {
  visible: boolean;
  required: boolean;
  readOnly: boolean;
};

/** What a form as a whole says to each of its fields. */
export type FormMode = {
  rights: Rights;
  docstatus: number;
  /** The server has never seen the document. */
  isNew: boolean;
  /** The whole form takes no edits, e.g. while a submit waits to be sent. */
  locked: boolean;
};

type Value = FieldValue | ChildRow[] | undefined;

export const isEmpty = (value: Value): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/**
 * Visible, required and read-only as Frappe's desk decides them; a condition that cannot be evaluated changes nothing.
 * `saved`: what the document held before anything was typed.
 */
export function fieldState(
  field: DocField,
  values: DocumentValues,
  scope: ExpressionScope,
  mode: FormMode,
  saved: DocumentValues = values,
): FieldState {
  const level = field.permlevel ?? 0;
  const holds = (condition: string | undefined, unknown: boolean): boolean => {
    if (condition === undefined || condition === '') return unknown;
    const verdict = dependency(condition, scope);
    return verdict.known ? verdict.holds : unknown;
  };
  const readable = mode.rights.readLevels.has(level) || (mode.isNew && mode.rights.create && level === 0);
  const readOnly = isReadOnly(field, saved, mode) || holds(field.read_only_depends_on, false);
  const shown =
    field.hidden !== 1 &&
    readable &&
    showsSomething(field, values) &&
    !isRedundantBase(field, scope.parent, scope.session) &&
    holds(field.depends_on, true);
  return {
    visible: shown && !(readOnly && hidesWhenEmpty(field, valueOf(values, field.fieldname), mode)),
    required: (field.reqd === 1 || holds(field.mandatory_depends_on, false)) && !readOnly,
    readOnly,
  };
}

/**
 * Not: a picture of another field that is empty; HTML that a script of the desk would have put there; the desk's box for
 * a scanner, which is a box of the table itself here.
 */
function showsSomething(field: DocField, values: DocumentValues): boolean {
  if (field.fieldname === 'scan_barcode' && field.options === 'Barcode') return false;
  if (field.fieldtype === 'Image') return !isEmpty(valueOf(values, field.options ?? ''));
  return field.fieldtype !== 'HTML' || (field.options ?? '').trim() !== '';
}

/** The desk leaves out read-only fields that hold nothing. A number of a saved document is never nothing: the server keeps 0. */
function hidesWhenEmpty(field: DocField, value: Value, { isNew }: FormMode): boolean {
  if (layoutTypes.has(field.fieldtype) || field.fieldtype === 'Check') return false;
  return isEmpty(value) && (isNew || !numericTypes.has(field.fieldtype));
}

function isReadOnly(field: DocField, saved: DocumentValues, mode: FormMode): boolean {
  if (mode.locked || mode.docstatus === docstatus.cancelled) return true;
  if (field.read_only === 1 || field.is_virtual === 1 || field.fieldtype === 'Read Only') return true;
  if (mode.isNew ? !mode.rights.create : !mode.rights.write) return true;
  if (!mode.rights.writeLevels.has(field.permlevel ?? 0) && !(mode.isNew && (field.permlevel ?? 0) === 0)) return true;
  if (mode.docstatus === docstatus.submitted && field.allow_on_submit !== 1) return true;
  return field.set_only_once === 1 && !mode.isNew && !isEmpty(valueOf(saved, field.fieldname));
}
