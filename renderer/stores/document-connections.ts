import type { DocType } from '@shared/erp/doctype';
import { listDocTypes, readDocType } from '../cache/doctypes';
import { listDocuments } from '../cache/documents';
import type { Cache } from '../cache/open-cache';

/** Documents of one DocType that link to another document; `total` of them here, the newest named. */
export type Connection = { doctype: string; total: number; newest: { name: string; title: string }[] };

const shown = 5;

/**
 * What on this device links to a document by a Link field of its own (rows of child tables are not looked through: that
 * would read every document). Settings and child DocTypes are left out.
 */
export async function connectionsOf(cache: Cache, doctype: string, name: string): Promise<Connection[]> {
  const found: Connection[] = [];
  for (const candidate of await listDocTypes(cache)) {
    const meta = (await readDocType(cache, candidate))?.doctype;
    if (meta === undefined || meta.istable === 1 || meta.issingle === 1) continue;
    const fields = linkingFields(meta, doctype);
    const names = new Map<string, string>();
    let total = 0;
    for (const fieldname of fields) {
      const result = await listDocuments(cache, {
        doctype: candidate,
        filters: [[fieldname, '=', name]],
        sort: { fieldname: 'modified', order: 'desc' },
        limit: 50,
      });
      for (const { doc, alias } of result.rows) {
        if (candidate === doctype && doc.name === name) continue;
        if (!names.has(doc.name)) total += 1;
        const title = doc[meta.title_field ?? ''];
        names.set(doc.name, typeof title === 'string' && title !== '' ? title : (alias ?? doc.name));
      }
    }
    if (total > 0)
      found.push({ doctype: candidate, total, newest: [...names].slice(0, shown).map(([each, title]) => ({ name: each, title })) });
  }
  return found;
}

const linkingFields = (meta: DocType, doctype: string): string[] =>
  meta.fields
    .filter((field) => field.fieldtype === 'Link' && field.options === doctype && field.fieldname !== 'amended_from')
    .map((field) => field.fieldname);
