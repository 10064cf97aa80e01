import type { DocPerm } from '@shared/erp/doctype';
import type { Doc } from '@shared/erp/document';
import { metaOf, partsOf, type Context } from './engine';
import { noDoctypePermission, noDocumentPermission } from './errors';
import type { Meta } from './metadata';
import { text, type Entity } from './values';

export type Right = Exclude<keyof DocPerm, 'role' | 'permlevel' | 'if_owner'>;
// The words are the rights of a DocPerm.
export const rights = 'select read write create delete submit cancel amend print email report import export share'.split(' ') as Right[];

/** The rules that give this user a right; one that binds nothing for the administrator. */
function granted({ user, roles }: Context, { permissions }: Meta, right: Right, level = 0): Pick<DocPerm, 'if_owner'>[] {
  if (user === 'Administrator') return [{}];
  return permissions.filter((rule) => (rule.permlevel ?? 0) === level && rule[right] === 1 && roles.has(rule.role));
}

/** By role alone. `owner`: only for documents the user made. */
export function scope(context: Context, doctype: string, right: Right): 'all' | 'owner' | 'none' {
  const permissions = granted(context, metaOf(context, doctype), right);
  if (permissions.some((permission) => !permission.if_owner)) return 'all';
  return permissions.length > 0 ? 'owner' : 'none';
}

/** May the user read or write fields of this permlevel? */
export const mayAtLevel = (context: Context, meta: Meta, right: 'read' | 'write', level = 0): boolean =>
  level === 0 || granted(context, meta, right, level).length > 0;

/** User permissions that bear on documents of a DocType: linked DocType → names that may be linked to. */
function userPermissions({ user, store }: Context, doctype: string): Map<string, Set<string>> {
  const allowed = new Map<string, Set<string>>();
  for (const permission of user === 'Administrator' ? [] : store.by('User Permission', 'user', user)) {
    if (!permission['apply_to_all_doctypes'] && text(permission, 'applicable_for') !== doctype) continue;
    const names = allowed.get(text(permission, 'allow')) ?? new Set();
    allowed.set(text(permission, 'allow'), names.add(text(permission, 'for_value')));
  }
  return allowed;
}

/**
 * For each document of a DocType why this user may not: '' where the roles do not allow it, a sentence where a user
 * permission hides it, `undefined` where nothing stands in the way. Lists look at its own Links only, not at its rows'.
 */
export function refuser(context: Context, meta: Meta, right: Right, inList = false): (doc: Doc) => string | undefined {
  const reach = scope(context, meta.name, right);
  const allowed = userPermissions(context, meta.name);
  const denied = `You are not allowed to access this ${meta.name} record`;
  return (doc) => {
    if (reach === 'none' || (reach === 'owner' && doc.owner !== context.user)) return '';
    if (allowed.size === 0) return undefined;
    if (allowed.get(meta.name)?.has(doc.name) === false) return denied;
    for (const { meta: own, entity } of inList ? [{ meta, entity: doc }] : partsOf(context, meta, doc))
      for (const { fieldname, fieldtype, options = '', label = fieldname, ignore_user_permissions: ignored } of own.columns) {
        // An empty Link restricts nothing.
        const value = fieldtype === 'Link' && !ignored ? text(entity, fieldname) : '';
        if (value !== '' && allowed.get(options)?.has(value) === false)
          return `${denied} because it is linked to ${options} '${value}' in field ${label}`;
      }
    return undefined;
  };
}

const refusedBecause = (context: Context, doc: Doc, right: Right): string | undefined =>
  doc.doctype === 'File' && !mayFile(context, doc, right) ? '' : refuser(context, metaOf(context, doc.doctype), right)(doc);

export const mayDocument = (context: Context, doc: Doc, right: Right): boolean => refusedBecause(context, doc, right) === undefined;

/**
 * A file is for its owner, a public one to be read by all, and else for those who may read what it is attached to; to change or
 * to remove it takes the right to write that, as in `has_permission` of version 15's file.py.
 */
export function mayFile(context: Context, file: Entity, right: Right = 'read'): boolean {
  if ((right === 'read' && !file['is_private']) || [file['owner'], 'Administrator'].includes(context.user)) return true;
  const doc = context.store.get(text(file, 'attached_to_doctype'), text(file, 'attached_to_name'));
  return doc !== undefined && mayDocument(context, doc, right === 'read' ? 'read' : 'write');
}

/** Throws unless the user may; `error` is the sentence that the answer adds to the reason. */
export function checkDocument(context: Context, doc: Doc, right: Right, error?: string): void {
  const reason = refusedBecause(context, doc, right);
  if (reason !== undefined) throw noDocumentPermission(context.user, doc.doctype, doc.name, reason, error);
}

export function checkDoctype(context: Context, doctype: string, right: Right, where: 'list' | 'document' = 'document'): void {
  if (scope(context, doctype, right) === 'none') throw noDoctypePermission(context.user, doctype, where);
}

/** As `docinfo` and `get_doc_permissions` give them. */
export function permissionsOf(context: Context, doc: Doc): { [right: string]: unknown } {
  const applying = metaOf(context, doc.doctype).is_submittable ? rights : rights.filter((right) => !/submit|cancel|amend/.test(right));
  const flags = rights.map((right) => [right, applying.includes(right) && mayDocument(context, doc, right) ? 1 : 0] as const);
  return { if_owner: {}, has_if_owner_enabled: false, ...Object.fromEntries(flags) };
}
