import type { Doc } from '@shared/erp/document';
import { fieldList, integer, members, record, string, structured, type Arguments, type UploadedFile } from './arguments';
import { defaultCompany } from './defaults';
import { addComment, addTag, assignTo, docinfo } from './docinfo';
import { insert, load, open, update } from './documents';
import { metaOf, type Context } from './engine';
import { FrappeError, noDoctypePermission, refusal } from './errors';
import { parseFilters } from './filters';
import { uploadFile } from './files';
import { rename } from './links';
import { rolesOf } from './people';
import { checkDoctype, mayDocument, permissionsOf, rights, scope } from './permissions';
import { describeDoctype, present } from './present';
import { list, type ListRequest } from './query';
import { itemDetails } from './rules/items';
import { searchLink } from './search';
import { text } from './values';
import { applyTransition, transitionsOf } from './workflow';

type Body = { [key: string]: unknown };

/** The arguments of a list, by the names that `/api/resource` and `frappe.client.get_list` share. */
export const listRequest = (doctype: string, args: Arguments): ListRequest => ({
  doctype,
  ...(args['parent'] ? { parent: string(args['parent']) } : {}),
  fields: fieldList(args['fields']),
  filters: parseFilters(args['filters']),
  orFilters: parseFilters(args['or_filters']),
  orderBy: string(args['order_by']),
  start: integer(args['limit_start'] ?? args['start'], 0),
  length: integer(args['limit_page_length'] ?? args['limit'], 20),
});

/** Rows as objects, or as arrays where the caller asks for `as_dict=0`. */
export const shaped = (rows: Body[], args: Arguments): unknown[] =>
  string(args['as_dict']) === '0' || args['as_dict'] === false ? rows.map((row) => Object.values(row)) : rows;

/** A count goes straight to the table: no permission is asked, and what is missing breaks in the database. */
function count(context: Context, args: Arguments): number {
  const doctype = string(args['doctype']);
  if (context.metadata.get(doctype) === undefined)
    throw new FrappeError('pymysql.err.ProgrammingError', `(1146, "Table 'tab${doctype}' doesn't exist")`);
  try {
    return list(context, { doctype, filters: parseFilters(args['filters']), length: 0, ignorePermissions: true }).length;
  } catch (error) {
    if (error instanceof FrappeError && error.excType === 'DataError')
      throw new FrappeError(
        'pymysql.err.OperationalError',
        `(1054, "Unknown column '${error.message.split(': ').pop() ?? ''}' in 'WHERE'")`,
      );
    throw error;
  }
}

const loadSent = (context: Context, args: Arguments): Doc => load(context, string(args['doctype']), string(args['docname']));

function single(context: Context, doctype: string, fields: string[]): Body {
  if (scope(context, doctype, 'read') === 'none') throw new FrappeError('PermissionError', `No permission for ${doctype}`);
  const doc = load(context, doctype, doctype);
  return Object.fromEntries(fields.map((field) => [field, doc[field] ?? null]));
}

