import type { ChildRow, Doc } from '@shared/erp/document';
import { docstatus, rowsOf } from '@shared/erp/document';
import { checkAfterSubmit, checkDates, checkFixed, checkLinks, checkMandatory, checkUnique, checkValues } from './checks';
import { setDefaults } from './defaults';
import { metaOf, type Context } from './engine';
import { duplicateName, FrappeError, notFound, thrown } from './errors';
import { checkNotLinked } from './links';
import type { Meta } from './metadata';
import { nameFor } from './naming';
import { checkDoctype, checkDocument, mayAtLevel, mayDocument, scope } from './permissions';
import { recordVersion } from './versions';
import { cast, round, sameStamp, text, type Entity } from './values';
import { startWorkflow } from './workflow';

/** Values by fieldname as a client sends them. */
export type Body = { [fieldname: string]: unknown };

/** The stored document, or the error that the server gives for its absence. */
export function load(context: Context, doctype: string, name: string): Doc {
  const meta = metaOf(context, doctype);
  const doc = context.store.get(doctype, name) ?? (meta.issingle && name === doctype ? freshSingle(context, meta) : undefined);
  if (doc !== undefined) return doc;
  checkDoctype(context, doctype, 'read');
  throw notFound(doctype, name);
}

function freshSingle(context: Context, meta: Meta): Doc {
  const doc: Doc = {
    doctype: meta.name,
    name: meta.name,
    owner: 'Administrator',
    modified: context.clock.stamp(),
    modified_by: 'Administrator',
  };
  setDefaults(context, meta, doc, doc);
  return doc;
}

/** The values of a body that the DocType knows, as their columns keep them. Others are ignored without a word. */
function assign(meta: Meta, entity: Entity, body: Body): void {
  for (const field of meta.columns)
    if (field.fieldname in body) entity[field.fieldname] = sanitised(field.fieldtype, cast(field, body[field.fieldname]));
}

