import { isTableField } from '../erp/docfield';
import type { DocType, DocTypeBundle } from '../erp/doctype';
import type { ChildRow, DocumentValues } from '../erp/document';
import { rowsOf, valueOf } from '../erp/document';
import { isTemporaryName } from '../erp/temporary-name';
import type { DefaultSources } from './defaults';
import { isEmpty } from './field-state';
import { newRow } from './new-document';

/**
 * The document without the rows that were added and left as they were: Tab at the end of a table adds one, and the desk
 * drops such rows on saving too. The same object where there are none.
 */
export function withoutBlankRows(bundle: DocTypeBundle, values: DocumentValues, sources: DefaultSources): DocumentValues {
  const kept = bundle.doctype.fields.filter(isTableField).flatMap((table): [string, ChildRow[]][] => {
    const child = bundle.children.find(({ name }) => name === table.options);
    const rows = rowsOf(values, table.fieldname);
    const filled = child === undefined ? rows : rows.filter((row) => !isBlank(child, row, values, sources));
    return filled.length === rows.length ? [] : [[table.fieldname, filled.map((row, index) => ({ ...row, idx: index + 1 }))]];
  });
  return kept.length === 0 ? values : { ...values, ...Object.fromEntries(kept) };
}

function isBlank(child: DocType, row: ChildRow, parent: DocumentValues, sources: DefaultSources): boolean {
  if (!isTemporaryName(row.name)) return false;
  const fresh = newRow(child, parent, sources, row.name, row.idx ?? 0);
  return child.fields.every(({ fieldname }) => {
    const value = valueOf(row, fieldname);
    return isEmpty(value) || value === 0 || value === valueOf(fresh, fieldname);
  });
}
