import type { DocField } from '@shared/erp/docfield';
import { rowsOf, type FieldValue } from '@shared/erp/document';
import { metaOf, type Context } from './engine';
import { crash, FrappeError, noDoctypePermission, thrown } from './errors';
import { matcher, type Condition } from './filters';
import type { Meta } from './metadata';
import { mayAtLevel, mayDocument, restrictedLinks, scope, userPermissions } from './permissions';
import { column, fold, text, type Entity } from './values';

export type ListRequest = {
  doctype: string;
  /** Of a child DocType: the DocType whose permission counts. It does not filter (children-of-namesakes). */
  parent?: string;
  fields?: string[];
  filters?: Condition[];
  orFilters?: Condition[];
  orderBy?: string;
  start?: number;
  /** 0: all */
  length?: number;
  ignorePermissions?: boolean;
};

/** One row of the join of a document with the child tables that fields or filters name. */
type Joined = { entity: Entity; rows: { [table: string]: Entity | undefined } };

const always = 'name owner creation modified modified_by docstatus idx'.split(' ');
const standard = new Set([...always, ...'parent parentfield parenttype doctype _user_tags _comments _assign _liked_by'.split(' ')]);

type Source = { label: string; value: (joined: Joined) => FieldValue; table?: string; field?: DocField | undefined };

const notPermitted = (fieldname: string): FrappeError => thrown('DataError', `Field not permitted in query: ${fieldname}`);

