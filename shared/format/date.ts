/** Frappe's `date_format`, e.g. `dd-mm-yyyy`; Frappe's own default. */
export const defaultDateFormat = 'yyyy-mm-dd';

/** A date as Frappe writes it (`2026-11-23`, or the start of a datetime) in the site's format; other text as it is. */
export function formatDate(value: string, dateFormat: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(value);
  if (!parts) return value;
  const [, year = '', month = '', day = ''] = parts;
  return dateFormat.replace('yyyy', year).replace('mm', month).replace('dd', day);
}

/** A time as Frappe writes it (`9:05:00`, `09:05:00.123456`) to the minute; with seconds where the site shows them. */
export function formatTime(value: string, timeFormat: string): string {
  const parts = /^(\d{1,2}):(\d{2})(?::(\d{2}))?/.exec(value);
  if (!parts) return value;
  const [, hours = '', minutes = '', seconds] = parts;
  const text = `${hours.padStart(2, '0')}:${minutes}`;
  return timeFormat.includes('ss') && seconds !== undefined ? `${text}:${seconds}` : text;
}

/** A naive datetime of the site, shown in the site's own time zone: no conversion. */
export function formatDatetime(value: string, dateFormat: string, timeFormat: string): string {
  const [date = '', time] = value.split(/[ T]/);
  return time === undefined ? formatDate(date, dateFormat) : `${formatDate(date, dateFormat)} ${formatTime(time, timeFormat)}`;
}
