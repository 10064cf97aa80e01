import { createHash } from 'node:crypto';
import { rowsOf, type ChildRow, type Doc } from '@shared/erp/document';
import { metaOf, type Context } from '../engine/engine';
import type { Meta } from '../engine/metadata';
import { mayAtLevel } from '../engine/permissions';
import { column, type Entity } from '../engine/values';

/** What a document or a part of one shows. */
type Shown = { [fieldname: string]: unknown };

/** Fields that every document or row has, in the order in which the server gives them. */
export const always = ['name', 'owner', 'creation', 'modified', 'modified_by', 'docstatus', 'idx'];
export const ofRows = ['parent', 'parentfield', 'parenttype'];

/** Names of the columns that the user may read; of rows, by the permissions of their document's DocType. */
export const readable = (context: Context, meta: Meta, of: Meta): string[] => [
  ...always,
  ...meta.columns.filter(({ permlevel }) => mayAtLevel(context, of, 'read', permlevel)).map(({ fieldname }) => fieldname),
];

function flat(context: Context, meta: Meta, entity: Entity, of = meta): Shown {
  const shown: Shown = {};
  for (const fieldname of readable(context, meta, of)) {
    const value = column(entity, fieldname, meta.byName.get(fieldname));
    if (value !== null) shown[fieldname] = value;
  }
  for (const fieldname of [...ofRows, '__unsaved']) if (entity[fieldname] !== undefined) shown[fieldname] = entity[fieldname];
  return { ...shown, doctype: meta.name };
}

/** A whole document as `/api/resource` answers it: what is NULL is left out, numbers never are, child tables always stand there. */
export function present(context: Context, doc: Doc): Shown {
  const meta = metaOf(context, doc.doctype);
  const shown = flat(context, meta, doc);
  // A single keeps its values as text in one table (single).
  if (meta.issingle) shown['idx'] = String(shown['idx'] ?? '0');
  for (const { fieldname, options = '' } of meta.tables) {
    const child = metaOf(context, options);
    shown[fieldname] = rowsOf(doc, fieldname).map((row) => flat(context, child, row, meta));
  }
  return shown;
}

/** A row by itself, as a method answers it: with every column, those that are NULL too. */
export function rowWithNulls(context: Context, doctype: string, row: ChildRow): Shown {
  const values = metaOf(context, doctype).columns.map((field): [string, unknown] => [field.fieldname, column(row, field.fieldname, field)]);
  return { ...row, ...Object.fromEntries(values), doctype };
}

const tables = { fields: [], permissions: [], actions: [], links: [], states: [] };

/** A DocType and its parts are saved at once, by nobody in particular. */
const saved = ({ modified }: Meta) => ({ creation: modified, modified, modified_by: 'Administrator', owner: 'Administrator' });

/** A field or a permission as a row of its DocType, with a name that is the same at every call. */
function part(context: Context, meta: Meta, doctype: 'DocField' | 'DocPerm', index: number, values: object): Shown {
  const parentfield = doctype === 'DocField' ? 'fields' : 'permissions';
  const name = createHash('md5').update(`${meta.name} ${parentfield} ${index}`).digest('hex').slice(0, 10);
  const row = { name, ...saved(meta), parent: meta.name, parentfield, parenttype: 'DocType', idx: index + 1 };
  return { ...flat(context, metaOf(context, doctype), row), ...values, ...tables };
}

/** Print Formats that are not disabled come with their DocType, whole. */
const printFormat = (meta: Meta, name: string): Shown => ({
  ...{ doctype: 'Print Format', name, ...saved(meta), doc_type: meta.name, standard: 'No', disabled: 0 },
  ...{ print_format_type: 'Jinja', raw_printing: 0, html: '<h1>{{ doc.name }}</h1>' },
});

function structure(context: Context, meta: Meta, whole: boolean): Shown {
  const { byName: _, columns: _c, tables: ownTables, fetching: _f, workflow, print_formats: printFormats, ...own } = meta;
  const names = [...new Set(workflow?.states.map(({ state }) => state))];
  const workflowDocs = [
    context.store.get('Workflow', workflow?.name ?? ''),
    ...names.map((name) => context.store.get('Workflow State', name)),
  ]
    .filter((doc) => doc !== undefined)
    .map((doc) => present(context, doc));
  const fields = meta.fields.map((field, index) => {
    const search = field.fieldtype === 'Link' ? context.metadata.get(field.options ?? '')?.search_fields : undefined;
    return part(context, meta, 'DocField', index, {
      ...field,
      search_fields: search ? search.split(',').map((one) => one.trim()) : null,
      is_custom_field: context.store.has('Custom Field', `${meta.name}-${field.fieldname}`) ? 1 : null,
    });
  });
  const tableFields = ownTables.map((table) => fields[meta.fields.indexOf(table)]);
  const idx = context.store.get('DocType', meta.name)?.idx ?? 0;
  const doc = { ...saved(meta), name: meta.name, idx };
  return {
    ...flat(context, metaOf(context, 'DocType'), doc),
    ...tables,
    ...own,
    fields,
    permissions: meta.permissions.map((permission, index) => part(context, meta, 'DocPerm', index, permission)),
    ...(tableFields.length > 0 ? { _table_fields: tableFields } : {}),
    __assets_loaded: true,
    __print_formats: whole ? (printFormats ?? []).map((name) => printFormat(meta, name)) : null,
    __kanban_column_fields: whole ? [] : null,
    __workflow_docs: whole || workflowDocs.length > 0 ? workflowDocs : null,
  };
}

/** A DocType and those of its child tables, as the desk loads them, with custom fields merged in. */
export function describeDoctype(context: Context, doctype: string): Shown[] {
  const meta = metaOf(context, doctype);
  const children = new Set(meta.tables.map(({ options = '' }) => metaOf(context, options)));
  return [meta, ...children].map((one) => structure(context, one, one === meta));
}
