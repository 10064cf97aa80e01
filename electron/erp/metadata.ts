import { isRecord } from '@shared/erp/envelope';
import type { DocField } from '@shared/erp/docfield';
import type { DocPerm, DocType, DocTypeBundle, DocTypeState, Workflow } from '@shared/erp/doctype';

type Raw = Record<string, unknown>;

const fieldFlags = [
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
  'hide_days',
  'hide_seconds',
];
const fieldNumbers = ['permlevel', 'length', 'columns'];
const fieldTexts = [
  'label',
  'options',
  'default',
  'precision',
  'description',
  'depends_on',
  'mandatory_depends_on',
  'read_only_depends_on',
  'collapsible_depends_on',
  'fetch_from',
];
const typeFlags = [
  'istable',
  'issingle',
  'is_submittable',
  'is_tree',
  'quick_entry',
  'allow_rename',
  'editable_grid',
  'show_title_field_in_link',
  'track_changes',
  'track_seen',
  'track_views',
];
const typeTexts = [
  'module',
  'autoname',
  'naming_rule',
  'title_field',
  'image_field',
  'search_fields',
  'sort_field',
  'sort_order',
  'document_type',
  'default_print_format',
];
const rights = [
  'if_owner',
  'read',
  'write',
  'create',
  'delete',
  'submit',
  'cancel',
  'amend',
  'select',
  'print',
  'email',
  'report',
  'export',
  'import',
  'share',
];

const text = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '');

/** The named keys of a raw object, each in its kind; zeros, empties and anything else are left out. */
function keep(raw: Raw, flags: string[], numbers: string[], texts: string[]): Raw {
  const kept: Raw = {};
  for (const key of flags) if (Number(raw[key]) === 1) kept[key] = 1;
  for (const key of numbers) if (Number(raw[key]) > 0) kept[key] = Number(raw[key]);
  for (const key of texts) if (text(raw[key]) !== '') kept[key] = text(raw[key]);
  return kept;
}

const list = (value: unknown): Raw[] => (Array.isArray(value) ? value.filter(isRecord) : []);

function docField(raw: Raw): DocField {
  // `keep` writes only keys of DocField, each in its type.
  return { fieldname: text(raw['fieldname']), fieldtype: text(raw['fieldtype']), ...keep(raw, fieldFlags, fieldNumbers, fieldTexts) };
}

function docPerm(raw: Raw): DocPerm {
  // `keep` writes only keys of DocPerm, each in its type.
  return { role: text(raw['role']), ...keep(raw, rights, ['permlevel'], []) };
}

const state = (raw: Raw): DocTypeState => {
  const color = text(raw['color']);
  return { title: text(raw['title']), ...(color ? { color } : {}) };
};

function docStatus(value: unknown): '0' | '1' | '2' {
  const status = text(value);
  return status === '1' || status === '2' ? status : '0';
}

/** The active workflow among `__workflow_docs`, which also holds states and actions as documents of their own. */
function workflow(raw: Raw): Workflow | null {
  const found = list(raw['__workflow_docs']).find((doc) => doc['doctype'] === 'Workflow' && Number(doc['is_active'] ?? 1) === 1);
  if (found === undefined) return null;
  return {
    name: text(found['name']),
    state_field: text(found['workflow_state_field']) || 'workflow_state',
    states: list(found['states']).map((row) => ({
      state: text(row['state']),
      doc_status: docStatus(row['doc_status']),
      allow_edit: text(row['allow_edit']),
    })),
    transitions: list(found['transitions']).map((row) => {
      const condition = text(row['condition']);
      return {
        state: text(row['state']),
        action: text(row['action']),
        next_state: text(row['next_state']),
        allowed: text(row['allowed']),
        ...(condition ? { condition } : {}),
      };
    }),
  };
}

/** Names of the Print Formats that the server prints by; the desk offers no others (`frappe.meta.get_print_formats`). */
const printFormats = (raw: Raw): string[] =>
  list(raw['__print_formats'])
    .filter((format) => format['print_format_type'] !== 'JS' && Number(format['raw_printing'] ?? 0) !== 1)
    .map((format) => text(format['name']))
    .filter((name) => name !== '');

/** A DocType as `getdoctype` sends it (up to 500 kB, mostly scripts under `__…` keys), reduced to its structure. */
export function stripDocType(raw: Raw): DocType {
  const states = list(raw['states'])
    .map(state)
    .filter((one) => one.title !== '');
  const flow = workflow(raw);
  const formats = printFormats(raw);
  return {
    name: text(raw['name']),
    modified: text(raw['modified']),
    // `keep` writes only keys of DocType, each in its type.
    ...(keep(raw, typeFlags, ['max_attachments'], typeTexts) as Partial<DocType>),
    fields: list(raw['fields'])
      .map(docField)
      .filter((field) => field.fieldname !== ''),
    permissions: list(raw['permissions']).map(docPerm),
    ...(states.length > 0 ? { states } : {}),
    ...(formats.length > 0 ? { print_formats: formats } : {}),
    ...(flow === null ? {} : { workflow: flow }),
  };
}

/**
 * The bundle of an answer's `docs`: the DocType that was asked for, and its child DocTypes.
 * Null when it is not among them. Custom fields come merged in from the server.
 */
export function docTypeBundle(docs: unknown, doctype: string): DocTypeBundle | null {
  const types = list(docs).filter((doc) => doc['doctype'] === 'DocType');
  const own = types.find((doc) => doc['name'] === doctype);
  if (own === undefined) return null;
  return { doctype: stripDocType(own), children: types.filter((doc) => doc !== own).map(stripDocType) };
}
