import type { DocField } from '@shared/erp/docfield';
import type { ChildRow, Doc } from '@shared/erp/document';
import { docstatus, rowsOf } from '@shared/erp/document';
import { metaOf, type Context } from './engine';
import { FrappeError, thrown } from './errors';
import type { Meta } from './metadata';
import { checkDocument } from './permissions';
import type { Entity } from './values';

/** Fields of a DocType that may hold the name of a document of `target`. */
function linkFields(meta: Meta, target: string): DocField[] {
  return meta.columns.filter((field) => (field.fieldtype === 'Link' && field.options === target) || field.fieldtype === 'Dynamic Link');
}

const pointsTo = (entity: Entity, field: DocField, target: string, name: string): boolean =>
  entity[field.fieldname] === name && (field.fieldtype === 'Link' || entity[field.options ?? ''] === target);

/** What follows its document rather than keeping it: it is deleted with it, or does not mind. */
const followers = new Set('Address,Contact,Comment,Version,File,ToDo,Deleted Document,User Permission,Item Price,Bin,GL Entry'.split(','));
/** Masters that the server would rather have disabled. */
const disableInstead = new Set(['Customer', 'Supplier', 'Item']);

function holder(context: Context, doc: Doc, submittedOnly: boolean): Doc | undefined {
  for (const meta of context.metadata.all()) {
    if (meta.istable || followers.has(meta.name)) continue;
    const own = linkFields(meta, doc.doctype).filter(({ fieldname }) => fieldname !== 'amended_from');
    const tables = meta.tables.flatMap((table) => {
      const child = context.metadata.get(table.options ?? '');
      const fields = child === undefined ? [] : linkFields(child, doc.doctype);
      return fields.length === 0 ? [] : [{ table, fields }];
    });
    if (own.length === 0 && tables.length === 0) continue;
    for (const other of context.store.all(meta.name)) {
      const status = other.docstatus ?? 0;
      if (status === docstatus.cancelled || (submittedOnly && status !== docstatus.submitted)) continue;
      if (other.doctype === doc.doctype && other.name === doc.name) continue;
      const holds =
        own.some((field) => pointsTo(other, field, doc.doctype, doc.name)) ||
        tables.some(({ table, fields }) =>
          rowsOf(other, table.fieldname).some((row) => fields.some((field) => pointsTo(row, field, doc.doctype, doc.name))),
        );
      if (holds) return other;
    }
  }
  return undefined;
}

/** A document that others link to is neither deleted nor, by submitted ones, cancelled. */
export function checkNotLinked(context: Context, doc: Doc, { submittedOnly }: { submittedOnly: boolean }): void {
  const other = holder(context, doc, submittedOnly);
  if (other === undefined) return;
  const link = ({ doctype, name }: Doc) => `${doctype} <a href="/app/Form/${doctype}/${name}">${name}</a>`;
  const message = `Cannot delete or cancel because ${link(doc)} is linked with ${link(other)} `;
  const refusal = thrown('LinkExistsError', message);
  if (!disableInstead.has(doc.doctype) || submittedOnly) throw refusal;
  const instead = `You can disable this ${doc.doctype} instead of deleting it.`;
  throw new FrappeError(417, 'LinkExistsError', {
    exception: `frappe.exceptions.LinkExistsError: ${instead}`,
    messages: [...(refusal.shape.messages ?? []), { message: instead, title: 'Message', indicator: 'red', raise_exception: 1 }],
  });
}

/** Every Link to the old name follows, without touching the `modified` of the documents that hold it (rename-rewrites-links). */
function rewriteLinks(context: Context, doctype: string, from: string, to: string): void {
  const rewritten = <T extends Entity>(entity: T, fields: DocField[]): T | undefined => {
    const hits = fields.filter((field) => pointsTo(entity, field, doctype, from));
    return hits.length === 0 ? undefined : { ...entity, ...Object.fromEntries(hits.map((field) => [field.fieldname, to])) };
  };
  for (const meta of context.metadata.all()) {
    if (meta.istable) continue;
    const own = linkFields(meta, doctype);
    // The name of what a file is attached to is plain text to the metadata.
    const attached = meta.name === 'File';
    for (const doc of [...context.store.all(meta.name)]) {
      let next = rewritten(doc, own);
      if (attached && doc['attached_to_doctype'] === doctype && doc['attached_to_name'] === from)
        next = { ...(next ?? doc), attached_to_name: to };
      for (const table of meta.tables) {
        const child = context.metadata.get(table.options ?? '');
        const fields = child === undefined ? [] : linkFields(child, doctype);
        const rows = rowsOf(doc, table.fieldname);
        if (fields.length === 0 || !rows.some((row) => rewritten(row, fields))) continue;
        next = { ...(next ?? doc), [table.fieldname]: rows.map((row): ChildRow => rewritten(row, fields) ?? row) };
      }
      if (next !== undefined) context.store.put(next);
    }
  }
}

export function rename(context: Context, doctype: string, from: string, asked: string): string {
  const meta = metaOf(context, doctype);
  const to = asked.trim();
  const doc = context.store.get(doctype, from);
  if (doc === undefined) throw thrown('ValidationError', `${doctype} ${from} does not exist, select a new target to merge`);
  checkDocument(context, doc, 'write');
  if (!meta.allow_rename) throw thrown('ValidationError', `${doctype} not allowed to be renamed`);
  if (context.store.has(doctype, to)) throw thrown('ValidationError', `Another ${doctype} with name ${to} exists, select another name`);
  const next: Doc = { ...doc, name: to, modified: context.clock.stamp(), modified_by: context.user };
  const namedBy = meta.autoname?.startsWith('field:')
    ? meta.autoname.slice(6)
    : { Customer: 'customer_name', Supplier: 'supplier_name' }[doctype];
  if (namedBy !== undefined) next[namedBy] = to;
  for (const table of meta.tables) next[table.fieldname] = rowsOf(doc, table.fieldname).map((row) => ({ ...row, parent: to }));
  context.store.remove(doctype, from);
  context.store.put(next);
  rewriteLinks(context, doctype, doc.name, to);
  context.messages.push({
    message: `Document renamed from <strong>${doc.name}</strong> to <strong>${to}</strong>`,
    title: 'Message',
    indicator: 'green',
    alert: 1,
  });
  return to;
}
