import { addDays, firstOfMonth, weekdayOf } from './calendar';

/** The periods of Frappe's `Timespan` filter (v15, `get_timespan_date_range`), in the order in which they are offered. */
export const timespans = [
  'today',
  'yesterday',
  'tomorrow',
  'this week',
  'last week',
  'next week',
  'this month',
  'last month',
  'next month',
  'this quarter',
  'last quarter',
  'next quarter',
  'this year',
  'last year',
  'next year',
  'last 7 days',
  'last 14 days',
  'last 30 days',
  'last 90 days',
  'next 7 days',
  'next 14 days',
  'next 30 days',
  'last 6 months',
  'next 6 months',
] as const;

export type Timespan = (typeof timespans)[number];

export const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

export type Weekday = (typeof weekdays)[number];

export type Today = {
  /** `YYYY-MM-DD` of the site. */
  date: string;
  weekStart: Weekday;
};

type Range = [from: string, to: string];

/** The first and the last day of a period, both part of it; of days that are counted, today is one as well, as in Frappe. */
export function rangeOf(timespan: Timespan, { date, weekStart }: Today): Range {
  const words = timespan.split(' ');
  const [which = '', what = '', unit] = words;
  if (unit === 'days') return which === 'last' ? [addDays(date, -Number(what)), date] : [date, addDays(date, Number(what))];
  // Two whole quarters.
  if (unit === 'months') return which === 'last' ? months(date, 3, -2, -1) : months(date, 3, 1, 2);
  const offset = offsets[which] ?? 0;
  switch (what) {
    case 'week': {
      const from = addDays(startOfWeek(date, weekStart), 7 * offset);
      return [from, addDays(from, 6)];
    }
    case 'month':
      return months(date, 1, offset, offset);
    case 'quarter':
      return months(date, 3, offset, offset);
    case 'year':
      return months(date, 12, offset, offset);
    default: {
      const day = addDays(date, offset);
      return [day, day];
    }
  }
}

const offsets: Readonly<Record<string, number>> = { yesterday: -1, last: -1, tomorrow: 1, next: 1 };

function startOfWeek(date: string, weekStart: Weekday): string {
  const since = ((weekdayOf(date) ?? 0) - weekdays.indexOf(weekStart) + 7) % 7;
  return addDays(date, -since);
}

/** From the start of one period of `size` months to the end of another; 0 is the one that the date is in. */
function months(date: string, size: number, first: number, last: number): Range {
  const [year = 0, month = 1] = date.split('-').map(Number);
  const period = Math.floor((year * 12 + month - 1) / size);
  return [firstOfMonth((period + first) * size), addDays(firstOfMonth((period + last + 1) * size), -1)];
}
