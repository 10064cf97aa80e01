import type { DocField } from '@shared/erp/docfield';
import type { FieldValue } from '@shared/erp/document';
import { record, structured } from '../engine/carried';
import { FrappeError } from '../engine/errors';
import { fold, isNumberColumn, toNumber } from '../engine/values';

/** One condition of a list; `doctype` where the filter names one (its own or a child's). */
export type Condition = { doctype?: string; fieldname: string; operator: string; value: unknown };

const operators = (
  'like, not descendants of, previous, timespan, not like, is, next, >=, >, ancestors of, <, !=, not in, fiscal year, ' +
  'descendants of (inclusive), not ancestors of, between, =, descendants of, <=, in'
).split(', ');

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const isOperator = (value: unknown): boolean => typeof value === 'string' && operators.includes(value.toLowerCase());

/** `[field, value]`, `[field, op, value]` or, with the DocType before it, `[doctype, field, op, value]`. */
function condition(filter: unknown[]): Condition {
  const [doctype, ...parts] = filter.length >= 4 ? filter : [undefined, ...filter];
  const [fieldname, operator, value] = parts.length === 2 ? [parts[0], '=', parts[1]] : parts;
  if (!isOperator(operator)) throw new FrappeError('ValidationError', `Operator must be one of ${operators.join(', ')}`);
  const own = { fieldname: String(fieldname), operator: String(operator).toLowerCase(), value };
  return doctype === undefined ? own : { ...own, doctype: String(doctype) };
}

/** Both forms of filters, or the JSON text of one: a list of conditions, or one alone, and `{field: value | [op, value]}`. */
export function parseFilters(given: unknown): Condition[] {
  const filters = structured(given) ?? '';
  if (filters === '') return [];
  if (Array.isArray(filters)) return typeof filters[0] === 'string' ? [condition(filters)] : filters.flatMap(parseOne);
  return Object.entries(record(filters)).map(([fieldname, value]) => {
    const [operator, operand, ...more] = listOf(value);
    if (more.length === 0 && operand !== undefined && isOperator(operator)) return condition([fieldname, operator, operand]);
    return { fieldname, operator: Array.isArray(value) ? 'in' : '=', value };
  });
}

const parseOne = (filter: unknown): Condition[] => (Array.isArray(filter) ? [condition(filter)] : parseFilters(filter));

const like = (pattern: string): RegExp => {
  const escaped = fold(pattern).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('%', '[\\s\\S]*').replaceAll('_', '[\\s\\S]')}$`);
};

type Comparable = string | number;
type Test = (value: FieldValue) => boolean;

/** How each operator tests the value of a column; `key` makes values comparable, `ends` a day the end of that day. */
const tests: {
  [operator: string]: ((value: unknown, key: (raw: unknown) => Comparable, ends: (day: unknown) => unknown) => Test) | undefined;
} = {
  '>': (value, key) => (one) => one !== null && key(one) > key(value),
  '>=': (value, key) => (one) => one !== null && key(one) >= key(value),
  '<': (value, key) => (one) => one !== null && key(one) < key(value),
  '<=': (value, key) => (one) => one !== null && key(one) <= key(value),
  // NULL counts as empty for equality.
  '=': (value, key) => (one) => key(one) === key(value),
  in(value, key) {
    const among = new Set(listed(value).map(key));
    return (one) => among.has(key(one));
  },
  like(value) {
    const pattern = like(String(value ?? ''));
    return (one) => pattern.test(fold(String(one ?? '')));
  },
  is: (value) => (one) => (one !== null && one !== '') === (value === 'set'),
  between(value, key, ends) {
    const [from, to] = listed(value);
    return (one) => one !== null && key(one) >= key(from) && key(one) <= key(ends(to));
  },
};

const listed = (value: unknown): unknown[] =>
  Array.isArray(value)
    ? value
    : String(value ?? '')
        .split(',')
        .map((part) => part.trim());

/** A test of one condition against a column's value; text is compared as MariaDB does, without regard to case. */
export function matcher({ operator, value, fieldname }: Condition, field: DocField | undefined): Test {
  const numeric = isNumberColumn(fieldname, field);
  const key = (raw: unknown): Comparable => (numeric ? toNumber(raw) : fold(String(raw ?? '')));
  // A day as the end of a span of times means all of that day.
  const isTime = field?.fieldtype === 'Datetime' || fieldname === 'creation' || fieldname === 'modified';
  const ends = (day: unknown): unknown => (isTime && String(day).length === 10 ? `${String(day)} 23:59:59.999999` : day);
  const plain = operator === '!=' ? '=' : operator.replace(/^not /, '');
  const test = tests[plain]?.(value, key, ends);
  if (test === undefined) throw new FrappeError('ValidationError', `The demo does not know the operator ${operator}`);
  return plain === operator ? test : (one) => !test(one);
}
