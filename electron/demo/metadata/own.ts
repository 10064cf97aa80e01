import type { DocField } from '@shared/erp/docfield';
import type { DocPerm, DocType } from '@shared/erp/doctype';

// DocTypes that the demo needs besides those of erpnext.json, cut down to what they are used for.

const rights = { read: 1, write: 1, create: 1, delete: 1, report: 1, export: 1, share: 1, print: 1, email: 1 } as const;
const managers: DocPerm[] = [{ role: 'System Manager', ...rights }];
const everyoneReads: DocPerm[] = [...managers, { role: 'All', read: 1, select: 1 }];
const accountants: DocPerm[] = ['Accounts User', 'Accounts Manager', 'Auditor'].map((role) => ({ role, read: 1, report: 1, export: 1 }));

const traders: DocPerm[] = ['Accounts User', 'Sales User', 'Purchase User'].map((role) => ({ role, read: 1, report: 1 }));

/** Fieldtypes of two words, as written below. */
const longNames: { [short: string]: string } = {
  Dynamic: 'Dynamic Link',
  Small: 'Small Text',
  'HTML-Text': 'HTML Editor',
  Text: 'Text Editor',
};

/** `fieldname Fieldtype`, then options after a colon; `!` marks a mandatory field, `=` a default. */
function field(line: string): DocField {
  const [head = '', options] = line.split(': ');
  const [name = '', fieldtype = 'Data', value] = head.split(' ');
  const fieldname = name.replace('!', '');
  const label = fieldname
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
  return {
    fieldname,
    label,
    fieldtype: longNames[fieldtype] ?? fieldtype,
    ...(options === undefined ? {} : { options: options.replaceAll('|', '\n') }),
    ...(name.endsWith('!') ? { reqd: 1 } : {}),
    ...(value === undefined ? {} : { default: value.slice(1) }),
  };
}

function doctype(name: string, fields: string[], rest: Partial<DocType> = {}): DocType {
  const about = { name, module: 'Core', modified: '2025-01-01 00:00:00.000000', sort_field: 'modified', sort_order: 'DESC' };
  return { ...about, fields: fields.map(field), permissions: managers, ...rest };
}

const named = (name: string, fieldname: string, fields: string[] = [], rest: Partial<DocType> = {}): DocType =>
  doctype(name, [`${fieldname}! Data`, ...fields], { autoname: `field:${fieldname}`, permissions: everyoneReads, ...rest });

const child = (name: string, fields: string[]): DocType => doctype(name, fields, { istable: 1, permissions: [] });

const checks = (fieldnames: string): string[] => fieldnames.split(' ').map((fieldname) => `${fieldname} Check`);

