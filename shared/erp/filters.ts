import type { FieldValue } from './document';

export const filterOperators = ['=', '!=', '>', '<', '>=', '<=', 'like', 'not like', 'in', 'not in', 'is', 'between'] as const;

export type FilterOperator = (typeof filterOperators)[number];

/** One condition as Frappe's list API takes it; `is` takes `set` or `not set`. */
export type Filter = [fieldname: string, operator: FilterOperator, value: FieldValue | FieldValue[]];

/** One condition on the rows of child tables, as Frappe's list API takes it: the child DocType stands before it. */
export type RowFilter = [child: string, ...filter: Filter];

export type AnyFilter = Filter | RowFilter;

export const isRowFilter = (filter: AnyFilter): filter is RowFilter => filter.length === 4;
export const isOwnFilter = (filter: AnyFilter): filter is Filter => filter.length === 3;
