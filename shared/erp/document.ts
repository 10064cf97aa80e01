/** A value of a field as JSON carries it. Dates and times are Frappe's strings. */
export type FieldValue = string | number | boolean | null;

/** A row of a child table. A row that the server has not seen has a temporary `name`. */
export type ChildRow = { name: string; idx?: number } & { [fieldname: string]: FieldValue | undefined };

/** The values of a document by fieldname; a table field holds its rows. */
export type DocumentValues = { [fieldname: string]: FieldValue | ChildRow[] | undefined };

/**
 * A document as `/api/resource` gives it. `modified` and `creation` are opaque tokens in the site's time zone:
 * compared as strings, never reparsed.
 */
export type Doc = DocumentValues & {
  doctype: string;
  name: string;
  owner?: string;
  creation?: string;
  modified?: string;
  modified_by?: string;
  docstatus?: number;
  idx?: number;
};

export const docstatus = { draft: 0, submitted: 1, cancelled: 2 } as const;

/** What a document or row itself holds: a field may be called like a member that every object has (`constructor`). */
export const valueOf = <V>(values: { readonly [fieldname: string]: V }, fieldname: string): V | undefined =>
  Object.hasOwn(values, fieldname) ? values[fieldname] : undefined;

/** Sets a field of any name: an assignment would take one called `__proto__` for the object's prototype. */
export function setValue<V>(values: { [fieldname: string]: V }, fieldname: string, value: V): void {
  Object.defineProperty(values, fieldname, { value, writable: true, enumerable: true, configurable: true });
}

/** The rows of a table field; an absent or wrong value has none. */
export function rowsOf(doc: DocumentValues, fieldname: string): ChildRow[] {
  const value = valueOf(doc, fieldname);
  return Array.isArray(value) ? value : [];
}

/**
 * `name`, `docstatus` and `idx`, on which decisions are made, in the types that they have here: text and numbers. A DocType
 * that counts its names (`autoincrement`, as CRM Note does) tells them as numbers, and some sites tell numbers as text.
 */
export function inOwnTypes<V extends { [fieldname: string]: unknown }>(values: V): V {
  const { name, docstatus: status, idx } = values;
  if (typeof name !== 'number' && typeof status !== 'string' && typeof idx !== 'string') return values;
  return {
    ...values,
    ...(typeof name === 'number' ? { name: String(name) } : {}),
    ...(status === undefined ? {} : { docstatus: Number(status) }),
    ...(idx === undefined ? {} : { idx: Number(idx) }),
  };
}

/** What a document or row can be called by: text, or the number of one that is counted. */
export const isName = (value: unknown): value is string | number => typeof value === 'string' || Number.isSafeInteger(value);
