import type { DocField } from '../erp/docfield';
import { isTableField } from '../erp/docfield';
import type { DocumentValues } from '../erp/document';
import { numericTypes } from '../erp/fieldtypes';
import { evaluate, readMember } from './expression';
import type { ExpressionScope } from './expression';

/** Whether a condition of the metadata holds. `unknown` conditions leave a field visible and editable. */
export type Verdict = { known: true; holds: boolean } | { known: false; reason: string };

/**
 * Does a `depends_on`-like condition hold? Three forms, as Frappe's desk reads them: `eval:<JavaScript>`,
 * `fn:<client script function>` (unknown here), or the name of a field that must have a value.
 */
export function dependency(condition: string, scope: ExpressionScope): Verdict {
  if (condition.startsWith('eval:')) {
    const result = evaluate(condition.slice('eval:'.length).trim(), scope);
    return result.known ? { known: true, holds: Boolean(result.value) } : result;
  }
  if (condition.startsWith('fn:')) return { known: false, reason: 'a client script of the site' };
  // `doc.received_amount` without `eval:` stands in ERPNext's own metadata; the desk reads it as a field that never is set.
  const value = readMember(scope.doc, condition.trim());
  return { known: true, holds: Array.isArray(value) ? value.length > 0 : Boolean(value) };
}

/**
 * A document as expressions see it: what the cache leaves out (zeros, empty tables) is there again, since
 * `doc.use_serial_batch_fields === 0` tells 0 from absent; `__islocal` is 1 on what the server has not seen.
 */
export function expressionView(values: DocumentValues, fields: readonly DocField[], isNew: boolean): object {
  // No prototype: a field may be named `constructor` or `__proto__`.
  const view = Object.create(null) as Record<string, unknown>;
  for (const field of fields) {
    if (isTableField(field)) view[field.fieldname] = [];
    else if (numericTypes.has(field.fieldtype)) view[field.fieldname] = 0;
  }
  view['docstatus'] = 0;
  for (const [fieldname, value] of Object.entries(values)) {
    if (value === undefined || (value === null && Object.hasOwn(view, fieldname))) continue;
    view[fieldname] = typeof value === 'boolean' ? Number(value) : value;
  }
  if (isNew) view['__islocal'] = 1;
  return view;
}
