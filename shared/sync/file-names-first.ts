import { isTableField } from '../erp/docfield';
import type { DocField } from '../erp/docfield';
import type { DocTypeBundle } from '../erp/doctype';
import { rowsOf, valueOf } from '../erp/document';
import type { DocumentValues } from '../erp/document';
import type { Attachment } from './outbox-entry';

type Waiting = Pick<Attachment, 'fieldname' | 'fileName' | 'row'>;

/**
 * A new document as it is sent while its files wait behind it: the server takes no file for a document that is not there,
 * and no document whose required Attach field is empty. Until the file's address takes its place, such a field holds the
 * file's name.
 */
export function fileNamesFirst(values: DocumentValues, bundle: DocTypeBundle | undefined, files: readonly Waiting[]): DocumentValues {
  if (bundle === undefined || files.length === 0) return values;
  const named = {
    ...values,
    ...namesFor(
      values,
      bundle.doctype.fields,
      files.filter(({ row }) => row === undefined),
    ),
  };
  for (const table of bundle.doctype.fields.filter(isTableField)) {
    const child = bundle.children.find(({ name }) => name === table.options);
    const ofTable = files.filter(({ row }) => row?.table === table.fieldname);
    if (child === undefined || ofTable.length === 0) continue;
    named[table.fieldname] = rowsOf(values, table.fieldname).map((row) => ({
      ...row,
      ...namesFor(
        row,
        child.fields,
        ofTable.filter((file) => file.row?.row === row.name),
      ),
    }));
  }
  return named;
}

function namesFor(values: DocumentValues, fields: readonly DocField[], files: readonly Waiting[]): Record<string, string> {
  const required = fields.filter(
    (field) => field.reqd === 1 && field.fieldtype.startsWith('Attach') && (valueOf(values, field.fieldname) ?? '') === '',
  );
  return Object.fromEntries(
    required.flatMap(({ fieldname }) => files.filter((file) => file.fieldname === fieldname).map((file) => [fieldname, file.fileName])),
  );
}