const sanitised = (fieldtype: string, value: ReturnType<typeof cast>): ReturnType<typeof cast> =>
  typeof value !== 'string' || fieldtype === 'Code' || !/[<>]/.test(value)
    ? value
    : value
        .replace(/<script\b[^>]*>[\s\S]*?(<\/script>|$)/gi, '')
        .replace(/&(?!\w+;|#\d+;)/g, '&amp;')
        .replace(/<(?![a-z/!])/gi, '&lt;');

/** The rows that a body gives for a table replace it whole. `keepNames`: on update even a name the client chose. */
function buildRows(context: Context, meta: Meta, doc: Doc, fieldname: string, sent: unknown, keepNames: boolean): ChildRow[] {
  const child = context.metadata.get(meta.byName.get(fieldname)?.options ?? '');
  if (child === undefined || !Array.isArray(sent)) return [];
  const stored = new Map(rowsOf(doc, fieldname).map((row) => [row.name, row]));
  return sent
    .filter((value): value is Body => typeof value === 'object' && value !== null)
    .map((body, index) => {
      const given = typeof body['name'] === 'string' && body['name'] !== '' ? body['name'] : undefined;
      const before = given === undefined ? undefined : stored.get(given);
      const row: ChildRow = { name: keepNames && given !== undefined ? given : context.random.hash() };
      row['owner'] = before?.['owner'] ?? context.user;
      row['creation'] = before?.['creation'] ?? doc.creation;
      assign(child, row, body);
      row.idx = index + 1;
      // Rows that come with a name of the client's get no defaults (child-row-names).
      if (given === undefined) setDefaults(context, child, row, doc);
      return given === undefined ? { ...row, __unsaved: 1 } : row;
    });
}

/** Stamps the rows like their parent and hangs them under it. */
function adopt(context: Context, meta: Meta, doc: Doc): void {
  for (const table of meta.tables) {
    const rows = rowsOf(doc, table.fieldname);
    rows.forEach((row, index) => {
      row['creation'] ??= doc.creation;
      row['owner'] ??= context.user;
      // A row made during the save carries a time of its own, later than its parent's (children-newer-than-parent).
      if (row['modified'] === undefined || String(row['modified']) < String(doc.modified)) row['modified'] = doc.modified;
      Object.assign(row, { modified_by: context.user, docstatus: doc.docstatus ?? 0, idx: index + 1 });
      Object.assign(row, { parent: doc.name, parentfield: table.fieldname, parenttype: meta.name });
    });
    doc[table.fieldname] = rows;
  }
}

/** Floats are stored with nine places, whatever the answer of the save showed (values-rewritten). */
function stored(meta: Meta, doc: Doc): Doc {
  const copy: Doc = { ...doc };
  for (const field of meta.columns) {
    const value = copy[field.fieldname];
    if (typeof value === 'number' && !Number.isInteger(value)) copy[field.fieldname] = round(value, 9);
  }
  for (const table of meta.tables)
    copy[table.fieldname] = rowsOf(doc, table.fieldname).map(({ __unsaved: _, ...row }) => ({ ...row, name: row.name }));
  return copy;
}

function validate(context: Context, meta: Meta, doc: Doc, before: Doc | undefined): void {
  checkLinks(context, meta, doc);
  checkDates(context, meta, doc);
  context.rules[meta.name]?.validate?.(context, doc, before);
  setTitle(meta, doc);
  checkMandatory(context, meta, doc);
  checkValues(context, meta, doc);
  checkUnique(context, meta, doc);
}

/** A title that a pattern gives, where the DocType's title is the field `title`; elsewhere the pattern stays as it is. */
function setTitle(meta: Meta, doc: Doc): void {
  const pattern = meta.byName.get('title')?.default;
  if (meta.title_field === 'title' && pattern?.startsWith('{') && (text(doc, 'title') === '' || text(doc, 'title') === pattern))
    doc['title'] = pattern.replace(/\{(\w+)\}/g, (_, fieldname: string) => text(doc, fieldname));
}

/** Creates a document; `docstatus: 1` in the body submits it at once. Answers it as the server would. */
export function insert(context: Context, doctype: string, body: Body): Doc {
  const meta = metaOf(context, doctype);
  checkDoctype(context, doctype, 'create');
  const doc: Doc = { doctype, name: '', owner: context.user, modified_by: context.user };
  Object.assign(doc, { docstatus: Number(body['docstatus'] ?? 0), idx: Number(body['idx'] ?? 0) || 0 });
  assign(meta, doc, body);
  setDefaults(context, meta, doc, doc);
  doc.creation = doc.modified = context.clock.stamp();
  for (const { fieldname } of meta.tables) doc[fieldname] = buildRows(context, meta, doc, fieldname, body[fieldname], false);
  startWorkflow(meta, doc);
  checkLinks(context, meta, doc);
  doc.name = nameFor(context, meta, doc, typeof body['name'] === 'string' ? body['name'] : undefined);
  validate(context, meta, doc, undefined);
  if (context.store.has(doctype, doc.name)) throw duplicateName(doctype, doc.name);
  if (doc.docstatus === docstatus.submitted) checkDoctype(context, doctype, 'submit');
  adopt(context, meta, doc);
  context.store.put(stored(meta, doc));
  const rules = context.rules[doctype];
  rules?.afterSave?.(context, doc, 'insert');
  if (doc.docstatus === docstatus.submitted) rules?.onSubmit?.(context, doc);
  if (scope(context, doctype, 'create') !== 'none' && !mayDocument(context, doc, 'create')) checkDocument(context, doc, 'create');
  return doc;
}

const transitionName = ['Draft', 'Submitted', 'Cancelled'];

/** Without `modified` in the body whatever is there is overwritten; with a stale one the save is refused. */
export function update(context: Context, doctype: string, name: string, body: Body): Doc {
  const meta = metaOf(context, doctype);
  const before = load(context, doctype, name);
  if (!meta.issingle) checkDoctype(context, doctype, 'write');
  checkDocument(context, before, 'write', `You need the 'write' permission on <strong>${doctype}</strong> ${name} to perform this action.`);
  const sentModified = body['modified'];
  if (typeof sentModified === 'string' && sentModified !== '' && !sameStamp(sentModified, text(before, 'modified')))
    throw thrown(
      'TimestampMismatchError',
      `Error: Document has been modified after you have opened it (${text(before, 'modified')}, ${context.clock.stamp()}). Please refresh to get the latest document.`,
    );
  const doc = copied(meta, before);
  assign(meta, doc, body);
  if ('idx' in body) doc.idx = Number(body['idx']) || 0;
  for (const table of meta.tables) {
    const given = body[table.fieldname];
    if (Array.isArray(given)) doc[table.fieldname] = buildRows(context, meta, before, table.fieldname, given, true);
  }
  return save(context, meta, before, doc, Number(body['docstatus'] ?? before.docstatus ?? 0));
}

/** Saves a changed copy of a stored document, moving it to `status`. */
export function save(context: Context, meta: Meta, before: Doc, doc: Doc, status: number): Doc {
  const from = before.docstatus ?? 0;
  if (from === docstatus.cancelled)
    throw new FrappeError(417, 'ValidationError', { exception: 'frappe.exceptions.ValidationError: Cannot edit cancelled document' });
  if (status < from || status - from > 1 || (status > 0 && !meta.is_submittable))
    throw new FrappeError(417, 'DocstatusTransitionError', {
      exception: `frappe.exceptions.DocstatusTransitionError: Cannot change docstatus from ${from} (${transitionName[from]}) to ${status} (${transitionName[status]})`,
    });
  doc.docstatus = status;
  checkFixed(meta, before, doc, (level) => mayAtLevel(context, meta, 'write', level));
  if (status > from) checkDocument(context, before, status === docstatus.submitted ? 'submit' : 'cancel');
  if (status === docstatus.cancelled) {
    checkNotLinked(context, before, { submittedOnly: true });
    if (meta.byName.has('status')) doc['status'] = 'Cancelled';
  } else if (from === docstatus.draft) validate(context, meta, doc, before);
  else {
    checkAfterSubmit(context, meta, before, doc);
    checkLinks(context, meta, doc);
  }
  doc.modified = context.clock.stamp();
  doc.modified_by = context.user;
  adopt(context, meta, doc);
  context.store.put(stored(meta, doc));
  recordVersion(context, meta, before, doc);
  const rules = context.rules[meta.name];
  rules?.afterSave?.(context, doc, 'update');
  if (status > from) (status === docstatus.submitted ? rules?.onSubmit : rules?.onCancel)?.(context, doc);
  return doc;
}

export function remove(context: Context, doctype: string, name: string): void {
  metaOf(context, doctype);
  const doc = context.store.get(doctype, name);
  if (doc === undefined) throw new FrappeError(404, 'DoesNotExistError', { exception: null });
  if (!mayDocument(context, doc, 'delete')) {
    const refusal = thrown('PermissionError', `User not allowed to delete ${doctype}: ${name}`, { status: 403 });
    const access = `User <strong>${context.user}</strong> does not have access to this document: ${doctype} - ${name}`;
    throw new FrappeError(403, 'PermissionError', {
      ...refusal.shape,
      messages: [{ message: access, title: 'Message' }, ...(refusal.shape.messages ?? [])],
    });
  }
  if (doc.docstatus === docstatus.submitted)
    throw thrown(
      'ValidationError',
      `${doctype} ${name}: Submitted Record cannot be deleted. You must <a href='https://docs.erpnext.com//docs/user/manual/en/setting-up/articles/delete-submitted-document' target='_blank'> Cancel </a> it first.`,
    );
  checkNotLinked(context, doc, { submittedOnly: false });
  context.rules[doctype]?.onDelete?.(context, doc);
  context.store.remove(doctype, name);
  for (const file of [...context.store.by('File', 'attached_to_name', doc.name)].filter((one) => one['attached_to_doctype'] === doctype))
    context.store.remove('File', file.name);
  addInternal(context, 'Deleted Document', { deleted_doctype: doctype, deleted_name: doc.name, data: JSON.stringify(doc) });
}

/** A document that the server itself writes, unchecked: comments, versions, logs. */
export function addInternal(context: Context, doctype: string, values: { [fieldname: string]: Doc[string] }): Doc {
  const at = context.clock.stamp();
  const made = { owner: context.user, creation: at, modified: at, modified_by: context.user, docstatus: 0, idx: 0 };
  const doc: Doc = { doctype, name: context.random.hash(), ...made, ...values };
  context.store.put(doc);
  return doc;
}

/** The next `idx` of rows, for rules that add rows during a save: a time of its own, later than the parent's. */
export function madeRow(context: Context, values: { [fieldname: string]: ChildRow[string] }): ChildRow {
  const at = context.clock.stamp();
  return { name: context.random.hash(), owner: context.user, creation: at, modified: at, ...values };
}

/** Submits or cancels the document as it is stored, whatever its `modified`. */
export function transition(
  context: Context,
  doctype: string,
  name: string,
  status: number,
  values: { [fieldname: string]: Doc[string] } = {},
): Doc {
  const [before, meta] = [load(context, doctype, name), metaOf(context, doctype)];
  return save(context, meta, before, { ...copied(meta, before), ...values }, status);
}

/** A copy whose rows can be changed. */
function copied(meta: Meta, doc: Doc): Doc {
  const copy: Doc = { ...doc };
  for (const { fieldname } of meta.tables) copy[fieldname] = rowsOf(doc, fieldname).map((row) => ({ ...row }));
  return copy;
}
