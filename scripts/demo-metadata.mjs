// Derives electron/demo/metadata/erpnext.json from a folder of DocType structures (one JSON file a DocType).
// Facts only: names, types, labels, options, flags. Expressions are left out; the demo writes its own (expressions.ts).
// Usage: node scripts/demo-metadata.mjs <folder of DocType structures>
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: node scripts/demo-metadata.mjs <folder of DocType structures>');

const doctypeFacts = [
  'name',
  'module',
  'modified',
  'istable',
  'issingle',
  'is_submittable',
  'is_tree',
  'quick_entry',
  'allow_rename',
  'editable_grid',
  'show_title_field_in_link',
  'track_changes',
  'max_attachments',
  'autoname',
  'naming_rule',
  'title_field',
  'image_field',
  'search_fields',
  'sort_field',
  'sort_order',
  'document_type',
];
const fieldFacts = [
  'fieldname',
  'fieldtype',
  'label',
  'options',
  'default',
  'reqd',
  'hidden',
  'read_only',
  'bold',
  'unique',
  'no_copy',
  'set_only_once',
  'allow_on_submit',
  'in_list_view',
  'in_standard_filter',
  'in_global_search',
  'allow_in_quick_entry',
  'ignore_user_permissions',
  'non_negative',
  'is_virtual',
  'collapsible',
  'fetch_if_empty',
  'print_hide',
  'search_index',
  'permlevel',
  'length',
  'columns',
  'precision',
  'fetch_from',
];

const pick = (source, keys) =>
  Object.fromEntries(keys.filter((key) => source[key] !== undefined && source[key] !== null).map((key) => [key, source[key]]));

const doctypes = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')))
  .map((doctype) => ({
    ...pick(doctype, doctypeFacts),
    fields: doctype.fields.map((field) => pick(field, fieldFacts)),
    permissions: doctype.permissions ?? [],
  }));

const target = fileURLToPath(new URL('../electron/demo/metadata/erpnext.json', import.meta.url));
writeFileSync(target, `[\n${doctypes.map((doctype) => JSON.stringify(doctype)).join(',\n')}\n]\n`);
