import type { Doc } from '@shared/erp/document';
import { fieldList, integer, record, string, structured, type Arguments, type UploadedFile } from './arguments';
import { defaultCompany } from './defaults';
import { addComment, addTag, assignTo, docinfo } from './docinfo';
import { insert, load, transition, update } from './documents';
import { metaOf, type Context } from './engine';
import { crash, FrappeError, noDoctypePermission, refusal, thrown } from './errors';
import { parseFilters } from './filters';
import { uploadFile } from './files';
import { rename } from './links';
import { rolesOf } from './people';
import { checkDoctype, checkDocument, mayDocument, permissionsOf, rights, scope } from './permissions';
import { present } from './present';
import { list, type ListRequest } from './query';
import { itemDetails } from './rules/items';
import { describeDoctype } from './structure';
import { applyTransition, transitionsOf } from './workflow';
import { text } from './values';

/** What a whitelisted method answers: under `message`, or as keys of the answer itself. */
export type Answer = { message: unknown } | { body: { [key: string]: unknown } };
type Method = (context: Context, args: Arguments, file: UploadedFile | undefined) => Answer;

const message = (value: unknown): Answer => ({ message: value });

/** The arguments of a list, by the names that `/api/resource` and `frappe.client.get_list` share. */
export function listRequest(doctype: string, args: Arguments): ListRequest {
  const length = args['limit_page_length'] ?? args['limit'];
  return {
    doctype,
    ...(args['parent'] ? { parent: string(args['parent']) } : {}),
    fields: fieldList(args['fields']),
    filters: parseFilters(structured(args['filters'])),
    orFilters: parseFilters(structured(args['or_filters'])),
    orderBy: string(args['order_by']),
    start: integer(args['limit_start'] ?? args['start'], 0),
    length: integer(length, 20),
  };
}

/** Rows as objects, or as arrays where the caller asks for `as_dict=0`. */
export const shaped = (rows: { [label: string]: unknown }[], args: Arguments): unknown[] =>
  string(args['as_dict']) === '0' || args['as_dict'] === false ? rows.map((row) => Object.values(row)) : rows;

/** A count goes straight to the table: no permission is asked, and what is missing breaks in the database. */
function count(context: Context, args: Arguments): number {
  const doctype = string(args['doctype']);
  if (context.metadata.get(doctype) === undefined)
    throw crash('ProgrammingError', `pymysql.err.ProgrammingError: (1146, "Table 'tab${doctype}' doesn't exist")`);
  try {
    return list(context, { doctype, filters: parseFilters(structured(args['filters'])), length: 0, ignorePermissions: true }).length;
  } catch (error) {
    const unknown = error instanceof FrappeError && error.excType === 'DataError' ? /query: (.+)$/.exec(error.message)?.[1] : undefined;
    throw unknown === undefined
      ? error
      : crash('OperationalError', `pymysql.err.OperationalError: (1054, "Unknown column '${unknown}' in 'WHERE'")`);
  }
}

function sentDoc(args: Arguments): { doctype: string; name: string } {
  const sent = record(args['doc']);
  return { doctype: string(sent['doctype']), name: string(sent['name']) };
}

