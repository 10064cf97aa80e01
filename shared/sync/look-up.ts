import type { DocTypeBundle } from '../erp/doctype';
import { rowsOf } from '../erp/document';
import type { ChildRow, Doc, DocumentValues } from '../erp/document';
import type { Filter } from '../erp/filters';
import { scalar } from './changes';
import { fieldsOf, isServerOwned, tableFields } from './document-fields';
import type { FieldsOf } from './document-fields';
import { frappeEqual, isEmpty } from './frappe-equal';

/**
 * Looking for a create of which nothing was marked: only what the server keeps as it was sent is compared (Links, and
 * the Links and quantities of rows); dates, times, texts and rates are rewritten on save.
 */
export function lookUpFilters(values: DocumentValues, owner: string, baseline: string | null, bundle?: DocTypeBundle): Filter[] {
  const links = linkFields(values, fieldsOf(bundle));
  return [
    ['owner', '=', owner],
    ...(baseline === null ? [] : [['creation', '>=', baseline] satisfies Filter]),
    ...links.map((fieldname): Filter => [fieldname, '=', scalar(values, fieldname) ?? null]),
  ];
}

function linkFields(values: DocumentValues, fields: FieldsOf): string[] {
  return Object.keys(values).filter((fieldname) => {
    const field = fields.field(fieldname);
    return field?.fieldtype === 'Link' && !isServerOwned(field) && !isEmpty(scalar(values, fieldname));
  });
}

export type Likeness = 'same' | 'similar' | 'other';

/**
 * `same`: all Links, rows and typed words agree; `similar`: nothing to tell them apart by, or other words, which
 * somebody may have changed since; `other`: the rows differ.
 */
export function likeness(values: DocumentValues, candidate: Doc, bundle?: DocTypeBundle): Likeness {
  const fields = fieldsOf(bundle);
  let compared = linkFields(values, fields).length > 1;
  for (const table of tableFields(values)) {
    // The server adds rows of its own; it must not lack one of ours.
    const free = [...rowsOf(candidate, table)];
    for (const row of rowsOf(values, table)) {
      const keys = keyFields(row, fields.rows(table));
      if (keys.length === 0) continue;
      compared = true;
      const at = free.findIndex((other) =>
        keys.every((key) => frappeEqual(scalar(row, key), scalar(other, key), fields.rows(table).field(key))),
      );
      if (at === -1) return 'other';
      free.splice(at, 1);
    }
  }
  return compared && haveSame(wordFields(values, fields), values, candidate, fields) ? 'same' : 'similar';
}

/** Whether something typed says that it was this create which made the document, and not the other one. */
export function isToldApart(values: DocumentValues, other: DocumentValues, found: Doc, bundle?: DocTypeBundle): boolean {
  const fields = fieldsOf(bundle);
  return wordFields(values, fields).some(
    (fieldname) => haveSame([fieldname], values, found, fields) && !haveSame([fieldname], other, found, fields),
  );
}

/** Short texts that a person typed; a hidden or fetched one is the server's to fill. */
const wordFields = (values: DocumentValues, fields: FieldsOf): string[] =>
  Object.keys(values).filter((fieldname) => {
    const field = fields.field(fieldname);
    if (field === undefined || isServerOwned(field) || field.hidden === 1 || field.fetch_from !== undefined) return false;
    return (field.fieldtype === 'Data' || field.fieldtype === 'Small Text') && !isEmpty(scalar(values, fieldname));
  });

/** What the server keeps of a row as it was sent. */
const keyFields = (row: ChildRow, fields: FieldsOf): string[] =>
  Object.keys(row).filter((fieldname) => {
    const field = fields.field(fieldname);
    if (isServerOwned(field) || isEmpty(scalar(row, fieldname))) return false;
    return field?.fieldtype === 'Link' || fieldname === 'qty';
  });

/** Could it be what a create with these values made, as far as a look-up can tell? */
export function isLike(values: DocumentValues, found: Doc, bundle?: DocTypeBundle): boolean {
  const fields = fieldsOf(bundle);
  return haveSame(linkFields(values, fields), values, found, fields) && likeness(values, found, bundle) !== 'other';
}

const haveSame = (fieldnames: string[], values: DocumentValues, found: Doc, fields: FieldsOf): boolean =>
  fieldnames.every((fieldname) => frappeEqual(scalar(values, fieldname), scalar(found, fieldname), fields.field(fieldname)));

/** Does the name that was taken belong to what we sent? Every Link and key value that we sent must be there. */
export function isOurs(values: DocumentValues, found: Doc, bundle?: DocTypeBundle): boolean {
  const fields = fieldsOf(bundle);
  const cells = Object.keys(values).filter((fieldname) => {
    const field = fields.field(fieldname);
    return (field?.fieldtype === 'Link' || field?.fieldtype === 'Select') && !isServerOwned(field) && !isEmpty(scalar(values, fieldname));
  });
  return haveSame(cells, values, found, fields) && likeness(values, found, bundle) !== 'other';
}
