import type { DocumentValues, FieldValue } from '@shared/erp/document';
import type { Filter } from '@shared/erp/filters';
import { frappeEqual, isEmpty } from '@shared/sync/frappe-equal';
import { scalar } from '@shared/sync/changes';
import { fold } from './search-text';

/** Does a document, or a row, pass all conditions, as the server's list would judge? Text is compared without case and accents. */
export const matchesAll = (doc: DocumentValues, filters: readonly Filter[]): boolean => filters.every((filter) => matches(doc, filter));

function matches(doc: DocumentValues, [fieldname, operator, wanted]: Filter): boolean {
  const value = scalar(doc, fieldname);
  switch (operator) {
    case '=':
      return same(value, single(wanted));
    case '!=':
      return !same(value, single(wanted));
    case '>':
      return compareValues(value, single(wanted)) > 0;
    case '<':
      return compareValues(value, single(wanted)) < 0;
    case '>=':
      return compareValues(value, single(wanted)) >= 0;
    case '<=':
      return compareValues(value, single(wanted)) <= 0;
    case 'like':
      return like(value, single(wanted));
    case 'not like':
      return !like(value, single(wanted));
    case 'in':
      return several(wanted).some((one) => same(value, one));
    case 'not in':
      return !several(wanted).some((one) => same(value, one));
    case 'is':
      return (wanted === 'set') === !isEmpty(value);
    case 'between': {
      const [from, to] = several(wanted);
      // A date includes its whole day when the field holds a time too.
      const upper = typeof to === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(to) ? `${to} 23:59:59.999999` : to;
      return compareValues(value, from) >= 0 && compareValues(value, upper) <= 0;
    }
  }
}

const single = (wanted: FieldValue | FieldValue[]): FieldValue | undefined => (Array.isArray(wanted) ? wanted[0] : wanted);
const several = (wanted: FieldValue | FieldValue[]): FieldValue[] =>
  Array.isArray(wanted) ? wanted : typeof wanted === 'string' ? wanted.split(',').map((part) => part.trim()) : [wanted];

const same = (a: FieldValue | undefined, b: FieldValue | undefined): boolean =>
  frappeEqual(a, b) || (typeof a === 'string' && typeof b === 'string' && fold(a) === fold(b)) || numbersEqual(a, b);

/** A number may be asked for as text. */
const numbersEqual = (a: FieldValue | undefined, b: FieldValue | undefined): boolean =>
  !isEmpty(a) && !isEmpty(b) && typeof a !== typeof b && Number(a) === Number(b);

/** What a value is sorted by, made once for each of many. */
export type SortKey = { number: number | null; text: string };

export const sortKey = (value: FieldValue | undefined): SortKey => ({ number: numberOf(value), text: fold(String(value ?? '')) });

/** Order of two values of one field: empty first, numbers by value, text without case and accents. */
export function compareKeys(a: SortKey, b: SortKey): number {
  if (a.number !== null && b.number !== null) return a.number - b.number;
  return a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
}

const compareValues = (a: FieldValue | undefined, b: FieldValue | undefined): number => compareKeys(sortKey(a), sortKey(b));

function numberOf(value: FieldValue | undefined): number | null {
  if (isEmpty(value)) return 0;
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : null;
}

function like(value: FieldValue | undefined, wanted: FieldValue | undefined): boolean {
  const pattern = fold(String(wanted ?? ''))
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/%/g, '[\\s\\S]*')
    .replace(/_/g, '[\\s\\S]');
  return new RegExp(`^${pattern}$`).test(fold(String(value ?? '')));
}
