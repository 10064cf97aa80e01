import type { DocField } from '@shared/erp/docfield';
import type { DocPerm } from '@shared/erp/doctype';
import type { Doc } from '@shared/erp/document';
import { rowsOf } from '@shared/erp/document';
import { metaOf, type Context } from './engine';
import { noDoctypePermission, noDocumentPermission } from './errors';
import type { Meta } from './metadata';
import { text } from './values';

export type Right = Exclude<keyof DocPerm, 'role' | 'permlevel' | 'if_owner'>;
// The words are the rights of a DocPerm.
export const rights = 'select read write create delete submit cancel amend print email report import export share'.split(' ') as Right[];

const everything = (context: Context): boolean => context.user === 'Administrator';

const granted = (context: Context, meta: Meta, right: Right, level = 0): DocPerm[] =>
  meta.permissions.filter(
    (permission) => (permission.permlevel ?? 0) === level && permission[right] === 1 && context.roles.has(permission.role),
  );

/** By role alone. `owner`: only for documents the user made. */
export function scope(context: Context, doctype: string, right: Right): 'all' | 'owner' | 'none' {
  if (everything(context)) return 'all';
  const permissions = granted(context, metaOf(context, doctype), right);
  if (permissions.some((permission) => !permission.if_owner)) return 'all';
  return permissions.length > 0 ? 'owner' : 'none';
}

/** May the user read or write fields of this permlevel? */
export const mayAtLevel = (context: Context, meta: Meta, right: 'read' | 'write', level: number): boolean =>
  level === 0 || everything(context) || granted(context, meta, right, level).length > 0;

type Allowed = Map<string, Set<string>>;

/** User permissions that bear on documents of a DocType: linked DocType → names that may be linked to. */
export function userPermissions(context: Context, doctype: string): Allowed {
  const allowed: Allowed = new Map();
  if (everything(context)) return allowed;
  for (const permission of context.store.by('User Permission', 'user', context.user)) {
    if (!permission['apply_to_all_doctypes'] && text(permission, 'applicable_for') !== doctype) continue;
    const names = allowed.get(text(permission, 'allow')) ?? new Set();
    allowed.set(text(permission, 'allow'), names.add(text(permission, 'for_value')));
  }
  return allowed;
}

/** The Link fields that user permissions restrict. An empty Link restricts nothing. */
export const restrictedLinks = (meta: Meta, allowed: Allowed): { field: DocField; names: Set<string> }[] =>
  meta.columns.flatMap((field) => {
    const names = field.fieldtype === 'Link' && !field.ignore_user_permissions ? allowed.get(field.options ?? '') : undefined;
    return names === undefined ? [] : [{ field, names }];
  });

/** Why user permissions hide the document; `undefined` where they do not. */
function hiddenBecause(context: Context, meta: Meta, doc: Doc): string | undefined {
  const allowed = userPermissions(context, doc.doctype);
  if (allowed.size === 0) return undefined;
  const own = allowed.get(doc.doctype);
  if (own !== undefined && !own.has(doc.name)) return `You are not allowed to access this ${doc.doctype} record`;
  for (const { field, names } of restrictedLinks(meta, allowed)) {
    const value = text(doc, field.fieldname);
    if (value !== '' && !names.has(value))
      return `You are not allowed to access this ${doc.doctype} record because it is linked to ${field.options} '${value}' in field ${field.label}`;
  }
  for (const table of meta.tables) {
    const child = context.metadata.get(table.options ?? '');
    if (child === undefined) continue;
    for (const { field, names } of restrictedLinks(child, allowed))
      for (const row of rowsOf(doc, table.fieldname)) {
        const value = text(row, field.fieldname);
        if (value !== '' && !names.has(value))
          return `You are not allowed to access this ${doc.doctype} record because it is linked to ${field.options} '${value}' in row ${row.idx ?? ''}, field ${field.label}`;
      }
  }
  return undefined;
}

export function mayDocument(context: Context, doc: Doc, right: Right): boolean {
  const reach = scope(context, doc.doctype, right);
  if (reach === 'none' || (reach === 'owner' && doc.owner !== context.user)) return false;
  return hiddenBecause(context, metaOf(context, doc.doctype), doc) === undefined;
}

/** Throws unless the user may; `error` is the sentence that the answer adds to the reason. */
export function checkDocument(context: Context, doc: Doc, right: Right, error?: string): void {
  if (mayDocument(context, doc, right)) return;
  const meta = metaOf(context, doc.doctype);
  const reason = scope(context, doc.doctype, right) === 'none' ? undefined : hiddenBecause(context, meta, doc);
  throw noDocumentPermission(context.user, doc.doctype, doc.name, {
    ...(reason === undefined ? {} : { reason }),
    ...(error === undefined ? {} : { error }),
  });
}

export function checkDoctype(context: Context, doctype: string, right: Right, where: 'list' | 'document' = 'document'): void {
  if (scope(context, doctype, right) === 'none') throw noDoctypePermission(context.user, doctype, where);
}

/** As `docinfo` and `get_doc_permissions` give them. */
export function permissionsOf(context: Context, doc: Doc): { [right: string]: unknown } {
  const submittable = metaOf(context, doc.doctype).is_submittable === 1;
  const flags = rights.map((right) => {
    const applies = submittable || !['submit', 'cancel', 'amend'].includes(right);
    return [right, applies && mayDocument(context, doc, right) ? 1 : 0] as const;
  });
  return { if_owner: {}, has_if_owner_enabled: false, ...Object.fromEntries(flags) };
}
