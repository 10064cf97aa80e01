import type { ChildRow, Doc } from '@shared/erp/document';
import { rowsOf } from '@shared/erp/document';
import { metaOf, type Context } from './engine';
import type { Meta } from './metadata';
import { mayAtLevel } from './permissions';
import { column, type Entity } from './values';

const before = ['name', 'owner', 'creation', 'modified', 'modified_by', 'docstatus', 'idx'];
const around = ['parent', 'parentfield', 'parenttype'];

function flat(meta: Meta, entity: Entity, mayRead: (level: number) => boolean): { [fieldname: string]: unknown } {
  const shown: { [fieldname: string]: unknown } = {};
  for (const fieldname of before) {
    const value = column(entity, fieldname, undefined);
    if (value !== null) shown[fieldname] = value;
  }
  for (const field of meta.columns) {
    const value = column(entity, field.fieldname, field);
    if (value !== null && mayRead(field.permlevel ?? 0)) shown[field.fieldname] = value;
  }
  for (const fieldname of around) if (entity[fieldname] !== undefined) shown[fieldname] = entity[fieldname];
  shown['doctype'] = meta.name;
  return shown;
}

/** A whole document as `/api/resource` answers it: what is NULL is left out, numbers never are, child tables always stand there. */
export function present(context: Context, doc: Doc): { [fieldname: string]: unknown } {
  const meta = metaOf(context, doc.doctype);
  const mayRead = (level: number): boolean => mayAtLevel(context, meta, 'read', level);
  const shown = flat(meta, doc, mayRead);
  // A single keeps its values as text in one table (single).
  if (meta.issingle) shown['idx'] = String(shown['idx'] ?? '0');
  for (const table of meta.tables) {
    const child = context.metadata.get(table.options ?? '');
    shown[table.fieldname] =
      child === undefined
        ? []
        : rowsOf(doc, table.fieldname).map((row: ChildRow) => ({
            ...flat(child, row, mayRead),
            ...(row['__unsaved'] ? { __unsaved: 1 } : {}),
          }));
  }
  return shown;
}