export const ownDoctypes: DocType[] = [
  doctype(
    'DocType',
    [
      'module Data',
      'max_attachments Int',
      ...checks('issingle is_virtual is_tree istable editable_grid track_changes read_only in_create allow_copy allow_rename allow_import'),
      ...checks('hide_toolbar track_seen is_submittable show_name_in_global_search custom beta show_title_field_in_link'),
      ...checks('translated_doctype quick_entry queue_in_background'),
    ],
    { autoname: 'Prompt', search_fields: 'module' },
  ),
  child('DocField', [
    ...['permlevel Int', 'columns Int', 'length Int'],
    ...checks('search_index show_dashboard hidden set_only_once allow_in_quick_entry print_hide report_hide reqd bold in_global_search'),
    ...checks('collapsible unique no_copy allow_on_submit ignore_user_permissions in_list_view fetch_if_empty in_filter'),
    ...checks('remember_last_selected_value ignore_xss_filter print_hide_if_no_value allow_bulk_edit in_standard_filter in_preview'),
    ...checks('read_only translatable hide_border hide_days hide_seconds non_negative is_virtual sort_options'),
  ]),
  child('DocPerm', [
    'role Link: Role',
    'permlevel Int',
    ...checks('read write create submit cancel delete amend report export import share print email if_owner select'),
  ]),
  doctype('User', ['email! Data', 'full_name Data', 'enabled Check =1', 'user_type Data', 'time_zone Data'], {
    autoname: 'field:email',
    search_fields: 'full_name',
  }),
  named('Role', 'role_name', ['disabled Check', 'desk_access Check =1']),
  named('Country', 'country_name', ['code Data']),
  named('Language', 'language_code', ['language_name Data', 'enabled Check =1']),
  named('Gender', 'gender'),
  named('Salutation', 'salutation'),
  named('Tax Category', 'title'),
  named('Terms and Conditions', 'title', ['terms Text', 'disabled Check']),
  named('Fiscal Year', 'year', ['year_start_date! Date', 'year_end_date! Date', 'disabled Check']),
  doctype(
    'System Settings',
    ['time_zone Data', 'date_format Data', 'time_format Data', 'number_format Data', 'float_precision Data', 'language Link: Language'],
    { issingle: 1 },
  ),
  doctype('Global Defaults', ['default_company Link: Company', 'default_currency Link: Currency'], { issingle: 1 }),
  doctype(
    'User Permission',
    [
      'user! Link: User',
      'allow! Link: DocType',
      'for_value! Dynamic: allow',
      'is_default Check',
      'apply_to_all_doctypes Check =1',
      'applicable_for Link: DocType',
      'hide_descendants Check',
    ],
    { autoname: 'hash' },
  ),
  doctype('Custom Field', [
    'dt! Link: DocType',
    'label Data',
    'fieldname Data',
    'insert_after Data',
    'fieldtype! Data =Data',
    'options Small',
    'default Text',
    'length Int',
    'permlevel Int',
    'unique Check',
    'no_copy Check',
    'hidden Check',
    'read_only Check',
    'reqd Check',
    'in_list_view Check',
    'allow_on_submit Check',
    'hide_days Check',
    'hide_seconds Check',
    'search_index Check',
    'print_hide Check',
    'fetch_from Small',
    'depends_on Code',
    'is_system_generated Check',
  ]),
  doctype(
    'Workflow',
    [
      'workflow_name! Data',
      'document_type! Link: DocType',
      'is_active Check',
      'override_status Check',
      'send_email_alert Check',
      'states! Table: Workflow Document State',
      'transitions! Table: Workflow Transition',
      'workflow_state_field! Data =workflow_state',
    ],
    { autoname: 'field:workflow_name' },
  ),
  child('Workflow Document State', [
    'state! Link: Workflow State',
    'doc_status Select: 0|1|2',
    'update_field Select',
    'update_value Data',
    'is_optional_state Check',
    'avoid_status_override Check',
    'allow_edit! Link: Role',
    'send_email Check =1',
  ]),
  child('Workflow Transition', [
    'state! Link: Workflow State',
    'action! Link: Workflow Action Master',
    'next_state! Link: Workflow State',
    'allowed! Link: Role',
    'allow_self_approval Check =1',
    'send_email_to_creator Check',
    'condition Code',
    'workflow_builder_id Data',
  ]),
  named('Workflow State', 'workflow_state_name', [
    'icon Select: |question-sign|ok-sign',
    'style Select: |Primary|Info|Success|Warning|Danger',
  ]),
  named('Workflow Action Master', 'workflow_action_name'),
  doctype(
    'Comment',
    [
      'comment_type! Select: Comment|Like|Info|Label|Workflow|Created|Submitted|Cancelled|Updated|Deleted|Assigned|Attachment|Edit =Comment',
      'comment_email Data',
      'comment_by Data',
      'published Check',
      'seen Check',
      'reference_doctype Link: DocType',
      'reference_name Dynamic: reference_doctype',
      'content HTML-Text',
    ],
    { autoname: 'hash' },
  ),
  doctype(
    'Webhook',
    [
      'webhook_doctype! Link: DocType',
      'webhook_docevent Select: after_insert|on_update|on_submit|on_cancel|on_trash|on_update_after_submit|on_change',
      'enabled Check =1',
      'condition Small',
      'request_url! Data',
      'timeout! Int =5',
      'is_dynamic_url Check',
      'request_method! Select =POST: POST|PUT|DELETE',
      'request_structure Select: |Form URL-Encoded|JSON',
      'enable_security Check',
      'webhook_secret Password',
      'webhook_json Code',
    ],
    { autoname: 'Prompt', module: 'Integrations' },
  ),
  doctype('Version', ['ref_doctype! Link: DocType', 'docname! Data', 'data Code'], { autoname: 'hash' }),
  doctype('Deleted Document', ['deleted_doctype Data', 'deleted_name Data', 'data Code', 'restored Check', 'new_name Data'], {
    autoname: 'hash',
  }),
  doctype(
    'Currency Exchange',
    [
      'date! Date =Today',
      'from_currency! Link: Currency',
      'to_currency! Link: Currency',
      'exchange_rate! Float',
      ...checks('for_buying for_selling').map((line) => `${line} =1`),
    ],
    { autoname: 'format:{date}-{from_currency}-{to_currency}', module: 'Setup', permissions: [...managers, ...traders] },
  ),
  doctype(
    'GL Entry',
    [
      'posting_date Date',
      'account Link: Account',
      'party_type Link: DocType',
      'party Dynamic: party_type',
      'debit Currency',
      'credit Currency',
      'against Text',
      'voucher_type Link: DocType',
      'voucher_no Dynamic: voucher_type',
      'company Link: Company',
      'is_cancelled Check',
    ],
    { autoname: 'ACC-GLE-.YYYY.-.#####', module: 'Accounts', permissions: accountants },
  ),
];