function getValue(context: Context, args: Arguments): unknown {
  const [doctype, given, fields] = [string(args['doctype']), args['filters'], fieldList(args['fieldname'] ?? 'name')];
  if (metaOf(context, doctype).issingle) return single(context, doctype, fields);
  const filters = typeof given === 'string' && !/^\s*[[{]/.test(given) ? { name: given } : given;
  return list(context, { doctype, fields, filters: parseFilters(filters), length: 1 })[0] ?? {};
}

/** Each document stands for itself: what failed is undone and told, the rest stays. */
function bulkUpdate(context: Context, args: Arguments): Body {
  const failed = members(args['docs']).flatMap((sent) => {
    const { doctype, docname, ...values } = record(sent);
    try {
      context.store.transaction(() => update(context, string(doctype), string(docname), values));
      return [];
    } catch (error) {
      if (!(error instanceof FrappeError)) throw error;
      context.messages.push(...error.notes);
      return [{ doc: sent, exc: 'Traceback (most recent call last)' }];
    }
  });
  return { failed_docs: failed };
}

function insertMany(context: Context, args: Arguments): string[] {
  const docs = structured(args['docs']);
  if (!Array.isArray(docs)) throw new FrappeError('TypeError', "'NoneType' object is not iterable");
  if (docs.length > 200) throw new FrappeError('ValidationError', 'Only 200 inserts allowed in one request');
  return docs.map((sent) => insert(context, string(record(sent)['doctype']), record(sent)).name);
}

function getRoles(context: Context, args: Arguments): string[] {
  const person = context.people.get(string(args['uid'] ?? args['user']) || context.user);
  if (person === undefined) return [];
  return person.name === 'Administrator' ? [...context.roles] : rolesOf(person);
}

function getUserPermissions(context: Context): { [doctype: string]: unknown[] } {
  const found: { [doctype: string]: unknown[] } = {};
  for (const permission of context.store.by('User Permission', 'user', context.user)) {
    const { for_value: doc, applicable_for: only = null } = permission;
    (found[text(permission, 'allow')] ??= []).push({ doc, applicable_for: only, is_default: 0 });
  }
  return found;
}

function generateKeys(context: Context, args: Arguments): Body {
  if (context.user !== 'Administrator' && !context.roles.has('System Manager')) throw new FrappeError('PermissionError');
  const person = context.people.get(string(args['user']));
  if (person === undefined) throw new FrappeError('DoesNotExistError', `User ${string(args['user'])} not found`);
  person.apiSecret = context.random.hash(15);
  return { api_secret: person.apiSecret };
}

function getFiscalYear(context: Context, args: Arguments): Body {
  const date = string(args['date']) || context.clock.date();
  const year = context.store.all('Fiscal Year').find((one) => text(one, 'year_start_date') <= date && date <= text(one, 'year_end_date'));
  if (year === undefined) throw refusal(`Date ${date} is not in any active Fiscal Year`, 'erpnext.accounts.utils.FiscalYearError');
  return { name: year.name, year_start_date: year['year_start_date'], year_end_date: year['year_end_date'] };
}

function getDoc(context: Context, args: Arguments): Body {
  const [doctype, name] = [string(args['doctype']), string(args['name'])];
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

function getLinkTitle(context: Context, args: Arguments): string {
  const doc = context.store.get(string(args['doctype']), string(args['docname']));
  const title = doc === undefined ? undefined : metaOf(context, doc.doctype).title_field;
  return title ? text(doc, title) : string(args['docname']);
}

/** Methods whose answer is the body itself. */
export const bodies: { [path: string]: ((context: Context, args: Arguments) => Body) | undefined } = {
  'frappe.desk.form.load.getdoctype'(context, args) {
    const doctype = string(args['doctype']);
    if (context.metadata.get(doctype) === undefined) throw noDoctypePermission(context.user, 'DocType', 'document');
    return { docs: describeDoctype(context, doctype), user_settings: '{}' };
  },
  'frappe.desk.form.load.getdoc': getDoc,
};

/** Methods whose answer stands under `message`. */
export const messages: { [path: string]: ((context: Context, args: Arguments, file?: UploadedFile) => unknown) | undefined } = {
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
  'erpnext.stock.get_item_details.get_item_details'(context, args) {
    if (args['args'] === undefined) throw new FrappeError('TypeError', "get_item_details() missing 1 required positional argument: 'args'");
    return itemDetails(context, record(args['args']));
  },

  'frappe.desk.form.utils.add_comment': addComment,
  'frappe.desk.doctype.tag.tag.add_tag': addTag,
  'frappe.desk.form.assign_to.add': assignTo,
  'frappe.desk.search.search_link': searchLink,
  'frappe.desk.search.get_link_title': getLinkTitle,
  'frappe.desk.reportview.get_count': (context, args) =>
    list(context, { doctype: string(args['doctype']), filters: parseFilters(args['filters']), length: 0 }).length,
  'frappe.model.workflow.get_transitions'(context, args) {
    const { doctype, name } = record(args['doc']);
    const steps = transitionsOf(context, load(context, string(doctype), string(name)));
    return steps.map((row) => ({ ...row, condition: row['condition'] ?? null, doctype: 'Workflow Transition' }));
  },
  'frappe.model.workflow.apply_workflow'(context, args) {
    const { doctype, name } = record(args['doc']);
    return present(context, applyTransition(context, string(doctype), string(name), string(args['action'])));
  },

  'frappe.client.get_time_zone': ({ clock }) => ({ time_zone: clock.timeZone }),
  'frappe.client.get_list': (context, args) => shaped(list(context, listRequest(string(args['doctype']), args)), args),
  'frappe.client.get_count': count,
  'frappe.client.get_value': getValue,
  'frappe.client.get_single_value'(context, args) {
    const field = string(args['field']);
    return single(context, string(args['doctype']), [field])[field];
  },
  'frappe.client.insert_many': insertMany,
  'frappe.client.bulk_update': bulkUpdate,
  'frappe.client.rename_doc': (context, args) =>
    rename(context, string(args['doctype']), string(args['old_name']), string(args['new_name'])),
  'frappe.client.get_doc_permissions': (context, args) => ({ permissions: permissionsOf(context, loadSent(context, args)) }),
  'frappe.client.has_permission'(context, args) {
    const asked = rights.find((right) => right === (string(args['perm_type']) || 'read'));
    return { has_permission: asked !== undefined && mayDocument(context, loadSent(context, args), asked) };
  },
};
