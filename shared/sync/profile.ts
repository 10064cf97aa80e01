import type { DocType } from '../erp/doctype';
import type { Filter } from '../erp/filters';

/** Only documents whose date lies within the last `days` days, today included. `field` is a date of the document: `modified`, `creation` or one of its own. */
export type ProfileWindow = { field: string; days: number };

/** What this device keeps of a DocType: what fits all filters and, where there is one, the time window. */
export type ProfileEntry = {
  doctype: string;
  filters: Filter[];
  window?: ProfileWindow | null;
  /** `false`: what its documents link to does not come along. */
  links?: boolean;
  /** `true`: their attachments are fetched without being opened, whatever is chosen for the others. */
  files?: boolean;
  /** As the company's profile says it; absent once the person chose otherwise. */
  from?: 'company';
};

/** The windows that a person may choose, in days: a month, a quarter, a year and two, never shorter than the words say. */
export const windowChoices: readonly number[] = [30, 92, 366, 731];

/** The dates that a document is booked or made for, the first that a DocType has. */
const ownDates: readonly string[] = ['transaction_date', 'posting_date'];

/** The date that a window of this DocType looks at: its own where it has one, otherwise `modified`, as for masters. */
export function windowField({ fields }: Pick<DocType, 'fields'>): string {
  const dates = new Set(fields.filter((field) => field.fieldtype === 'Date' && field.is_virtual !== 1).map((field) => field.fieldname));
  return ownDates.find((name) => dates.has(name)) ?? 'modified';
}

/**
 * What the server is asked with for an entry of the profile: its filters, and the lower bound of its window.
 * `today` is the site's date, `YYYY-MM-DD`.
 */
export function profileFilters({ filters, window }: Pick<ProfileEntry, 'filters' | 'window'>, today: string): Filter[] {
  return window == null ? filters : [...filters, [window.field, '>=', windowStart(window, today)]];
}

/** The first day within a window, `YYYY-MM-DD`. */
export function windowStart({ days }: ProfileWindow, today: string): string {
  const day = new Date(`${today}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - days);
  return day.toISOString().slice(0, 10);
}

/** Entries that keep the same have the same: without the bound of the window, which moves on with each day. */
export const scopeKey = ({ filters, window }: Pick<ProfileEntry, 'filters' | 'window'>): string =>
  JSON.stringify(window == null ? filters : [filters, window]);
