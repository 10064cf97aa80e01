import type { DocPerm, DocType } from './doctype';

/** What a person may do with documents of a DocType, and which permlevels of its fields. */
export type Rights = {
  read: boolean;
  write: boolean;
  create: boolean;
  delete: boolean;
  submit: boolean;
  cancel: boolean;
  amend: boolean;
  print: boolean;
  /** Permlevels whose fields may be seen, and those that may be changed. */
  readLevels: ReadonlySet<number>;
  writeLevels: ReadonlySet<number>;
};

export type Person = { user: string; roles: readonly string[] };

type Right = 'read' | 'write' | 'create' | 'delete' | 'submit' | 'cancel' | 'amend' | 'print';

/** Roles that Frappe gives without being listed: everyone has All and Guest, the administrator everything. */
const implied = ['All', 'Guest'];
const administrator = 'Administrator';

/**
 * What the DocType's role permissions allow, as Frappe's `get_role_permissions` reads them. `owner` is the document's
 * owner (undefined for one not made yet, which will be the person's own): rules marked `if_owner` count only for them.
 * User permissions are the server's to apply; a document they hide never reaches the cache.
 */
export function rightsOf(doctype: DocType, person: Person, owner: string | undefined): Rights {
  const everything = person.user === administrator;
  const own = owner === undefined || owner === person.user;
  const roles = new Set([...person.roles, ...implied]);
  const rules = doctype.permissions.filter((rule) => roles.has(rule.role) && (rule.if_owner !== 1 || own));
  const may = (right: Right): boolean => everything || rules.some((rule) => levelOf(rule) === 0 && rule[right] === 1);
  const submittable = doctype.is_submittable === 1;
  return {
    read: may('read'),
    write: may('write'),
    create: may('create'),
    delete: may('delete'),
    submit: submittable && may('submit'),
    cancel: submittable && may('cancel'),
    amend: submittable && may('amend'),
    print: may('print'),
    readLevels: everything ? allLevels(doctype) : new Set(rules.filter((rule) => rule.read === 1).map(levelOf)),
    writeLevels: everything ? allLevels(doctype) : new Set(rules.filter((rule) => rule.write === 1).map(levelOf)),
  };
}

/** Documents of it can be made at all, and by this person. */
export const mayCreate = (doctype: DocType, person: Person): boolean =>
  doctype.issingle !== 1 && doctype.istable !== 1 && rightsOf(doctype, person, undefined).create;

const levelOf = (rule: DocPerm): number => rule.permlevel ?? 0;

/** Frappe's permlevels run from 0 to 9; child tables use their parent's. */
const allLevels = (doctype: DocType): Set<number> =>
  new Set([...Array.from({ length: 10 }, (_, level) => level), ...doctype.permissions.map(levelOf)]);
