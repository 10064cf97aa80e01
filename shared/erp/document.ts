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

/** The rows of a table field; an absent or wrong value has none. */
export function rowsOf(doc: DocumentValues, fieldname: string): ChildRow[] {
  const value = doc[fieldname];
  return Array.isArray(value) ? value : [];
}

/** `docstatus` and `idx`, on which decisions are made, as the numbers that they are, also where they came as text. */
export function withOwnNumbers<V extends { [fieldname: string]: unknown }>(values: V): V {
  const { docstatus: status, idx } = values;
  if (typeof status !== 'string' && typeof idx !== 'string') return values;
  return { ...values, ...(status === undefined ? {} : { docstatus: Number(status) }), ...(idx === undefined ? {} : { idx: Number(idx) }) };
}
