import { isTableField } from './docfield';
import type { DocField } from './docfield';
import type { DocTypeBundle } from './doctype';

/** Fields of a DocType, and of those of its child tables that have any. */
export type ChosenFields = { fields: DocField[]; tables: { fieldname: string; fields: DocField[] }[] };

type Choice = (field: DocField) => boolean;

/** The fields that are wanted of a DocType itself, and `inRows` of its child tables: the same unless told. */
export function fieldsWhere({ doctype, children }: DocTypeBundle, wanted: Choice, inRows: Choice = wanted): ChosenFields {
  const tables = doctype.fields.filter(isTableField).map(({ fieldname, options }) => ({
    fieldname,
    fields: children.find((child) => child.name === options)?.fields.filter(inRows) ?? [],
  }));
  return { fields: doctype.fields.filter(wanted), tables: tables.filter(({ fields }) => fields.length > 0) };
}
