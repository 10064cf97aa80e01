import { isTableField, layoutTypes, tableTypes } from '@shared/erp/docfield';
import type { DocField } from '@shared/erp/docfield';
import type { DocType, DocTypeBundle } from '@shared/erp/doctype';
import { decimalTypes, htmlTypes } from '@shared/erp/fieldtypes';

export type ListColumn = {
  field: DocField;
  /** Pixels it wants at least; it takes `grow` shares of what is left. */
  width: number;
  grow: number;
  numeric: boolean;
};

const unlisted = new Set(['Password', 'Signature', 'Geolocation', 'Code', 'JSON', 'Attach', 'Attach Image', 'Icon']);
const maxDefaults = 6;

/** Fields that can be a column, a filter and a sort key: those with one value that is worth a line. */
export const listableFields = (doctype: DocType): DocField[] =>
  doctype.fields.filter(
    (field) =>
      field.hidden !== 1 &&
      field.is_virtual !== 1 &&
      !layoutTypes.has(field.fieldtype) &&
      !tableTypes.has(field.fieldtype) &&
      !htmlTypes.has(field.fieldtype) &&
      !unlisted.has(field.fieldtype),
  );

/** What a list can be filtered by in rows: fields of a child DocType, under the label of its table. */
export type RowFields = { child: string; label: string; fields: DocField[] };

/** The child DocTypes of a DocType, each once: Frappe's conditions name no table, and look into all that hold its rows. */
export function rowFieldsOf({ doctype, children }: DocTypeBundle): RowFields[] {
  const tables = doctype.fields.filter((field) => isTableField(field) && field.hidden !== 1);
  return children.flatMap((child): RowFields[] => {
    const labels = tables.filter(({ options }) => options === child.name).map((table) => table.label ?? table.fieldname);
    const fields = listableFields(child);
    return labels.length === 0 || fields.length === 0 ? [] : [{ child: child.name, label: labels.join(', '), fields }];
  });
}

/** Fields that every document has and a list may show; labels are message keys. */
export const standardColumns: readonly { fieldname: string; fieldtype: string; key: 'id' | 'modified' | 'created' | 'owner' }[] = [
  { fieldname: 'name', fieldtype: 'Data', key: 'id' },
  { fieldname: 'modified', fieldtype: 'Datetime', key: 'modified' },
  { fieldname: 'creation', fieldtype: 'Datetime', key: 'created' },
  { fieldname: 'owner', fieldtype: 'Data', key: 'owner' },
];

/** The field whose value heads a row; `name` where the DocType has no title of its own. */
export function titleFieldOf(doctype: DocType): string {
  const title = doctype.title_field;
  return title !== undefined && doctype.fields.some((field) => field.fieldname === title) ? title : 'name';
}

/** The columns ERPNext would show besides title and status, or those the person chose. */
export function chosenFieldnames(doctype: DocType, chosen: readonly string[] | null): string[] {
  if (chosen !== null) return [...chosen];
  const title = titleFieldOf(doctype);
  const listable = listableFields(doctype);
  const marked = listable.filter((field) => field.in_list_view === 1);
  const fields = marked.length > 0 ? marked : listable.filter((field) => field.in_standard_filter === 1 || field.reqd === 1);
  const names = fields.map((field) => field.fieldname).filter((name) => name !== title && name !== 'status');
  return [...(title === 'name' ? [] : ['name']), ...names].slice(0, maxDefaults);
}

export function columnOf(field: DocField): ListColumn {
  const numeric = decimalTypes.has(field.fieldtype) || field.fieldtype === 'Int';
  const [width, grow] = widthOf(field);
  return { field, width, grow, numeric };
}

function widthOf(field: DocField): [width: number, grow: number] {
  switch (field.fieldtype) {
    case 'Check':
      return [88, 0];
    case 'Int':
    case 'Percent':
      return [112, 0];
    case 'Date':
    case 'Time':
      return [112, 0];
    case 'Datetime':
      return [152, 0];
    case 'Float':
    case 'Currency':
      return [136, 0];
    default:
      return [field.fieldname === 'name' ? 176 : 160, 1];
  }
}
