import type { Doc } from '@shared/erp/document';
import { fieldList, integer, record, string, structured, type Arguments, type Body, type UploadedFile } from '../engine/carried';
import { defaultCompany } from '../engine/defaults';
import { addComment, addTag, assignTo, docinfo } from './docinfo';
import { insert, load, open, update } from '../engine/documents';
import { metaOf, type Context } from '../engine/engine';
import { FrappeError, noDoctypePermission, refusal } from '../engine/errors';
import { uploadFile } from './files';
import { parseFilters } from './filters';
import { rename } from '../engine/links';
import { rolesOf } from '../company/people';
import { checkDoctype, mayDocument, permissionsOf, rights, scope } from '../engine/permissions';
import { describeDoctype, present, rowWithNulls } from './present';
import { list, type ListRequest } from './query';
import { scanBarcode } from '../rules/barcodes';
import { itemDetails } from '../rules/items';
import { searchLink } from './search';
import { text } from '../engine/values';
import { applyTransition, transitionsOf } from '../engine/workflow';

type Method = (context: Context, args: Arguments, file?: UploadedFile) => unknown;

/** The arguments of a list, by the names that `/api/resource` and `frappe.client.get_list` share. */
const listRequest = (args: Arguments): ListRequest => ({
  ...{ doctype: args['doctype'] ?? '', parent: args['parent'] ?? '', orderBy: args['order_by'] ?? '', groupBy: args['group_by'] ?? '' },
  fields: fieldList(args['fields']),
  filters: parseFilters(args['filters']),
  orFilters: parseFilters(args['or_filters']),
  start: integer(args['limit_start'] ?? args['start'], 0),
  length: integer(args['limit_page_length'] ?? args['limit'], 20),
});

/** Rows as objects, or as arrays where the caller asks for `as_dict=0`. */
export function getList(context: Context, args: Arguments): unknown[] {
  const rows = list(context, listRequest(args));
  return args['as_dict'] === '0' || args['as_dict'] === 'false' ? rows.map((row) => Object.values(row)) : rows;
}

/** A count goes straight to the table: no permission is asked, and what is missing breaks in the database. */
function count(context: Context, { doctype = '', filters }: Arguments): number {
  if (context.metadata.get(doctype) === undefined)
    throw new FrappeError('pymysql.err.ProgrammingError', `(1146, "Table 'tab${doctype}' doesn't exist")`);
  try {
    return list(context, { doctype, filters: parseFilters(filters), length: 0, ignorePermissions: true }).length;
  } catch (error) {
    if (!(error instanceof FrappeError) || error.excType !== 'DataError') throw error;
    const column = error.message.split(': ').pop() ?? '';
    throw new FrappeError('pymysql.err.OperationalError', `(1054, "Unknown column '${column}' in 'WHERE'")`);
  }
}

function single(context: Context, doctype: string, fields: string[]): Body {
  if (scope(context, doctype, 'read') === 'none') throw new FrappeError('PermissionError', `No permission for ${doctype}`);
  const doc = load(context, doctype, doctype);
  return Object.fromEntries(fields.map((field) => [field, doc[field] ?? null]));
}

