import type { Filter, FilterOperator } from './filters';
import { rangeOf } from './timespan';
import type { Timespan, Today } from './timespan';

/** A condition as a person sets and keeps it: a period moves on with the days. */
export type ListFilter = Filter | [fieldname: string, operator: 'timespan', timespan: Timespan];

export type ListOperator = FilterOperator | 'timespan';

/** The conditions as they are asked today: a period is the days from its first to its last. */
export const asAsked = (filters: readonly ListFilter[], today: Today): Filter[] =>
  filters.map((filter) => (isTimespan(filter) ? [filter[0], 'between', rangeOf(filter[2], today)] : filter));

export const isTimespan = (filter: ListFilter): filter is Extract<ListFilter, [string, 'timespan', Timespan]> => filter[1] === 'timespan';

export const withoutPeriods = (filters: readonly ListFilter[]): Filter[] =>
  filters.filter((filter): filter is Filter => !isTimespan(filter));
