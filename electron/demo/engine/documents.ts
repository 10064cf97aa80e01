import { docstatus, rowsOf, type ChildRow, type Doc, type DocumentValues } from '@shared/erp/document';
import { isRecord } from '@shared/erp/envelope';
import { frappeEqual } from '@shared/sync/frappe-equal';
import type { Body } from './carried';
import { eventsOf } from './change-feed';
import { checkAfterSubmit, checkDates, checkFixed, checkLinks, checkMandatory, checkUnique, checkValues, fill } from './checks';
import { setDefaults } from './defaults';
import { differences, recordVersion } from './differences';
import { addInternal, copied, metaOf, partsOf, passwordKey, type Context } from './engine';
import { FrappeError, notFound, red } from './errors';
import { checkNotLinked } from './links';
import type { Meta } from './metadata';
import { nameFor } from './naming';
import { checkDoctype, checkDocument, mayAtLevel, mayDocument, type Right } from './permissions';
import { cast, round, text, type Entity } from './values';
import { startWorkflow } from './workflow';

/** The stored document, or the error that the server gives for its absence. */
export function load(context: Context, doctype: string, name: string): Doc {
  const meta = metaOf(context, doctype);
  const found = context.store.get(doctype, name);
  if (found !== undefined) return found;
  if (!meta.issingle || name !== doctype) {
    checkDoctype(context, doctype, 'read');
    throw notFound(doctype, name);
  }
  // Nobody has saved it yet: each reading finds the same, or every save would be of a stale version.
  const single: Doc = { doctype, name, owner: 'Administrator', modified: meta.modified, modified_by: 'Administrator' };
  setDefaults(context, meta, single, single);
  return single;
}

/** The stored document, where the user may do this with it. */
export function open(context: Context, doctype: string, name: string, right: Right): Doc {
  const doc = load(context, doctype, name);
  checkDocument(context, doc, right);
  return doc;
}

