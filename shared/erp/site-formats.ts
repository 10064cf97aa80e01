import { weekdays } from './timespan';

/** The fields of System Settings that say how a site writes dates, times and numbers, with their options (Frappe's `system_settings.json`). */
export const formatChoices = {
  date_format: ['yyyy-mm-dd', 'dd-mm-yyyy', 'dd/mm/yyyy', 'dd.mm.yyyy', 'mm/dd/yyyy', 'mm-dd-yyyy'],
  time_format: ['HH:mm:ss', 'HH:mm'],
  first_day_of_the_week: weekdays,
  number_format: ['#,###.##', '#.###,##', '# ###.##', '# ###,##', "#'###.##", '#, ###.##', '#,##,###.##', '#,###.###', '#.###', '#,###'],
  float_precision: ['2', '3', '4', '5', '6', '7', '8', '9'],
  currency_precision: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
} as const;

export type FormatKey = keyof typeof formatChoices;
export const formatKeys: readonly FormatKey[] = [
  'date_format',
  'time_format',
  'first_day_of_the_week',
  'number_format',
  'float_precision',
  'currency_precision',
];

/** What is known of them; what is not, is left out. */
export type SiteFormats = { [K in FormatKey]?: string };

const isOption = (key: FormatKey, value: string): boolean => formatChoices[key].some((option) => option === value);

/** The formats among other values by key (defaults, an answer); others, and values that Frappe does not know, are left out. */
export function formatsAmong(values: Readonly<Record<string, unknown>>): SiteFormats {
  const formats: SiteFormats = {};
  for (const key of formatKeys) {
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text === 'string' && isOption(key, text)) formats[key] = text;
  }
  return formats;
}

/**
 * The formats that any page of the site tells its own scripts (`frappe.boot = {"sysdefaults": {"date_format": …}}`, as Frappe's
 * `get_boot_data`; JSON, or Python's way of writing it). System Settings themselves are refused to ordinary users
 * [user-context], and no method tells them.
 */
export function formatsOfPage(html: string): SiteFormats {
  const start = html.indexOf('frappe.boot');
  if (start < 0) return {};
  const end = html.indexOf('</script>', start);
  const script = html.slice(start, end < 0 ? undefined : end);
  const found: Record<string, string> = {};
  for (const key of formatKeys) {
    const match = new RegExp(`["']${key}["']\\s*:\\s*(?:"([^"\\n]{1,12})"|'([^'\\n]{1,12})'|(\\d))`).exec(script);
    const value = match?.[1] ?? match?.[2] ?? match?.[3];
    if (value !== undefined) found[key] = value;
  }
  return formatsAmong(found);
}
