import { isTableField } from '@shared/erp/docfield';
import type { DocField } from '@shared/erp/docfield';
import type { DocType, DocTypeBundle } from '@shared/erp/doctype';
import { rowsOf, valueOf } from '@shared/erp/document';
import type { Doc, DocumentValues } from '@shared/erp/document';
import { docOf } from '../cache/document-row';
import { listDocTypes, readDocTypes } from '../cache/doctypes';
import { eachDocument } from '../cache/each-document';
import type { Cache } from '../cache/open-cache';

/** Documents of one DocType that link to another document; `total` of them here, the newest named. */
export type Connection = { doctype: string; total: number; newest: { name: string; title: string }[] };

const shown = 5;

/** Where a DocType may link to another: fields of its own, and of its rows. */
type Linking = { doctype: DocType; fields: LinkingField[]; tables: { fieldname: string; fields: LinkingField[] }[] };

/** `kind`: the field that names the DocType, of a Dynamic Link. */
type LinkingField = { fieldname: string; kind: string | null };

/**
 * What on this device links to a document, by a Link or Dynamic Link field of its own or of a row. Settings and child DocTypes are left
 * out. Reads every document of the DocTypes that may.
 */
export async function connectionsOf(cache: Cache, doctype: string, name: string): Promise<Connection[]> {
  const candidates = await readDocTypes(cache, await listDocTypes(cache));
  const found: Connection[] = [];
  for (const bundle of candidates) {
    const linking = bundle === undefined ? null : linkingTo(bundle, doctype);
    if (linking === null) continue;
    const own = linking.doctype.name;
    const written = JSON.stringify(name);
    const there: { name: string; title: string; modified: string }[] = [];
    await eachDocument(cache, own, (row) => {
      // A cheap look before the expensive one.
      if (row.deleting === 1 || !row.body.includes(written) || (own === doctype && row.name === name)) return;
      if (links(docOf(row), linking, { doctype, name }))
        there.push({
          name: row.name,
          title: row.alias !== undefined && row.title === row.name ? row.alias : row.title,
          modified: row.modified,
        });
    });
    if (there.length === 0) continue;
    there.sort((a, b) => (a.modified < b.modified ? 1 : -1));
    found.push({
      doctype: own,
      total: there.length,
      newest: there.slice(0, shown).map((each) => ({ name: each.name, title: each.title })),
    });
  }
  return found;
}

function linkingTo({ doctype, children }: DocTypeBundle, target: string): Linking | null {
  if (doctype.istable === 1 || doctype.issingle === 1) return null;
  const to = (fields: readonly DocField[]): LinkingField[] =>
    fields.flatMap(({ fieldname, fieldtype, options }): LinkingField[] => {
      if (fieldtype === 'Dynamic Link' && options !== undefined) return [{ fieldname, kind: options }];
      return fieldtype === 'Link' && options === target && fieldname !== 'amended_from' ? [{ fieldname, kind: null }] : [];
    });
  const tables = doctype.fields.filter(isTableField).map(({ fieldname, options }) => ({
    fieldname,
    fields: to(children.find((child) => child.name === options)?.fields ?? []),
  }));
  const linking = { doctype, fields: to(doctype.fields), tables: tables.filter(({ fields }) => fields.length > 0) };
  return linking.fields.length + linking.tables.length > 0 ? linking : null;
}

type Target = { doctype: string; name: string };

const links = (doc: Doc, { fields, tables }: Linking, target: Target): boolean =>
  anyLinks(doc, fields, target) || tables.some((table) => rowsOf(doc, table.fieldname).some((row) => anyLinks(row, table.fields, target)));

const anyLinks = (values: DocumentValues, fields: readonly LinkingField[], { doctype, name }: Target): boolean =>
  fields.some(({ fieldname, kind }) => valueOf(values, fieldname) === name && (kind === null || valueOf(values, kind) === doctype));
