import { addDays, isDate } from '../erp/calendar';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * A date as people type it, in the order of the site's `date_format` (`dd-mm-yyyy`): `23/11/2026`, `23.11.`, `2311`, `23 nov`, `2026-11-23`,
 * `today`, `tomorrow`, `+3`, `-1`. Without a year, this one. `today` is `YYYY-MM-DD`. Null where it is no date.
 */
export function parseDate(text: string, dateFormat: string, today: string): string | null {
  const typed = text.trim().toLowerCase();
  if (isDate(typed)) return typed;
  if (typed === 't' || typed === 'today') return today;
  if (typed === 'tomorrow') return addDays(today, 1);
  if (typed === 'yesterday') return addDays(today, -1);
  if (/^[+-]\d{1,4}$/.test(typed)) return addDays(today, Number(typed));
  return inOrder(partsOf(typed, dateFormat), dateFormat, today);
}

/** Digits without signs are cut as the format has them: `2311`, `231126`, `23112026`. */
function partsOf(typed: string, dateFormat: string): string[] {
  if (!/^\d+$/.test(typed) || typed.length < 3) return typed.split(/[\s/.,-]+/).filter((part) => part !== '');
  const yearFirst = dateFormat.startsWith('yyyy');
  const year = typed.length - 4;
  if (![4, 6, 8].includes(typed.length)) return [typed];
  return yearFirst && year > 0
    ? [typed.slice(0, year), typed.slice(year, year + 2), typed.slice(year + 2)]
    : [typed.slice(0, 2), typed.slice(2, 4), ...(year > 0 ? [typed.slice(4)] : [])];
}

function inOrder(parts: readonly string[], dateFormat: string, today: string): string | null {
  if (parts.length < 1 || parts.length > 3) return null;
  const [thisYear = '', thisMonth = ''] = today.split('-');
  let order = dateFormat.split(/[^a-z]+/);
  if (parts.length < 3) order = order.filter((part) => part !== 'yyyy');
  if (parts.length < 2) order = ['dd'];
  if (parts.length === 3 && parts[0]?.length === 4) order = ['yyyy', 'mm', 'dd'];
  const named = parts.findIndex((part) => monthNumber(part) !== null && !/^\d/.test(part));
  if (named >= 0)
    order = ['mm', 'dd', 'yyyy'].filter((part) => part !== 'mm' && (parts.length === 3 || part !== 'yyyy')).toSpliced(named, 0, 'mm');
  const at = (part: string): string | undefined => parts[order.indexOf(part)];
  const month = monthNumber(at('mm') ?? thisMonth);
  const year = at('yyyy') ?? thisYear;
  const day = at('dd') ?? '';
  if (month === null || !/^(\d{2}|\d{4})$/.test(year) || !/^\d{1,2}$/.test(day)) return null;
  const date = `${year.length === 2 ? `20${year}` : year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDate(date) ? date : null;
}

function monthNumber(part: string): number | null {
  if (/^\d{1,2}$/.test(part)) return Number(part);
  const index = part.length >= 3 ? months.findIndex((month) => part.startsWith(month)) : -1;
  return index < 0 ? null : index + 1;
}

/** A time as people type it: `9`, `9:05`, `905`, `0905`, `9.05`, `9:05:30`, `9pm`. Answers `HH:mm:ss`, or null. */
export function parseTime(text: string): string | null {
  const match = /^(\d{1,2})(?:[:.h]?(\d{2}))?(?:[:.]?(\d{2}))?\s*(am|pm)?$/i.exec(text.trim());
  if (match === null) return null;
  const [, hour = '', minute = '00', second = '00', half] = match;
  const hours = (Number(hour) % (half === undefined ? 24 : 12)) + (half?.toLowerCase() === 'pm' ? 12 : 0);
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  return [String(hours), minute, second].map((part) => part.padStart(2, '0')).join(':');
}
