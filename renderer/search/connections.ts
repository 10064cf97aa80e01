import type { DocField } from '@shared/erp/docfield';
import { rowsOf, valueOf } from '@shared/erp/document';
import type { Doc, DocumentValues } from '@shared/erp/document';
import { fieldsWhere } from '@shared/erp/fields-where';
import type { ChosenFields } from '@shared/erp/fields-where';
import { linkedDocType, mayLeadTo } from '@shared/sync/linked-documents';
import { bodyHolds } from '../cache/body';
import { docOf } from '../cache/document-row';
import { listDocTypes, readDocTypes } from '../cache/doctypes';
import { eachDocument } from '../cache/each-document';
import type { Cache } from '../cache/open-cache';

/** Documents of one DocType that link to another document; `total` of them here, the newest named. */
export type Connection = { doctype: string; total: number; newest: { name: string; title: string }[] };

const shown = 5;

/**
 * What on this device links to a document, by a Link or Dynamic Link field of its own or of a row. Settings and child
 * DocTypes are left out, and what only amends it. Reads every document of the DocTypes that may.
 */
export async function connectionsOf(cache: Cache, doctype: string, name: string): Promise<Connection[]> {
  const found: Connection[] = [];
  for (const bundle of await readDocTypes(cache, await listDocTypes(cache))) {
    if (bundle === undefined || bundle.doctype.istable === 1 || bundle.doctype.issingle === 1) continue;
    const links = fieldsWhere(bundle, (field) => mayLeadTo(field, doctype) && field.fieldname !== 'amended_from');
    if (links.fields.length + links.tables.length === 0) continue;
    const own = bundle.doctype.name;
    const written = JSON.stringify(name);
    const there: { name: string; title: string; modified: string }[] = [];
    await eachDocument(cache, own, (row) => {
      // A cheap look before the expensive one.
      if (row.deleting === 1 || !bodyHolds(row.body, written) || (own === doctype && row.name === name)) return;
      if (!isLinked(docOf(row), links, { doctype, name })) return;
      const title = row.alias !== undefined && row.title === row.name ? row.alias : row.title;
      there.push({ name: row.name, title, modified: row.modified });
    });
    if (there.length === 0) continue;
    there.sort((a, b) => (a.modified < b.modified ? 1 : -1));
    const newest = there.slice(0, shown).map((each) => ({ name: each.name, title: each.title }));
    found.push({ doctype: own, total: there.length, newest });
  }
  return found;
}

type Target = { doctype: string; name: string };

const isLinked = (doc: Doc, { fields, tables }: ChosenFields, target: Target): boolean =>
  anyLinks(doc, fields, target) || tables.some((table) => rowsOf(doc, table.fieldname).some((row) => anyLinks(row, table.fields, target)));

const anyLinks = (values: DocumentValues, fields: readonly DocField[], { doctype, name }: Target): boolean =>
  fields.some((field) => valueOf(values, field.fieldname) === name && linkedDocType(field, values) === doctype);
