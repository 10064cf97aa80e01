import type { DocField } from '../erp/docfield';
import type { FieldValue } from '../erp/document';

const numeric: ReadonlySet<string> = new Set(['Int', 'Float', 'Currency', 'Percent', 'Check', 'Rating', 'Duration', 'Long Int']);
const html: ReadonlySet<string> = new Set(['Text Editor', 'HTML Editor', 'Markdown Editor']);
const verbatim: ReadonlySet<string> = new Set(['Code', 'JSON', 'Password', 'Signature', 'Geolocation']);

/** Floats are stored with nine places at most; a field's own precision is coarser. */
const storedPlaces = 9;

/**
 * Are two values of a field the same to Frappe? Null, "", absent and 0 are alike; numbers are compared at the field's
 * precision, times without padding, text as the server stores it (trimmed, and HTML-escaped or not). The server writes
 * `&amp;` for `&` in some fields and not in others (recording `values-rewritten`).
 */
export function frappeEqual(a: FieldValue | undefined, b: FieldValue | undefined, field?: DocField): boolean {
  if (a === b) return true;
  const [x, y] = [plain(a), plain(b)];
  if (x === y) return true;
  if (isNumeric(field, x, y)) return sameNumber(toNumber(x), toNumber(y), places(field));
  return textOf(x, field) === textOf(y, field);
}

/** Does the server's answer stand for what was sent? A password is answered with stars, whatever it was. */
export const answers = (became: FieldValue | undefined, sent: FieldValue | undefined, field?: DocField): boolean =>
  field?.fieldtype === 'Password' ? isEmpty(became) === isEmpty(sent) : frappeEqual(became, sent, field);

/** Empty in the sense that Frappe does not tell apart. */
export const isEmpty = (value: FieldValue | undefined): boolean => plain(value) === null;

function plain(value: FieldValue | undefined): string | number | null {
  if (value === undefined || value === null || value === '' || value === 0 || value === false) return null;
  return value === true ? 1 : value;
}

function isNumeric(field: DocField | undefined, x: string | number | null, y: string | number | null): boolean {
  if (field !== undefined) return numeric.has(field.fieldtype);
  return typeof x !== 'string' && typeof y !== 'string';
}

function toNumber(value: string | number | null): number {
  if (value === null) return 0;
  return typeof value === 'number' ? value : Number(value.trim());
}

function places(field: DocField | undefined): number {
  if (field?.fieldtype === 'Int' || field?.fieldtype === 'Check') return 0;
  const own = field?.precision === undefined || field.precision === '' ? storedPlaces : Number(field.precision);
  return Number.isFinite(own) ? Math.min(own, storedPlaces) : storedPlaces;
}

function sameNumber(x: number, y: number, decimals: number): boolean {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return Object.is(x, y);
  // Half a step of the last place kept, with room for binary fractions.
  const step = 0.5 * 10 ** -decimals + Math.max(Math.abs(x), Math.abs(y)) * Number.EPSILON * 4;
  return Math.abs(x - y) < step;
}

function textOf(value: string | number | null, field: DocField | undefined): string {
  if (value === null) return '';
  const text = String(value);
  if (field !== undefined && verbatim.has(field.fieldtype)) return text;
  if (looksLikeTime(text)) return canonicalTime(text);
  const unescaped = unescapeHtml(text.replace(/\r\n?/g, '\n')).trim();
  return field !== undefined && html.has(field.fieldtype) ? canonicalHtml(unescaped) : unescaped;
}

const timePattern = /^(\d{4}-\d{2}-\d{2} )?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?$/;
const looksLikeTime = (text: string): boolean => timePattern.test(text);

/** `9:05` and `09:05:00` are one time, and so are `.476830` and `.47683`. */
function canonicalTime(text: string): string {
  const match = timePattern.exec(text);
  if (match === null) return text;
  const [, date = '', hours = '', minutes = '', seconds = '00', fraction = ''] = match;
  const rest = fraction.replace(/0+$/, '');
  return `${date}${hours.padStart(2, '0')}:${minutes}:${seconds}${rest === '' ? '' : `.${rest}`}`;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'", nbsp: '\u00a0' };

function unescapeHtml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(amp|lt|gt|quot|#39|#x27|nbsp);/g, (whole, name: string) => entities[name] ?? whole);
}

/** The editor wraps what it stores in a `ql-editor` block and leaves blanks between tags. */
function canonicalHtml(text: string): string {
  const inner = /^<div class="ql-editor[^"]*">([\s\S]*)<\/div>$/.exec(text)?.[1] ?? text;
  return inner.replace(/>\s+</g, '><').replace(/\s+/g, ' ').trim();
}