function getValue(context: Context, { doctype = '', fieldname = 'name', filters }: Arguments): unknown {
  const fields = fieldList(fieldname);
  if (metaOf(context, doctype).issingle) return single(context, doctype, fields);
  const conditions = parseFilters(filters === undefined || /^\s*[[{]/.test(filters) ? filters : { name: filters });
  return list(context, { doctype, fields, filters: conditions, length: 1 })[0] ?? {};
}

function sentDocs({ docs }: Arguments): Body[] {
  const sent = structured(docs);
  if (!Array.isArray(sent)) throw new FrappeError('TypeError', "'NoneType' object is not iterable");
  return sent.map(record);
}

/** Each document stands for itself: what failed is undone and told, the rest stays. */
function bulkUpdate(context: Context, args: Arguments): Body {
  const failed = sentDocs(args).flatMap((doc) => {
    const { doctype, docname, ...values } = doc;
    try {
      context.store.transaction(() => update(context, string(doctype), string(docname), values));
      return [];
    } catch (error) {
      if (!(error instanceof FrappeError)) throw error;
      context.messages.push(...error.notes);
      return [{ doc, exc: 'Traceback (most recent call last)' }];
    }
  });
  return { failed_docs: failed };
}

function insertMany(context: Context, args: Arguments): string[] {
  const docs = sentDocs(args);
  if (docs.length > 200) throw new FrappeError('ValidationError', 'Only 200 inserts allowed in one request');
  return docs.map((doc) => insert(context, string(doc['doctype']), doc).name);
}

function getRoles(context: Context, { uid, user = uid ?? context.user }: Arguments): string[] {
  const person = context.people.get(user);
  if (person === undefined) return [];
  return user === 'Administrator' ? [...context.roles] : rolesOf(person);
}

function getUserPermissions(context: Context): { [doctype: string]: Body[] } {
  const found: { [doctype: string]: Body[] } = {};
  for (const permission of context.store.by('User Permission', 'user', context.user)) {
    const { for_value: doc, applicable_for: only = null, is_default: isDefault = 0 } = permission;
    (found[text(permission, 'allow')] ??= []).push({ doc, applicable_for: only, is_default: isDefault });
  }
  return found;
}

function generateKeys(context: Context, { user = '' }: Arguments): Body {
  if (context.user !== 'Administrator' && !context.roles.has('System Manager')) throw new FrappeError('PermissionError');
  const person = context.people.get(user);
  if (person === undefined) throw new FrappeError('DoesNotExistError', `User ${user} not found`);
  person.apiSecret = context.random.hash(15);
  return { api_secret: person.apiSecret };
}

function getFiscalYear({ store, clock }: Context, { date = clock.date() }: Arguments): Body {
  const year = store.all('Fiscal Year').find((one) => text(one, 'year_start_date') <= date && date <= text(one, 'year_end_date'));
  if (year === undefined) throw refusal(`Date ${date} is not in any active Fiscal Year`, 'erpnext.accounts.utils.FiscalYearError');
  return { name: year.name, year_start_date: year['year_start_date'], year_end_date: year['year_end_date'] };
}

function getDoc(context: Context, { doctype = '', name = '' }: Arguments): Body {
  if (!context.store.has(doctype, name) && !metaOf(context, doctype).issingle) {
    checkDoctype(context, doctype, 'read');
    return { message: [] };
  }
  const doc = open(context, doctype, name, 'read');
  const tags = text(doc, '_user_tags');
  const onload = { addr_list: [], contact_list: [], dashboard_info: [] };
  const shown = { ...present(context, doc), ...(tags === '' ? {} : { _user_tags: tags }), __onload: onload };
  return { docs: [shown], docinfo: docinfo(context, doc), _link_titles: {} };
}

function getDoctype(context: Context, { doctype = '' }: Arguments): Body {
  if (context.metadata.get(doctype) === undefined) throw noDoctypePermission(context.user, 'DocType', 'document');
  return { docs: describeDoctype(context, doctype), user_settings: '{}' };
}

function getLinkTitle(context: Context, { doctype = '', docname = '' }: Arguments): string {
  const title = metaOf(context, doctype).title_field;
  return (title && text(context.store.get(doctype, docname), title)) || docname;
}

const addressedDoc = (context: Context, { doctype = '', docname = '' }: Arguments): Doc => load(context, doctype, docname);
/** Workflow methods get the document as JSON; only its address counts. */
const addressed = ({ doc }: Arguments): [doctype: string, name: string] => [string(record(doc)['doctype']), string(record(doc)['name'])];

/** Methods whose answer is the whole body, not the `message` of one. */
export const answersBody = new Set(['frappe.desk.form.load.getdoctype', 'frappe.desk.form.load.getdoc']);

export const methods: { [path: string]: Method | undefined } = {
  ping: () => 'pong',
  upload_file: uploadFile,
  'frappe.auth.get_logged_user': ({ user }) => user,
  'frappe.apps.get_apps': () => [
    {
      ...{ name: 'erpnext', title: 'ERPNext', description: 'ERP made simple' },
      ...{ logo: '/assets/erpnext/images/erpnext-logo-blue.png', route: '/app/home', help_url: '/kb' },
    },
  ],
  'frappe.utils.change_log.get_versions': () => ({
    frappe: { title: 'Frappe Framework', description: 'Full stack web framework', branch: '', version: '15.72.4' },
    erpnext: { title: 'ERPNext', description: 'ERP made simple', branch: '', version: '15.71.1' },
  }),
  'frappe.core.doctype.user.user.get_roles': getRoles,
  'frappe.core.doctype.user.user.generate_keys': generateKeys,
  'frappe.core.doctype.user_permission.user_permission.get_user_permissions': getUserPermissions,
  'frappe.core.doctype.session_default_settings.session_default_settings.get_session_default_values': (context) =>
    `[{"fieldname": "company", "fieldtype": "Link", "options": "Company", "label": "Default Company", "default": ${JSON.stringify(defaultCompany(context) ?? null)}}]`,
  'erpnext.accounts.utils.get_fiscal_year': getFiscalYear,
  'erpnext.stock.get_item_details.get_item_details'(context, { args }) {
    if (args === undefined) throw new FrappeError('TypeError', "get_item_details() missing 1 required positional argument: 'args'");
    return itemDetails(context, record(args));
  },
  'erpnext.stock.utils.scan_barcode': scanBarcode,

  'frappe.desk.form.load.get_user_info_for_viewers': ({ people }, { users }) => {
    const asked = structured(users);
    const names = Array.isArray(asked) ? asked.map(string) : [];
    return Object.fromEntries(
      names.map((name) => [name, { fullname: people.get(name)?.fullName ?? name, image: null, name, email: name }]),
    );
  },
  'frappe.desk.form.load.getdoctype': getDoctype,
  'frappe.desk.form.load.getdoc': getDoc,
  'frappe.desk.form.utils.add_comment': addComment,
  'frappe.desk.doctype.tag.tag.add_tag': addTag,
  'frappe.desk.form.assign_to.add': assignTo,
  'frappe.desk.search.search_link': searchLink,
  'frappe.desk.search.get_link_title': getLinkTitle,
  'frappe.desk.reportview.get_count': (context, args) => list(context, { ...listRequest(args), fields: [], length: 0 }).length,
  'frappe.model.workflow.get_transitions': (context, args) =>
    transitionsOf(context, load(context, ...addressed(args))).map((row) => rowWithNulls(context, 'Workflow Transition', row)),
  'frappe.model.workflow.apply_workflow': (context, args) =>
    present(context, applyTransition(context, ...addressed(args), args['action'] ?? '')),

  'frappe.client.get_time_zone': ({ clock }) => ({ time_zone: clock.timeZone }),
  'frappe.client.get_list': getList,
  'frappe.client.get_count': count,
  'frappe.client.get_value': getValue,
  'frappe.client.get_single_value': (context, { doctype = '', field = '' }) => single(context, doctype, [field])[field],
  'frappe.client.insert_many': insertMany,
  'frappe.client.bulk_update': bulkUpdate,
  'frappe.client.rename_doc': (context, { doctype = '', old_name: from = '', new_name: to = '' }) => rename(context, doctype, from, to),
  'frappe.client.get_doc_permissions': (context, args) => ({ permissions: permissionsOf(context, addressedDoc(context, args)) }),
  'frappe.client.has_permission'(context, args) {
    const asked = rights.find((right) => right === (args['perm_type'] ?? 'read'));
    return { has_permission: asked !== undefined && mayDocument(context, addressedDoc(context, args), asked) };
  },
};
