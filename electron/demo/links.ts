import type { DocField } from '@shared/erp/docfield';
import { docstatus, rowsOf, type Doc } from '@shared/erp/document';
import { copied, metaOf, partsOf, targetOf, type Context } from './engine';
import { FrappeError, red } from './errors';
import type { Meta } from './metadata';
import { checkDocument } from './permissions';
import type { Entity } from './values';

/** The name of what a file is attached to is plain text to the metadata. */
const attachment: DocField = { fieldname: 'attached_to_name', fieldtype: 'Dynamic Link', options: 'attached_to_doctype' };

/** Fields of a DocType that may hold the name of a document of `target`. */
const linkFields = (meta: Meta, target: string): DocField[] =>
  [...meta.columns, ...(meta.name === 'File' ? [attachment] : [])].filter(
    ({ fieldtype, options }) => fieldtype === 'Dynamic Link' || (fieldtype === 'Link' && options === target),
  );

type Reference = { entity: Entity; field: DocField };

/** Finds the places in documents that hold this name, DocType by DocType: those that cannot are passed over. */
function* holders(context: Context, doctype: string, name: string): Generator<{ doc: Doc; meta: Meta; find: (doc: Doc) => Reference[] }> {
  for (const meta of context.metadata.all()) {
    const children = meta.tables.flatMap(({ options = '' }) => context.metadata.get(options) ?? []);
    const fields = new Map([meta, ...children].map((one) => [one, linkFields(one, doctype)]));
    if (meta.istable || [...fields.values()].every((own) => own.length === 0)) continue;
    const points = (field: DocField, entity: Entity): boolean => entity[field.fieldname] === name && targetOf(field, entity) === doctype;
    const find = (doc: Doc): Reference[] =>
      partsOf(context, meta, doc).flatMap(({ meta: own, entity }) =>
        (fields.get(own) ?? []).filter((field) => points(field, entity)).map((field) => ({ entity, field })),
      );
    for (const doc of [...context.store.all(meta.name)]) if (find(doc).length > 0) yield { doc, meta, find };
  }
}

/** What follows its document rather than keeping it: it is deleted with it, or does not mind. */
const followers = new Set('Address,Contact,Comment,Version,File,ToDo,Deleted Document,User Permission,Item Price,Bin,GL Entry'.split(','));
/** Masters that the server would rather have disabled. */
const disableInstead = new Set(['Customer', 'Supplier', 'Item']);

/** A document that others link to is neither deleted nor, by submitted ones, cancelled. */
export function checkNotLinked(context: Context, doc: Doc, to: 'cancel' | 'delete'): void {
  const link = ({ doctype, name }: Doc) => `${doctype} <a href="/app/Form/${doctype}/${name}">${name}</a>`;
  for (const { doc: other, find } of holders(context, doc.doctype, doc.name)) {
    const status = other.docstatus ?? 0;
    const counts = status === docstatus.submitted || (to === 'delete' && status === docstatus.draft);
    const itself = other.doctype === doc.doctype && other.name === doc.name;
    if (!counts || itself || followers.has(other.doctype) || find(other).every(({ field }) => field.fieldname === 'amended_from')) continue;
    const message = `Cannot delete or cancel because ${link(doc)} is linked with ${link(other)} `;
    if (!disableInstead.has(doc.doctype) || to === 'cancel') throw new FrappeError('LinkExistsError', message);
    const instead = `You can disable this ${doc.doctype} instead of deleting it.`;
    throw new FrappeError('LinkExistsError', instead, { notes: [red(message), red(instead)] });
  }
}

/** Every Link to the old name follows, without touching the `modified` of the documents that hold it (rename-rewrites-links). */
export function rename(context: Context, doctype: string, from: string, asked: string): string {
  const meta = metaOf(context, doctype);
  const to = asked.trim();
  const doc = context.store.get(doctype, from);
  const refuse = (message: string): FrappeError => new FrappeError('ValidationError', message);
  if (doc === undefined) throw refuse(`${doctype} ${from} does not exist, select a new target to merge`);
  checkDocument(context, doc, 'write');
  if (!meta.allow_rename) throw refuse(`${doctype} not allowed to be renamed`);
  if (context.store.has(doctype, to)) throw refuse(`Another ${doctype} with name ${to} exists, select another name`);
  const next: Doc = { ...copied(meta, doc), name: to, modified: context.clock.stamp(), modified_by: context.user };
  const namedBy = /^field:(.*)/.exec(meta.autoname ?? '')?.[1] ?? { Customer: 'customer_name', Supplier: 'supplier_name' }[doctype];
  if (namedBy !== undefined) next[namedBy] = to;
  for (const { fieldname } of meta.tables) for (const row of rowsOf(next, fieldname)) row['parent'] = to;
  context.store.remove(doctype, from);
  context.store.put(next);
  for (const { doc: holder, meta: own, find } of holders(context, doctype, doc.name)) {
    const rewritten = copied(own, holder);
    for (const { entity, field } of find(rewritten)) entity[field.fieldname] = to;
    context.store.put(rewritten);
  }
  const message = `Document renamed from <strong>${doc.name}</strong> to <strong>${to}</strong>`;
  context.messages.push({ message, title: 'Message', indicator: 'green', alert: 1 });
  return to;
}
