import type { DocTypeBundle } from '../erp/doctype';
import type { DocumentValues } from '../erp/document';
import { setValue, valueOf } from '../erp/document';
import { copyValues } from './copy-document';
import type { NameRow } from './copy-document';
import { defaultOf } from './defaults';
import type { DefaultSources } from './defaults';

/** A new document like another: what is not copied starts with its default. */
export function duplicate(bundle: DocTypeBundle, from: DocumentValues, sources: DefaultSources, nameRow: NameRow): DocumentValues {
  const values = copyValues(bundle, from, nameRow, false);
  for (const field of bundle.doctype.fields) {
    if (field.no_copy !== 1 || valueOf(values, field.fieldname) !== undefined) continue;
    const value = defaultOf(field, sources);
    if (value !== null) setValue(values, field.fieldname, value);
  }
  return values;
}
