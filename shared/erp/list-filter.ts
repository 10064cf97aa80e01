import type { AnyFilter, Filter, FilterOperator } from './filters';
import { rangeOf } from './timespan';
import type { Timespan, Today } from './timespan';

/** A condition on a document's own field as a person sets and keeps it: a period moves on with the days. */
export type OwnListFilter = Filter | [fieldname: string, operator: 'timespan', timespan: Timespan];

/** The same on the rows of a child DocType, which stands before it. */
export type RowListFilter = [child: string, ...filter: OwnListFilter];

export type ListFilter = OwnListFilter | RowListFilter;

export type ListOperator = FilterOperator | 'timespan';

/** The child DocType whose rows a condition is about, null where it is about the document itself, and the condition. */
export function splitFilter(filter: ListFilter): { child: string | null; own: OwnListFilter } {
  if (filter.length === 3) return { child: null, own: filter };
  const [child, ...own] = filter;
  return { child, own };
}

export const onRows = (child: string | null, own: OwnListFilter): ListFilter => (child === null ? own : [child, ...own]);

/** The conditions as they are asked today: a period is the days from its first to its last. */
export const asAsked = (filters: readonly ListFilter[], today: Today): AnyFilter[] =>
  filters.map((filter) => {
    const { child, own } = splitFilter(filter);
    const asked: Filter = isTimespan(own) ? [own[0], 'between', rangeOf(own[2], today)] : own;
    return child === null ? asked : [child, ...asked];
  });

export const isTimespan = (filter: OwnListFilter): filter is Exclude<OwnListFilter, Filter> => filter[1] === 'timespan';

/** Conditions on the document's own fields that stay as they are from day to day: what a profile takes. */
export const plainFilters = (filters: readonly ListFilter[]): Filter[] =>
  filters.flatMap((filter) => {
    const { child, own } = splitFilter(filter);
    return child !== null || isTimespan(own) ? [] : [own];
  });
