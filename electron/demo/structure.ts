import type { DocField } from '@shared/erp/docfield';
import { metaOf, type Context } from './engine';
import type { Meta } from './metadata';
import { present } from './present';
import { createRandom } from './random';

const fieldFlags = (
  'search_index show_dashboard hidden set_only_once allow_in_quick_entry print_hide report_hide reqd bold in_global_search ' +
  'collapsible unique no_copy allow_on_submit permlevel ignore_user_permissions columns in_list_view fetch_if_empty ' +
  'in_filter remember_last_selected_value ignore_xss_filter print_hide_if_no_value allow_bulk_edit in_standard_filter ' +
  'in_preview read_only length translatable hide_border hide_days hide_seconds non_negative is_virtual sort_options'
).split(' ');
const doctypeFlags = (
  'issingle is_virtual is_tree istable editable_grid track_changes read_only in_create allow_copy allow_rename allow_import ' +
  'hide_toolbar track_seen max_attachments is_submittable show_name_in_global_search custom beta show_title_field_in_link ' +
  'translated_doctype quick_entry queue_in_background'
).split(' ');
const permissionFlags =
  'read write create submit cancel delete amend report export import share print email if_owner select permlevel'.split(' ');
const empty = { fields: [], permissions: [], actions: [], links: [], states: [] };

const zeros = (flags: string[]): { [flag: string]: number } => Object.fromEntries(flags.map((flag) => [flag, 0]));

/** A name as the server's own parts have, the same at every call. */
const partName = (of: string): string =>
  createRandom(Array.from(of).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7)).hash();

function part(meta: Meta, kind: 'DocField' | 'DocPerm', index: number): { [key: string]: unknown } {
  const parentfield = kind === 'DocField' ? 'fields' : 'permissions';
  return {
    doctype: kind,
    name: partName(`${meta.name} ${parentfield} ${index}`),
    creation: meta.modified,
    modified: meta.modified,
    modified_by: 'Administrator',
    owner: 'Administrator',
    docstatus: 0,
    parent: meta.name,
    parentfield,
    parenttype: 'DocType',
    idx: index + 1,
  };
}

const searchFields = (context: Context, field: DocField): string[] | null => {
  const target = field.fieldtype === 'Link' ? context.metadata.get(field.options ?? '') : undefined;
  return target?.search_fields ? target.search_fields.split(',').map((one) => one.trim()) : null;
};

const describeField = (context: Context, meta: Meta, field: DocField, index: number) => ({
  ...part(meta, 'DocField', index),
  ...zeros(fieldFlags),
  ...field,
  ...empty,
  search_fields: searchFields(context, field),
  is_custom_field: context.store.has('Custom Field', `${meta.name}-${field.fieldname}`) ? 1 : null,
  linked_document_type: null,
});

function describe(context: Context, meta: Meta, whole: boolean): { [key: string]: unknown } {
  const { byName: _, columns: _c, tables, fetching: _f, workflow, ...own } = meta;
  const definition = workflow === undefined ? undefined : context.store.get('Workflow', workflow.name);
  const states = new Set(workflow?.states.map(({ state }) => state));
  return {
    doctype: 'DocType',
    creation: meta.modified,
    modified_by: 'Administrator',
    owner: 'Administrator',
    docstatus: 0,
    idx: 0,
    ...zeros(doctypeFlags),
    ...own,
    engine: 'InnoDB',
    row_format: 'Dynamic',
    fields: meta.fields.map((field, index) => describeField(context, meta, field, index)),
    permissions: meta.permissions.map((permission, index) => ({
      ...part(meta, 'DocPerm', index),
      ...zeros(permissionFlags),
      ...permission,
      ...empty,
    })),
    ...(tables.length > 0 ? { _table_fields: tables.map((field) => describeField(context, meta, field, meta.fields.indexOf(field))) } : {}),
    actions: [],
    links: [],
    states: [],
    is_large_table: false,
    __js: '',
    __custom_js: '',
    __custom_list_js: '',
    __css: null,
    __list_js: null,
    __calendar_js: null,
    __map_js: null,
    __linked_with: null,
    __messages: null,
    __print_formats: whole ? [] : null,
    __form_grid_templates: null,
    __listview_template: null,
    __tree_js: null,
    __dashboard: {},
    __kanban_column_fields: whole ? [] : null,
    __templates: null,
    __assets_loaded: true,
    __workflow_docs:
      definition === undefined
        ? whole
          ? []
          : null
        : [definition, ...[...states].flatMap((state) => context.store.get('Workflow State', state) ?? [])].map((doc) =>
            present(context, doc),
          ),
  };
}

/** A DocType and those of its child tables, as the desk loads them, with custom fields merged in. */
export function describeDoctype(context: Context, doctype: string): { [key: string]: unknown }[] {
  const meta = metaOf(context, doctype);
  const children = new Set(meta.tables.flatMap(({ options }) => context.metadata.get(options ?? '') ?? []));
  return [meta, ...children].map((one) => describe(context, one, one === meta));
}
