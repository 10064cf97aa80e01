import type { DocField } from '@shared/erp/docfield';
import { rowsOf, type Doc, type FieldValue } from '@shared/erp/document';
import { metaOf, type Context } from '../engine/engine';
import { FrappeError, noDoctypePermission } from '../engine/errors';
import { matcher, type Condition } from './filters';
import type { Meta } from '../engine/metadata';
import { checkDoctype, mayAtLevel, mayDocument, mayFile, refuser, scope } from '../engine/permissions';
import { always, ofRows, readable } from './present';
import { column, fold, text, type Entity } from '../engine/values';

export type ListRequest = {
  doctype: string;
  /** Of a child DocType: the DocType whose permission counts. It does not filter (children-of-namesakes). */
  parent?: string;
  fields?: string[];
  filters?: Condition[];
  orFilters?: Condition[];
  orderBy?: string;
  /** The name of the DocType's documents: each comes once. */
  groupBy?: string;
  start?: number;
  /** 0: all */
  length?: number;
  ignorePermissions?: boolean;
};

/** One row of the join of a document with the child tables that fields or filters name. */
type Joined = { entity: Entity; rows: { [table: string]: Entity | undefined } };
/** A column of a query: `table` is the field of the child table that it is of. */
type Source = { label: string; value: (joined: Joined) => FieldValue; table?: string; field?: DocField | undefined };

const standard = new Set([...always, ...ofRows, ...'doctype _user_tags _comments _assign _liked_by'.split(' ')]);

const notPermitted = (fieldname: string): FrappeError => new FrappeError('DataError', `Field not permitted in query: ${fieldname}`);
const unknownOrder = (name: string): FrappeError =>
  new FrappeError('pymysql.err.OperationalError', `(1054, "Unknown column '${name}' in 'ORDER BY'")`);