/** Where a field of a query comes from: the document, a row of a child table, or a document linked to. */
function source(context: Context, meta: Meta, written: string, refuse: (fieldname: string) => FrappeError, doctype = meta.name): Source {
  const [expression = '', alias] = written.split(/\s+as\s+/i);
  const path = expression.replaceAll('`', '').replace(/^tab/, '').trim();
  const [head = '', tail] = path.includes('.') ? path.split('.') : [doctype === meta.name ? meta.name : doctype, path];
  if (tail === undefined) throw refuse(written);
  const label = (alias ?? tail).trim().replace(/^["'`]|["'`]$/g, '');
  if (head === meta.name) {
    const field = meta.byName.get(tail);
    if (!standard.has(tail) && (field === undefined || !meta.columns.includes(field))) throw refuse(tail);
    return { label, field, value: ({ entity }) => column(entity, tail, field) };
  }
  const table = meta.tables.find(({ fieldname, options }) => fieldname === head || options === head);
  if (table !== undefined) {
    const field = context.metadata.get(table.options ?? '')?.byName.get(tail);
    if (!standard.has(tail) && field === undefined) throw refuse(tail);
    return {
      label,
      field,
      table: table.fieldname,
      value: ({ rows }) => (rows[table.fieldname] === undefined ? null : column(rows[table.fieldname] ?? { name: '' }, tail, field)),
    };
  }
  const link = meta.byName.get(head);
  if (link?.fieldtype !== 'Link') throw refuse(head);
  const target = metaOf(context, link.options ?? '');
  const field = target.byName.get(tail);
  return {
    label,
    field,
    value({ entity }) {
      const linked = context.store.get(target.name, text(entity, head));
      return linked === undefined ? null : column(linked, tail, field);
    },
  };
}

/** Text without regard to case, as it sorts. */
const folded = (value: FieldValue): FieldValue => (typeof value === 'string' ? fold(value) : value);

function compare(left: FieldValue, right: FieldValue): number {
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return left < right ? -1 : 1;
}

/** Which documents this user's roles and user permissions let a list show. */
function visible(context: Context, meta: Meta, request: ListRequest): (entity: Entity) => boolean {
  if (request.ignorePermissions) return () => true;
  if (meta.istable) {
    const parent = request.parent === undefined ? undefined : context.metadata.get(request.parent);
    if (
      parent === undefined ||
      !parent.tables.some(({ options }) => options === meta.name) ||
      scope(context, parent.name, 'read') === 'none'
    )
      throw new FrappeError(403, 'PermissionError', { exception: 'frappe.exceptions.PermissionError' });
    const allowed = userPermissions(context, parent.name);
    if (allowed.size === 0) return () => true;
    return (row) => {
      const doc = context.store.get(text(row, 'parenttype'), text(row, 'parent'));
      return doc !== undefined && mayDocument(context, doc, 'read');
    };
  }
  const reach = scope(context, meta.name, 'read');
  if (reach === 'none') throw noDoctypePermission(context.user, meta.name, 'list');
  if (meta.name === 'File') return (file) => mayFile(context, file);
  const allowed = userPermissions(context, meta.name);
  const links = restrictedLinks(meta, allowed);
  const own = allowed.get(meta.name);
  return (entity) =>
    (reach === 'all' || entity['owner'] === context.user) &&
    (own === undefined || own.has(entity.name)) &&
    links.every(({ field, names }) => text(entity, field.fieldname) === '' || names.has(text(entity, field.fieldname)));
}

/** A private file is for its owner and for those who may read what it is attached to. */
export function mayFile(context: Context, file: Entity): boolean {
  if (!file['is_private'] || file['owner'] === context.user || context.user === 'Administrator') return true;
  const doc = context.store.get(text(file, 'attached_to_doctype'), text(file, 'attached_to_name'));
  return doc !== undefined && mayDocument(context, doc, 'read');
}

/** The entities that a query starts from; a child list that names its parents reads only those. */
function candidates(context: Context, meta: Meta, filters: Condition[]): readonly Entity[] {
  const named = (fieldname: string): string[] | undefined => {
    const condition = filters.find(
      (filter) => filter.fieldname === fieldname && filter.doctype === undefined && (filter.operator === '=' || filter.operator === 'in'),
    );
    if (condition === undefined) return undefined;
    const values = Array.isArray(condition.value) ? condition.value : [condition.value];
    return values.every((value) => typeof value === 'string') ? values.map(String) : undefined;
  };
  if (meta.istable) {
    const parents = named('parent');
    return context.store.rows(meta.name, parents === undefined ? undefined : new Set(parents));
  }
  const names = named('name');
  if (names === undefined) return context.store.all(meta.name);
  return [...new Set(names)].flatMap((name) => context.store.get(meta.name, name) ?? []);
}

function join(entities: readonly Entity[], tables: ReadonlySet<string>): Joined[] {
  let joined: Joined[] = entities.map((entity) => ({ entity, rows: {} }));
  for (const table of tables)
    joined = joined.flatMap((one) => {
      // The database joins in the order of the rows' names (list).
      const rows = [...rowsOf(one.entity, table)].sort((left, right) => (left.name < right.name ? -1 : 1));
      return rows.length === 0 ? [one] : rows.map((row) => ({ entity: one.entity, rows: { ...one.rows, [table]: row } }));
    });
  return joined;
}

/** A list as `frappe.get_list` gives it: rows by label. */
export function list(context: Context, request: ListRequest): { [label: string]: FieldValue }[] {
  const meta = context.metadata.get(request.doctype);
  // A DocType that is not there ends in a question about the permission for DocTypes (list).
  if (meta === undefined) throw noDoctypePermission(context.user, 'DocType', 'document');
  if (meta.issingle) throw crash('ProgrammingError', `pymysql.err.ProgrammingError: ('DocType', '${meta.name}')`);
  const permitted = visible(context, meta, request);
  const [filters, orFilters] = [request.filters ?? [], request.orFilters ?? []];
  const written = (request.fields?.length ? request.fields : ['name']).flatMap((field) =>
    field === '*' ? everyColumn(context, meta) : [field],
  );
  const count = written.length === 1 ? /^count\((?:distinct\s+)?[`\w.*]+\)(?:\s+as\s+["'`]?(\w+)["'`]?)?$/i.exec(written[0] ?? '') : null;
  const fields = count === null ? written.map((field) => source(context, meta, field, notPermitted)) : [];
  const conditions = [...filters, ...orFilters].map((filter) => ({
    filter,
    from: source(context, meta, filter.fieldname, notPermitted, filter.doctype),
  }));
  const order = (request.orderBy ?? '')
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [fieldname = '', direction = 'asc'] = part.trim().split(/\s+/);
      const unknown = (name: string) =>
        crash('OperationalError', `pymysql.err.OperationalError: (1054, "Unknown column '${name}' in 'ORDER BY'")`);
      return { from: source(context, meta, fieldname, unknown), sign: direction.toLowerCase() === 'desc' ? -1 : 1 };
    });

  const tables = new Set(
    [...fields, ...conditions.map(({ from }) => from), ...order.map(({ from }) => from)].flatMap(({ table }) => table ?? []),
  );
  const tests = conditions.map(({ filter, from }) => matcher(filter, from.field, from.value));
  const all = tests.slice(0, filters.length);
  const any = tests.slice(filters.length);
  const matches = (joined: Joined): boolean => all.every((test) => test(joined)) && (any.length === 0 || any.some((test) => test(joined)));
  const from = candidates(context, meta, filters);
  const stored = count === null && order.length > 0 && from === context.store.all(meta.name) && asStored(order);
  const wanted = stored && request.length !== 0 ? (request.start ?? 0) + (request.length ?? 20) : Infinity;
  const rows: Joined[] = [];
  for (const entity of from) {
    // A page in the order of the store is read up to its end, not sorted out of everything.
    if (rows.length >= wanted) break;
    if (permitted(entity)) rows.push(...join([entity], tables).filter(matches));
  }
  if (count !== null) return [{ [count[1] ?? written[0] ?? 'count']: rows.length }];
  // Without an order the database gives rows as they lie, which is mostly by name.
  if (!stored) sort(rows, order.length > 0 ? order : [{ from: source(context, meta, 'name', notPermitted), sign: 1 }]);
  const start = request.start ?? 0;
  const page = request.length === 0 ? rows.slice(start) : rows.slice(start, start + (request.length ?? 20));
  const onlyTables = fields.length > 0 && fields.every(({ table }) => table !== undefined);
  return page
    .filter((row) => !onlyTables || Object.keys(row.rows).length > 0)
    .map((row) => Object.fromEntries(fields.map(({ label, value }) => [label, value(row)])));
}

/** Is this the order in which the store keeps documents? */
const asStored = (order: { from: Source; sign: number }[]): boolean =>
  order.every(({ from, sign }, index) => sign === 1 && from.table === undefined && from.label === ['modified', 'name'][index]);

function sort(rows: Joined[], order: { from: Source; sign: number }[]): void {
  const keys = new Map(rows.map((row) => [row, order.map(({ from }) => folded(from.value(row)))]));
  const compareRows = (left: Joined, right: Joined): number => {
    const [a, b] = [keys.get(left), keys.get(right)];
    for (const [index, { sign }] of order.entries()) {
      const result = compare(a?.[index] ?? null, b?.[index] ?? null);
      if (result !== 0) return result * sign;
    }
    return 0;
  };
  rows.sort(compareRows);
}

const everyColumn = (context: Context, meta: Meta): string[] => [
  ...always,
  ...(meta.istable ? ['parent', 'parentfield', 'parenttype'] : []),
  ...meta.columns.filter(({ permlevel }) => mayAtLevel(context, meta, 'read', permlevel ?? 0)).map(({ fieldname }) => fieldname),
];
