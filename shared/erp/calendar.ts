const pattern = /^(\d{4})-(\d{2})-(\d{2})/;
const day = 86_400_000;

/** Milliseconds of a Frappe date (`YYYY-MM-DD`, a time after it is ignored) counted as if in UTC; null for anything else. */
function dayNumber(date: string): number | null {
  const match = pattern.exec(date);
  if (match === null) return null;
  const [, year, month, date_] = match;
  const at = Date.UTC(Number(year), Number(month) - 1, Number(date_));
  return isoDate(at) === match[0] ? at : null;
}

const isoDate = (at: number): string => new Date(at).toISOString().slice(0, 10);

export const isDate = (text: string): boolean => text.length === 10 && dayNumber(text) !== null;

/** The date `days` later; what is no date comes back as it was. */
export function addDays(date: string, days: number): string {
  const at = dayNumber(date);
  return at === null ? date : isoDate(at + days * day);
}

/** Whole days from one date to another; 0 where either is no date. */
export function daysBetween(from: string, to: string): number {
  const a = dayNumber(from);
  const b = dayNumber(to);
  return a === null || b === null ? 0 : Math.round((b - a) / day);
}

/** 0 is Sunday; null where it is no date. */
export function weekdayOf(date: string): number | null {
  const at = dayNumber(date);
  return at === null ? null : new Date(at).getUTCDay();
}

/** The first day of a month that is counted from January of year 0; months before and after a year are of the ones beside it. */
export const firstOfMonth = (month: number): string => isoDate(Date.UTC(Math.floor(month / 12), month - Math.floor(month / 12) * 12, 1));