/** Where a field of a query comes from: the document, a row of a child table, or a document linked to. */
function source(context: Context, meta: Meta, written: string, refuse = notPermitted, doctype = meta.name): Source {
  const [expression = '', alias] = written.split(/\s+as\s+/i);
  const path = expression.replaceAll('`', '').replace(/^tab/, '').trim();
  const [head = '', tail = ''] = path.includes('.') ? path.split('.') : [doctype, path];
  const label = (alias ?? tail).trim().replace(/^["'`]|["'`]$/g, '');
  const from = (own: Meta | undefined, entityOf: (joined: Joined) => Entity | undefined): Source => {
    const field = own?.byName.get(tail);
    if (!standard.has(tail) && (field === undefined || own?.tables.includes(field))) throw refuse(tail);
    const value = (entity: Entity | undefined): FieldValue => (entity === undefined ? null : column(entity, tail, field));
    return { label, field, value: (joined) => value(entityOf(joined)) };
  };
  if (head === meta.name) return from(meta, ({ entity }) => entity);
  const table = meta.tables.find(({ fieldname, options }) => fieldname === head || options === head);
  if (table !== undefined) {
    const { fieldname, options = '' } = table;
    return { ...from(context.metadata.get(options), ({ rows }) => rows[fieldname]), table: fieldname };
  }
  const link = meta.byName.get(head);
  if (link?.fieldtype !== 'Link') throw refuse(head);
  const target = metaOf(context, link.options ?? '');
  return from(target, ({ entity }) => context.store.get(target.name, text(entity, head)));
}

/** Which documents or rows this user's roles and user permissions let a list show. */
function visible(context: Context, meta: Meta, request: ListRequest): (entity: Entity) => boolean {
  if (request.ignorePermissions) return () => true;
  if (meta.istable) {
    const parent = context.metadata.get(request.parent ?? '');
    const isParent = parent?.tables.some(({ options }) => options === meta.name);
    if (parent === undefined || !isParent || scope(context, parent.name, 'read') === 'none') throw new FrappeError('PermissionError');
    if (context.store.by('User Permission', 'user', context.user).length === 0) return () => true;
    return (row) => {
      const doc = context.store.get(text(row, 'parenttype'), text(row, 'parent'));
      return doc !== undefined && mayDocument(context, doc, 'read');
    };
  }
  checkDoctype(context, meta.name, 'read', 'list');
  if (meta.name === 'File') return (file) => mayFile(context, file);
  const refusal = refuser(context, meta, 'read', true);
  // A DocType that is no child table has documents.
  return (entity) => refusal(entity as Doc) === undefined;
}

/** The entities that a query starts from: those that filters name, as far as they do. */
function candidates(context: Context, meta: Meta, filters: Condition[]): readonly Entity[] {
  const key = meta.istable ? 'parent' : 'name';
  const named = filters.find(({ fieldname, doctype, operator }) => fieldname === key && !doctype && ['=', 'in'].includes(operator));
  const names = Array.isArray(named?.value) ? named.value : [named?.value];
  const known = names.every((name): name is string => typeof name === 'string') ? [...new Set(names)] : undefined;
  if (meta.istable) return context.store.rows(meta.name, known);
  return known === undefined ? context.store.all(meta.name) : known.flatMap((name) => context.store.get(meta.name, name) ?? []);
}

/** The database joins in the order of the rows' names (list). */
const join = (entity: Entity, tables: ReadonlySet<string>): Joined[] =>
  [...tables].reduce<Joined[]>(
    (joined, table) => {
      const rows = rowsOf(entity, table).toSorted((left, right) => (left.name < right.name ? -1 : 1));
      return rows.length === 0 ? joined : joined.flatMap((one) => rows.map((row) => ({ entity, rows: { ...one.rows, [table]: row } })));
    },
    [{ entity, rows: {} }],
  );

type Order = { from: Source; sign: 1 | -1 };

/** Is this the order in which the store keeps documents? */
const asStored = (order: Order[]): boolean =>
  order.length > 0 &&
  order.every(({ from, sign }, index) => sign === 1 && from.table === undefined && from.label === ['modified', 'name'][index]);

/** NULL first, numbers as numbers, text without regard to case. */
function sorted(rows: Joined[], order: Order[]): Joined[] {
  const keyOf = (value: FieldValue): FieldValue => (typeof value === 'string' ? fold(value) : value);
  const keyed = rows.map((row) => ({ row, keys: order.map(({ from }) => keyOf(from.value(row))) }));
  keyed.sort((left, right) => {
    const at = order.findIndex((_, index) => left.keys[index] !== right.keys[index]);
    const [a, b] = [left.keys[at] ?? null, right.keys[at] ?? null];
    const before = a === null || (b !== null && a < b);
    return at === -1 ? 0 : (before ? -1 : 1) * (order[at]?.sign ?? 1);
  });
  return keyed.map(({ row }) => row);
}

/** A list as `frappe.get_list` gives it: rows by label. */
export function list(context: Context, request: ListRequest): { [label: string]: FieldValue }[] {
  const meta = context.metadata.get(request.doctype);
  // A DocType that is not there ends in a question about the permission for DocTypes (list).
  if (meta === undefined) throw noDoctypePermission(context.user, 'DocType', 'document');
  if (meta.issingle) throw new FrappeError('pymysql.err.ProgrammingError', `('DocType', '${meta.name}')`);
  const permitted = visible(context, meta, request);
  const { filters = [], orFilters = [], start = 0, length = 20 } = request;
  const of = (meta.istable ? context.metadata.get(request.parent ?? '') : undefined) ?? meta;
  const everyColumn = [...readable(context, meta, of), ...(meta.istable ? ofRows : [])];
  const written = (request.fields?.length ? request.fields : ['name']).flatMap((field) => (field === '*' ? everyColumn : [field]));
  const count = written.length === 1 ? /^count\((?:distinct\s+)?[`\w.*]+\)(?:\s+as\s+["'`]?(\w+)["'`]?)?$/i.exec(written[0] ?? '') : null;
  // What the user may not read at its permission level is left out without a word.
  const shown = ({ field }: Source): boolean => request.ignorePermissions === true || mayAtLevel(context, of, 'read', field?.permlevel);
  const fields = count === null ? written.map((field) => source(context, meta, field)).filter(shown) : [];
  const conditions = [...filters, ...orFilters].map((filter) => {
    const from = source(context, meta, filter.fieldname, notPermitted, filter.doctype);
    const test = matcher(filter, from.field);
    return { from, matches: (joined: Joined): boolean => test(from.value(joined)) };
  });
  const order = (request.orderBy || '').split(',').flatMap((part): Order[] => {
    // The name of a table may hold spaces.
    const [, fieldname = '', direction = ''] = /^(.*?)(?:\s+(asc|desc))?$/i.exec(part.trim()) ?? [];
    const sign = direction.toLowerCase() === 'desc' ? -1 : 1;
    return fieldname === '' ? [] : [{ from: source(context, meta, fieldname, unknownOrder), sign }];
  });

  const tables = new Set([...fields, ...[...conditions, ...order].map(({ from }) => from)].flatMap(({ table }) => table ?? []));
  const [all, any] = [conditions.slice(0, filters.length), conditions.slice(filters.length)];
  const matches = (joined: Joined): boolean =>
    all.every((one) => one.matches(joined)) && (any.length === 0 || any.some((one) => one.matches(joined)));
  const from = candidates(context, meta, filters);
  const stored = count === null && asStored(order) && from === context.store.all(meta.name);
  const end = length === 0 ? Infinity : start + length;
  const rows: Joined[] = [];
  for (const entity of from) {
    // A page in the order of the store is read up to its end, not sorted out of everything.
    if (stored && rows.length >= end) break;
    if (!permitted(entity)) continue;
    const joined = join(entity, tables).filter(matches);
    rows.push(...(request.groupBy ? joined.slice(0, 1) : joined));
  }
  if (count !== null) return [{ [count[1] ?? written[0] ?? 'count']: rows.length }];
  // Without an order the database gives rows as they lie, which is mostly by name.
  const found = stored ? rows : sorted(rows, order.length > 0 ? order : [{ from: source(context, meta, 'name'), sign: 1 }]);
  const onlyTables = fields.every(({ table }) => table !== undefined);
  return found
    .slice(start, end)
    .filter((row) => !onlyTables || Object.keys(row.rows).length > 0)
    .map((row) => Object.fromEntries(fields.map(({ label, value }) => [label, value(row)])));
}
