import type { PageText } from '@shared/bridge/erp';
import { isTableField } from '@shared/erp/docfield';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { rowsOf, type ChildRow, type Doc, type DocumentValues } from '@shared/erp/document';
import { scalar } from '@shared/sync/changes';
import { fieldsOf, type FieldsOf } from '@shared/sync/document-fields';
import { frappeEqual } from '@shared/sync/frappe-equal';
import { rowsOfList } from './live';

/** The documents of a page with their rows, put together. */
export function wholeDocuments(doctype: string, page: PageText): Doc[] {
  const rows = page.children.flatMap((child) => rowsOfList(child.rows));
  return rowsOfList(page.parents).map((parent) => {
    const doc: Doc = { ...parent, doctype };
    for (const row of rows.filter((one) => one['parent'] === parent.name)) {
      const table = String(row['parentfield']);
      // A list of a child DocType has no tables in its rows.
      doc[table] = [...rowsOf(doc, table), row as ChildRow];
    }
    return doc;
  });
}

const standard = ['name', 'owner', 'creation', 'modified', 'modified_by', 'docstatus', 'idx'];

/** Where two versions of a document differ, rows told apart by name: `items/k3j2h1/qty: 2 ≠ 3`. */
export function differences(a: Doc, b: Doc, bundle: DocTypeBundle): string[] {
  const fields = fieldsOf(bundle);
  const tables = bundle.doctype.fields.filter(isTableField).map(({ fieldname }) => fieldname);
  const found = compare('', a, b, stored(bundle.doctype), fields);
  for (const table of tables) {
    const [mine, theirs] = [rowsOf(a, table), rowsOf(b, table)];
    const names = (rows: ChildRow[]): string => rows.map(({ name }) => name).join(' ');
    if (names(mine) !== names(theirs)) found.push(`${table}: ${names(mine)} ≠ ${names(theirs)}`);
    const options = bundle.doctype.fields.find(({ fieldname }) => fieldname === table)?.options;
    const columns = bundle.children.find(({ name }) => name === options);
    if (columns === undefined) continue;
    for (const row of mine) {
      const other = theirs.find(({ name }) => name === row.name);
      if (other !== undefined) found.push(...compare(`${table}/${row.name}/`, row, other, stored(columns), fields.rows(table)));
    }
  }
  return found;
}

/** Fields with a column of their own. Virtual ones are computed for whoever asks. */
const stored = ({ fields }: DocTypeBundle['doctype']): string[] => [
  ...standard,
  ...fields.filter((field) => !isTableField(field) && field.is_virtual !== 1).map(({ fieldname }) => fieldname),
];

const compare = (path: string, a: DocumentValues, b: DocumentValues, names: string[], fields: Pick<FieldsOf, 'field'>): string[] =>
  names
    .filter((name) => !frappeEqual(scalar(a, name), scalar(b, name), fields.field(name)))
    .map((name) => `${path}${name}: ${String(scalar(a, name))} ≠ ${String(scalar(b, name))}`);
