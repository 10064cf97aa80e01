import type { DocField } from '@shared/erp/docfield';
import type { FieldValue } from '@shared/erp/document';
import { thrown } from './errors';
import { fold, isNumeric, toNumber } from './values';

/** One condition of a list; `doctype` where the filter names one (its own or a child's). */
export type Condition = { doctype?: string; fieldname: string; operator: string; value: unknown };

const operators = (
  'like, not descendants of, previous, timespan, not like, is, next, >=, >, ancestors of, <, !=, not in, fiscal year, ' +
  'descendants of (inclusive), not ancestors of, between, =, descendants of, <=, in'
).split(', ');

const isRecord = (value: unknown): value is { [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The members of a list of which nothing is known; anything else has none. */
const unknowns = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Both forms of filters: `[[field, op, value], …]`, with the DocType before it or not, and `{field: value | [op, value]}`. */
export function parseFilters(filters: unknown): Condition[] {
  if (filters === undefined || filters === null || filters === '') return [];
  if (isRecord(filters))
    return Object.entries(filters).map(([fieldname, value]) => {
      const [operator, operand] = unknowns(value);
      const known = typeof operator === 'string' && operators.includes(operator.toLowerCase()) && unknowns(value).length === 2;
      return known
        ? { fieldname, operator: operator.toLowerCase(), value: operand }
        : { fieldname, operator: Array.isArray(value) ? 'in' : '=', value };
    });
  if (!Array.isArray(filters)) throw thrown('ValidationError', 'Filters must be a list or a dictionary');
  // One condition may stand alone, without a list around it.
  if (filters.length > 0 && typeof filters[0] === 'string') return [condition(filters)];
  return filters.map((filter) => (isRecord(filter) ? (parseFilters(filter)[0] ?? condition([])) : condition(filter)));
}

function condition(filter: unknown): Condition {
  const parts = unknowns(filter);
  if (parts.length === 2) return { fieldname: String(parts[0]), operator: '=', value: parts[1] };
  const long = parts.length >= 4;
  const [fieldname, operator, value] = long ? parts.slice(1, 4) : parts;
  const known = String(operator ?? '').toLowerCase();
  if (!operators.includes(known)) throw thrown('ValidationError', `Operator must be one of ${operators.join(', ')}`);
  return { ...(long ? { doctype: String(parts[0]) } : {}), fieldname: String(fieldname), operator: known, value };
}

const like = (pattern: string): RegExp =>
  new RegExp(
    `^${fold(pattern)
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('%', '[\\s\\S]*')
      .replaceAll('_', '[\\s\\S]')}$`,
  );

type Comparable = string | number;
const comparisons: { [operator: string]: ((left: Comparable, right: Comparable) => boolean) | undefined } = {
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
};

const listed = (value: unknown): unknown[] =>
  Array.isArray(value)
    ? value
    : String(value ?? '')
        .split(',')
        .map((part) => part.trim());

/** A test of one condition against what it is about; text is compared as MariaDB does, without regard to case. */
export function matcher<T>(
  { operator, value, fieldname }: Condition,
  field: DocField | undefined,
  read: (of: T) => FieldValue,
): (of: T) => boolean {
  const numeric = (field !== undefined && isNumeric(field)) || fieldname === 'idx' || fieldname === 'docstatus';
  const key = (raw: unknown): Comparable => (numeric ? toNumber(raw) : fold(String(raw ?? '')));
  const of = (one: T): Comparable => key(read(one));
  const compares = comparisons[operator];
  if (compares !== undefined) {
    const target = key(value);
    return (one) => read(one) !== null && compares(of(one), target);
  }
  // NULL counts as empty for equality, its negation included.
  const among = new Set((operator.endsWith('in') ? listed(value) : [value]).map(key));
  switch (operator) {
    case '=':
    case 'in':
      return (one) => among.has(of(one));
    case '!=':
    case 'not in':
      return (one) => !among.has(of(one));
    case 'like':
    case 'not like': {
      const pattern = like(String(value ?? ''));
      return (one) => pattern.test(fold(String(read(one) ?? ''))) === (operator === 'like');
    }
    case 'is':
      return (one) => (read(one) !== null && read(one) !== '') === (value === 'set');
    case 'between': {
      const [from, to] = listed(value);
      // A day as the end of a span of times means all of that day.
      const whole = field?.fieldtype === 'Datetime' || fieldname === 'creation' || fieldname === 'modified';
      const end = key(whole && String(to).length === 10 ? `${String(to)} 23:59:59.999999` : to);
      return (one) => read(one) !== null && of(one) >= key(from) && of(one) <= end;
    }
    default:
      throw thrown('ValidationError', `The demo does not know the operator ${operator}`);
  }
}