function getValue(context: Context, args: Arguments): unknown {
  const doctype = string(args['doctype']);
  const given = args['filters'];
  const filters = typeof given === 'string' && !/^\s*[[{]/.test(given) ? { name: given } : structured(given);
  const fields = fieldList(args['fieldname'] ?? 'name');
  if (metaOf(context, doctype).issingle) {
    if (scope(context, doctype, 'read') === 'none') throw thrown('PermissionError', `No permission for ${doctype}`, { status: 403 });
    const doc = load(context, doctype, doctype);
    return Object.fromEntries(fields.map((field) => [field, doc[field] ?? null]));
  }
  return list(context, { doctype, fields, filters: parseFilters(filters), length: 1 })[0] ?? {};
}

/** Hits whose name or search fields hold the text, the most used first (`idx` descending). */
function searchLink(context: Context, args: Arguments): { value: string; description: string; label?: string }[] {
  const doctype = string(args['doctype']);
  const meta = metaOf(context, doctype);
  if (scope(context, doctype, 'select') === 'none') checkDoctype(context, doctype, 'read', 'list');
  const sought = string(args['txt']).toLowerCase();
  const described = `${meta.title_field ?? ''},${meta.search_fields ?? ''}`
    .split(',')
    .map((field) => field.trim())
    .filter((field) => meta.byName.has(field));
  const ignorePermissions = scope(context, doctype, 'read') === 'none';
  const names = list(context, { doctype, filters: parseFilters(structured(args['filters'])), length: 0, ignorePermissions });
  const docs = names
    .flatMap(({ name }) => context.store.get(doctype, string(name)) ?? [])
    .filter((doc) => !doc['disabled'] && text(doc, 'enabled') !== '0');
  const hits = docs.filter((doc) =>
    [doc.name, ...described.map((field) => text(doc, field))].some((value) => value.toLowerCase().includes(sought)),
  );
  const rank = (doc: Doc): number => (doc.name.toLowerCase().startsWith(sought) ? 0 : 1);
  const newest = (left: Doc, right: Doc): number => (text(left, 'modified') < text(right, 'modified') ? 1 : -1);
  hits.sort((left, right) => rank(left) - rank(right) || (right.idx ?? 0) - (left.idx ?? 0) || newest(left, right));
  return hits.slice(0, integer(args['page_length'], 10)).map((doc) => {
    const description = [...new Set(described.map((field) => text(doc, field)).filter((value) => value !== ''))].join(', ');
    return { value: doc.name, description, ...(meta.show_title_field_in_link ? { label: text(doc, meta.title_field ?? 'name') } : {}) };
  });
}

function bulkUpdate(context: Context, args: Arguments): Answer {
  const docs = structured(args['docs']);
  const failed: unknown[] = [];
  const sentDocs: unknown[] = Array.isArray(docs) ? docs : [];
  for (const sent of sentDocs) {
    const { doctype, docname, ...values } = record(sent);
    try {
      context.store.transaction(() => update(context, string(doctype), string(docname), values));
    } catch (error) {
      if (!(error instanceof FrappeError)) throw error;
      context.messages.push(...(error.shape.messages ?? []));
      failed.push({ doc: sent, exc: 'Traceback (most recent call last)' });
    }
  }
  return message({ failed_docs: failed });
}

function insertMany(context: Context, args: Arguments): Answer {
  const docs = structured(args['docs']);
  if (!Array.isArray(docs)) throw crash('TypeError', "TypeError: 'NoneType' object is not iterable");
  if (docs.length > 200) throw thrown('ValidationError', 'Only 200 inserts allowed in one request');
  return message(docs.map((sent) => insert(context, string(record(sent)['doctype']), record(sent)).name));
}

/** Submit and cancel by name ignore `modified`: whatever is stored is what is submitted (stale-submit-and-delete). */
export function runMethod(context: Context, doctype: string, name: string, method: string): Doc | undefined {
  if (method === 'submit') return transition(context, doctype, name, 1);
  if (method === 'cancel') return transition(context, doctype, name, 2);
  return undefined;
}

export const methods: { [path: string]: Method | undefined } = {
  'frappe.auth.get_logged_user': ({ user }) => message(user),
  'frappe.core.doctype.user.user.get_roles': (context, args) => {
    const person = context.people.get(string(args['uid'] ?? args['user']) || context.user);
    return message(person === undefined ? [] : person.name === 'Administrator' ? [...context.roles] : rolesOf(person));
  },
  'frappe.client.get_time_zone': ({ clock }) => message({ time_zone: clock.timeZone }),
  'frappe.utils.change_log.get_versions': () =>
    message({
      frappe: { title: 'Frappe Framework', description: 'Full stack web framework', branch: '', version: '15.72.4' },
      erpnext: { title: 'ERPNext', description: 'ERP made simple', branch: '', version: '15.71.1' },
    }),
  'frappe.apps.get_apps': () =>
    message([
      {
        name: 'erpnext',
        logo: '/assets/erpnext/images/erpnext-logo-blue.png',
        title: 'ERPNext',
        route: '/app/home',
        description: 'ERP made simple',
        help_url: '/kb',
      },
    ]),
  'frappe.core.doctype.user_permission.user_permission.get_user_permissions': (context) => {
    const found: { [doctype: string]: unknown[] } = {};
    for (const permission of context.store.by('User Permission', 'user', context.user))
      (found[text(permission, 'allow')] ??= []).push({
        doc: permission['for_value'],
        applicable_for: permission['applicable_for'] ?? null,
        is_default: 0,
      });
    return message(found);
  },
  'frappe.core.doctype.session_default_settings.session_default_settings.get_session_default_values': (context) =>
    message(
      `[{"fieldname": "company", "fieldtype": "Link", "options": "Company", "label": "Default Company", "default": ${JSON.stringify(defaultCompany(context) ?? null)}}]`,
    ),
  'frappe.core.doctype.user.user.generate_keys': (context, args) => {
    if (context.user !== 'Administrator' && !context.roles.has('System Manager'))
      throw new FrappeError(403, 'PermissionError', { exception: 'frappe.exceptions.PermissionError' });
    const person = context.people.get(string(args['user']));
    if (person === undefined) throw thrown('DoesNotExistError', `User ${string(args['user'])} not found`, { status: 404 });
    person.apiSecret = context.random.hash(15);
    return message({ api_secret: person.apiSecret });
  },
  'erpnext.accounts.utils.get_fiscal_year': (context, args) => {
    const date = string(args['date']) || context.clock.date();
    const year = context.store.all('Fiscal Year').find((one) => text(one, 'year_start_date') <= date && date <= text(one, 'year_end_date'));
    if (year === undefined) throw refusal(`Date ${date} is not in any active Fiscal Year`, 'accounts.utils.FiscalYearError');
    return message({ name: year.name, year_start_date: year['year_start_date'], year_end_date: year['year_end_date'] });
  },
  'erpnext.stock.get_item_details.get_item_details': (context, args) => {
    if (args['args'] === undefined)
      throw crash('TypeError', "TypeError: get_item_details() missing 1 required positional argument: 'args'");
    return message(itemDetails(context, record(args['args'])));
  },

  'frappe.desk.form.load.getdoctype': (context, args) => {
    const doctype = string(args['doctype']);
    if (context.metadata.get(doctype) === undefined) throw noDoctypePermission(context.user, 'DocType', 'document');
    return { body: { docs: describeDoctype(context, doctype), user_settings: '{}' } };
  },
  'frappe.desk.form.load.getdoc': (context, args) => {
    const [doctype, name] = [string(args['doctype']), string(args['name'])];
    if (context.store.get(doctype, name) === undefined && !metaOf(context, doctype).issingle) {
      checkDoctype(context, doctype, 'read');
      return message([]);
    }
    const doc = load(context, doctype, name);
    checkDocument(context, doc, 'read');
    const tags = text(doc, '_user_tags');
    const shown = {
      ...present(context, doc),
      ...(tags === '' ? {} : { _user_tags: tags }),
      __onload: { addr_list: [], contact_list: [], dashboard_info: [] },
    };
    return { body: { docs: [shown], docinfo: docinfo(context, doc), _link_titles: {} } };
  },
  'frappe.desk.form.utils.add_comment': (context, args) => message(addComment(context, args)),
  'frappe.desk.doctype.tag.tag.add_tag': (context, args) => message(addTag(context, args)),
  'frappe.desk.form.assign_to.add': (context, args) => message(assignTo(context, args)),
  'frappe.desk.search.search_link': (context, args) => message(searchLink(context, args)),
  'frappe.desk.search.get_link_title': (context, args) => {
    const doc = context.store.get(string(args['doctype']), string(args['docname']));
    const title = doc === undefined ? undefined : metaOf(context, doc.doctype).title_field;
    return message(doc === undefined ? string(args['docname']) : title ? text(doc, title) : doc.name);
  },
  'frappe.desk.reportview.get_count': (context, args) =>
    message(list(context, { doctype: string(args['doctype']), filters: parseFilters(structured(args['filters'])), length: 0 }).length),
  'frappe.model.workflow.get_transitions': (context, args) => {
    const { doctype, name } = sentDoc(args);
    return message(
      transitionsOf(context, load(context, doctype, name)).map((row) => ({
        ...row,
        condition: row['condition'] ?? null,
        doctype: 'Workflow Transition',
      })),
    );
  },
  'frappe.model.workflow.apply_workflow': (context, args) =>
    message(present(context, applyTransition(context, sentDoc(args), string(args['action'])))),
  upload_file: (context, args, file) => message(uploadFile(context, args, file)),

  'frappe.client.get_list': (context, args) => message(shaped(list(context, listRequest(string(args['doctype']), args)), args)),
  'frappe.client.get_count': (context, args) => message(count(context, args)),
  'frappe.client.get_value': (context, args) => message(getValue(context, args)),
  'frappe.client.get_single_value': (context, args) => {
    const doctype = string(args['doctype']);
    if (scope(context, doctype, 'read') === 'none') throw thrown('PermissionError', `No permission for ${doctype}`, { status: 403 });
    return message(load(context, doctype, doctype)[string(args['field'])] ?? null);
  },
  'frappe.client.insert_many': insertMany,
  'frappe.client.bulk_update': bulkUpdate,
  'frappe.client.rename_doc': (context, args) =>
    message(rename(context, string(args['doctype']), string(args['old_name']), string(args['new_name']))),
  'frappe.client.get_doc_permissions': (context, args) =>
    message({ permissions: permissionsOf(context, load(context, string(args['doctype']), string(args['docname']))) }),
  'frappe.client.has_permission': (context, args) => {
    const doc = load(context, string(args['doctype']), string(args['docname']));
    const asked = rights.find((right) => right === (string(args['perm_type']) || 'read'));
    return message({ has_permission: asked !== undefined && mayDocument(context, doc, asked) });
  },
};