const sanitised = (value: string): string =>
  !/[<>]/.test(value)
    ? value
    : value
        .replace(/<script\b[^>]*>[\s\S]*?(<\/script>|$)/gi, '')
        .replace(/&(?!\w+;|#\d+;)/g, '&amp;')
        .replace(/<(?![a-z/!])/gi, '&lt;');

/** The values of a body that the DocType knows, as their columns keep them. Others are ignored without a word. */
function assign(meta: Meta, entity: Entity, body: Body): void {
  for (const field of meta.columns.filter(({ fieldname }) => fieldname in body)) {
    const value = cast(field, body[field.fieldname]);
    entity[field.fieldname] = typeof value === 'string' && field.fieldtype !== 'Code' ? sanitised(value) : value;
  }
}

/** Passwords are kept apart from their documents, for the server's own use. */
function keepPasswords(context: Context, meta: Meta, name: string, body: Body): void {
  for (const { fieldname } of meta.columns.filter(({ fieldtype }) => fieldtype === 'Password')) {
    const given = body[fieldname];
    if (typeof given === 'string' && !/^\**$/.test(given)) context.passwords.set(passwordKey(meta.name, name, fieldname), given);
  }
}

/** Takes over what a body gives; the rows of a table replace it whole. On update even a row name that the client chose is kept. */
function take(context: Context, meta: Meta, doc: Doc, body: Body, before: Doc | undefined): void {
  assign(meta, doc, body);
  if ('idx' in body) doc.idx = Number(body['idx']) || 0;
  if (before === undefined) setDefaults(context, meta, doc, doc);
  for (const { fieldname, options = '' } of meta.tables) {
    const [sent, child] = [body[fieldname], context.metadata.get(options)];
    if (!Array.isArray(sent) || child === undefined) continue;
    const stored = new Map(rowsOf(before ?? doc, fieldname).map((row) => [row.name, row]));
    doc[fieldname] = sent.filter(isRecord).map((row, index): ChildRow => {
      const given = typeof row['name'] === 'string' ? row['name'] : '';
      const { owner, creation } = stored.get(given) ?? { owner: context.user, creation: doc.creation };
      const name = before === undefined || given === '' ? context.random.hash() : given;
      const made: ChildRow = { name, owner, creation, idx: index + 1 };
      assign(child, made, row);
      // Rows that come with a name of the client's get no defaults (child-row-names).
      if (given === '') setDefaults(context, child, made, doc);
      return given === '' ? { ...made, __unsaved: 1 } : made;
    });
  }
}

/** Fields of a permission level that the user may not write are as they were, or as in a new document; new rows are taken as they come. */
function keepLevels(context: Context, meta: Meta, doc: Doc, before: Doc | undefined): void {
  for (const { meta: own, entity, table } of partsOf(context, meta, doc)) {
    const was = table === undefined ? before : rowsOf(before ?? {}, table).find(({ name }) => name === entity.name);
    if (table !== undefined && was === undefined) continue;
    for (const field of own.columns.filter(({ permlevel }) => !mayAtLevel(context, meta, 'write', permlevel)))
      entity[field.fieldname] = was === undefined ? cast(field, field.default) : was[field.fieldname];
  }
}

/** Stores the document, its rows stamped like it and hung under it; then what the save sets off. */
function store(context: Context, meta: Meta, doc: Doc, before: Doc | undefined): Doc {
  for (const { fieldname } of meta.tables) {
    doc[fieldname] = rowsOf(doc, fieldname);
    for (const [index, row] of rowsOf(doc, fieldname).entries()) {
      row['creation'] ??= doc.creation;
      row['owner'] ??= context.user;
      // A row made during the save carries a time of its own, later than its parent's (children-newer-than-parent).
      if (text(row, 'modified') < text(doc, 'modified')) row['modified'] = doc.modified;
      Object.assign(row, { modified_by: context.user, docstatus: doc.docstatus ?? 0, idx: index + 1 });
      Object.assign(row, { parent: doc.name, parentfield: fieldname, parenttype: meta.name });
    }
  }
  const stored = copied(meta, doc);
  for (const { meta: own, entity } of partsOf(context, meta, stored)) {
    delete entity['__unsaved'];
    for (const { fieldname } of own.columns) {
      const value = entity[fieldname];
      // Floats are stored with nine places, whatever the answer of the save shows (values-rewritten).
      if (typeof value === 'number') entity[fieldname] = round(value, 9);
    }
  }
  context.store.put(stored);
  if (before !== undefined) recordVersion(context, meta, doc.name, differences(context, meta, before, doc));
  const [rules, status] = [context.rules[meta.name], doc.docstatus ?? 0];
  rules?.afterSave?.(context, doc);
  if (status > (before?.docstatus ?? 0)) rules?.effect?.(context, doc, status === docstatus.cancelled ? -1 : 1);
  const change = { doc: stored, user: context.user, events: eventsOf(before === undefined ? undefined : (before.docstatus ?? 0), status) };
  context.store.afterCommit(() => context.changes.tell(change));
  return doc;
}

function validate(context: Context, meta: Meta, doc: Doc, before: Doc | undefined): void {
  checkLinks(context, meta, doc);
  checkDates(context, meta, doc);
  fill(context, meta, doc);
  context.rules[meta.name]?.validate?.(context, doc, before);
  // Again, from what the rules chose.
  fill(context, meta, doc);
  // A pattern gives the title where the DocType's title is the field `title`; elsewhere the pattern stays as it is.
  const pattern = meta.title_field === 'title' ? (meta.byName.get('title')?.default ?? '') : '';
  if (pattern.startsWith('{') && ['', pattern].includes(text(doc, 'title')))
    doc['title'] = pattern.replace(/\{(\w+)\}/g, (_, fieldname: string) => text(doc, fieldname));
  for (const check of [checkMandatory, checkValues, checkUnique]) check(context, meta, doc);
}

/** Creates a document; `docstatus: 1` in the body submits it at once. Answers it as the server would. */
export function insert(context: Context, doctype: string, body: Body): Doc {
  const meta = metaOf(context, doctype);
  checkDoctype(context, doctype, 'create');
  const [at, status] = [context.clock.stamp(), Number(body['docstatus'] ?? 0)];
  const made = { owner: context.user, modified_by: context.user, creation: at, modified: at };
  const doc: Doc = { doctype, name: '', ...made, idx: 0, docstatus: status };
  take(context, meta, doc, body, undefined);
  keepLevels(context, meta, doc, undefined);
  startWorkflow(meta, doc);
  checkLinks(context, meta, doc);
  doc.name = nameFor(context, meta, doc, typeof body['name'] === 'string' ? body['name'] : '');
  validate(context, meta, doc, undefined);
  if (context.store.has(doctype, doc.name)) {
    const duplicate = `('${doctype}', '${doc.name}', IntegrityError(1062, "Duplicate entry '${doc.name}' for key 'PRIMARY'"))`;
    const notes = [red(`${doctype} <strong>${doc.name}</strong> already exists`, 'Duplicate Name')];
    throw new FrappeError('DuplicateEntryError', duplicate, { notes });
  }
  if (status === docstatus.submitted) checkDoctype(context, doctype, 'submit');
  store(context, meta, doc, undefined);
  keepPasswords(context, meta, doc.name, body);
  checkDocument(context, doc, 'create');
  return doc;
}

/** Without `modified` in the body whatever is there is overwritten; with a stale one the save is refused. */
export function update(context: Context, doctype: string, name: string, body: Body): Doc {
  const meta = metaOf(context, doctype);
  const before = load(context, doctype, name);
  if (!meta.issingle) checkDoctype(context, doctype, 'write');
  checkDocument(context, before, 'write', `You need the 'write' permission on <strong>${doctype}</strong> ${name} to perform this action.`);
  const [opened, stored] = [body['modified'], text(before, 'modified')];
  if (typeof opened === 'string' && opened !== '' && !frappeEqual(opened, stored))
    throw new FrappeError(
      'TimestampMismatchError',
      `Error: Document has been modified after you have opened it (${stored}, ${context.clock.stamp()}). Please refresh to get the latest document.`,
    );
  const doc = copied(meta, before);
  take(context, meta, doc, body, before);
  keepPasswords(context, meta, name, body);
  return save(context, meta, before, doc, Number(body['docstatus'] ?? before.docstatus ?? 0));
}

const statusNames = ['Draft', 'Submitted', 'Cancelled'];

/** Saves a changed copy of a stored document, moving it to `status`. */
function save(context: Context, meta: Meta, before: Doc, doc: Doc, status: number): Doc {
  const from = before.docstatus ?? 0;
  const refuse = (excType: string, message: string): FrappeError => new FrappeError(excType, message, { notes: [] });
  if (from === docstatus.cancelled) throw refuse('ValidationError', 'Cannot edit cancelled document');
  const [was, becomes] = [from, status].map((one) => `${one} (${statusNames[one]})`);
  if (status < from || status - from > 1 || (status > 0 && !meta.is_submittable))
    throw refuse('DocstatusTransitionError', `Cannot change docstatus from ${was} to ${becomes}`);
  keepLevels(context, meta, doc, before);
  doc.docstatus = status;
  const asked = differences(context, meta, before, doc);
  checkFixed(asked);
  if (status > from) checkDocument(context, before, status === docstatus.submitted ? 'submit' : 'cancel');
  if (status === docstatus.cancelled) {
    checkNotLinked(context, before, 'cancel');
    if (meta.byName.has('status')) doc['status'] = 'Cancelled';
  } else if (from === docstatus.draft) validate(context, meta, doc, before);
  else {
    checkAfterSubmit(asked);
    checkLinks(context, meta, doc);
  }
  return store(context, meta, Object.assign(doc, { modified: context.clock.stamp(), modified_by: context.user }), before);
}

/** Submits or cancels the document as it is stored, whatever its `modified`. */
export function transition(context: Context, doctype: string, name: string, status: number, values: DocumentValues = {}): Doc {
  const [before, meta] = [load(context, doctype, name), metaOf(context, doctype)];
  return save(context, meta, before, Object.assign(copied(meta, before), values), status);
}

const howToCancel =
  "You must <a href='https://docs.erpnext.com//docs/user/manual/en/setting-up/articles/delete-submitted-document' target='_blank'> Cancel </a> it first.";

export function remove(context: Context, doctype: string, name: string): 'ok' {
  metaOf(context, doctype);
  const doc = context.store.get(doctype, name);
  if (doc === undefined) throw new FrappeError('DoesNotExistError', '', { exception: null });
  if (!mayDocument(context, doc, 'delete')) {
    const refused = `User not allowed to delete ${doctype}: ${name}`;
    const access = `User <strong>${context.user}</strong> does not have access to this document: ${doctype} - ${name}`;
    throw new FrappeError('PermissionError', refused, { notes: [{ message: access, title: 'Message' }, red(refused)] });
  }
  if (doc.docstatus === docstatus.submitted)
    throw new FrappeError('ValidationError', `${doctype} ${name}: Submitted Record cannot be deleted. ${howToCancel}`);
  checkNotLinked(context, doc, 'delete');
  context.rules[doctype]?.onDelete?.(context, doc);
  context.store.remove(doctype, name);
  context.store.afterCommit(() => context.changes.tell({ doc, user: context.user, events: ['on_trash'] }));
  for (const file of context.store.by('File', 'attached_to_name', doc.name))
    if (file['attached_to_doctype'] === doctype) context.store.remove('File', file.name);
  addInternal(context, 'Deleted Document', { deleted_doctype: doctype, deleted_name: doc.name, data: JSON.stringify(doc) });
  return 'ok';
}
