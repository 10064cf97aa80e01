import type { DocField } from '@shared/erp/docfield';
import { docstatus, rowsOf, type Doc } from '@shared/erp/document';
import { copied, metaOf, partsOf, targetOf, type Context } from './engine';
import { FrappeError, red } from './errors';
import type { Meta } from './metadata';
import { checkDocument } from './permissions';
import type { Entity } from './values';

/** The name of what a file is attached to is plain text to the metadata. */
const attachment: DocField = { fieldname: 'attached_to_name', fieldtype: 'Dynamic Link', options: 'attached_to_doctype' };

/** Documents that hold a name in a Link or Dynamic Link, each with a way to find the places in it or in a copy of it. */
function holders(context: Context, doctype: string, name: string) {
  const linkFields = new Map(
    context.metadata
      .all()
      .map((meta) => [
        meta,
        [...meta.columns, ...(meta.name === 'File' ? [attachment] : [])].filter(
          ({ fieldtype, options }) => fieldtype === 'Dynamic Link' || (fieldtype === 'Link' && options === doctype),
        ),
      ]),
  );
  const find = (meta: Meta, doc: Doc): { entity: Entity; fieldname: string }[] =>
    partsOf(context, meta, doc).flatMap(({ meta: own, entity }) =>
      (linkFields.get(own) ?? [])
        .filter((field) => entity[field.fieldname] === name && targetOf(field, entity) === doctype)
        .map(({ fieldname }) => ({ entity, fieldname })),
    );
  return context.metadata
    .all()
    .filter(({ istable }) => !istable)
    .flatMap((meta) => context.store.all(meta.name).map((doc) => ({ doc, meta, find: (one: Doc) => find(meta, one) })))
    .filter(({ doc, find: places }) => places(doc).length > 0);
}

/** What follows its document rather than keeping it: it is deleted with it, or does not mind. */
const followers = new Set('Address,Contact,Comment,Version,File,ToDo,Deleted Document,User Permission,Item Price,Bin,GL Entry'.split(','));
/** Masters that the server would rather have disabled. */
const disableInstead = new Set(['Customer', 'Supplier', 'Item']);

/** A document that others link to is neither deleted nor, by submitted ones, cancelled. */
export function checkNotLinked(context: Context, doc: Doc, to: 'cancel' | 'delete'): void {
  const counting: number[] = to === 'cancel' ? [docstatus.submitted] : [docstatus.draft, docstatus.submitted];
  const holder = holders(context, doc.doctype, doc.name).find(({ doc: other, find }) => {
    const itself = other.doctype === doc.doctype && other.name === doc.name;
    const counts = counting.includes(other.docstatus ?? 0) && !itself && !followers.has(other.doctype);
    return counts && find(other).some(({ fieldname }) => fieldname !== 'amended_from');
  });
  if (holder === undefined) return;
  const link = ({ doctype, name }: Doc) => `${doctype} <a href="/app/Form/${doctype}/${name}">${name}</a>`;
  const message = `Cannot delete or cancel because ${link(doc)} is linked with ${link(holder.doc)} `;
  if (!disableInstead.has(doc.doctype) || to === 'cancel') throw new FrappeError('LinkExistsError', message);
  const instead = `You can disable this ${doc.doctype} instead of deleting it.`;
  throw new FrappeError('LinkExistsError', instead, { notes: [red(message), red(instead)] });
}

/** Every Link to the old name follows, without touching the `modified` of the documents that hold it (rename-rewrites-links). */
export function rename(context: Context, doctype: string, from: string, asked: string): string {
  const [meta, doc, to] = [metaOf(context, doctype), context.store.get(doctype, from), asked.trim()];
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
    for (const { entity, fieldname } of find(rewritten)) entity[fieldname] = to;
    context.store.put(rewritten);
  }
  const message = `Document renamed from <strong>${doc.name}</strong> to <strong>${to}</strong>`;
  context.messages.push({ message, title: 'Message', indicator: 'green', alert: 1 });
  return to;
}
