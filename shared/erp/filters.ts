import type { FieldValue } from './document';

export const filterOperators = ['=', '!=', '>', '<', '>=', '<=', 'like', 'not like', 'in', 'not in', 'is', 'between'] as const;

export type FilterOperator = (typeof filterOperators)[number];

/** One condition as Frappe's list API takes it; `is` takes `set` or `not set`. */
export type Filter = [fieldname: string, operator: FilterOperator, value: FieldValue | FieldValue[]];
