import type { DocField } from '@shared/erp/docfield';
import type { FieldValue } from '@shared/erp/document';
import type { Context } from './engine';
import { thrown } from './errors';
import { fold, isNumeric, text, toNumber } from './values';

/** One condition of a list; `doctype` where the filter names one (its own or a child's). */
export type Condition = { doctype?: string; fieldname: string; operator: string; value: unknown };

const operators = [
  'like',
  'not descendants of',
  'previous',
  'timespan',
  'not like',
  'is',
  'next',
  '>=',
  '>',
  'ancestors of',
  '<',
  '!=',
  'not in',
  'fiscal year',
  'descendants of (inclusive)',
  'not ancestors of',
  'between',
  '=',
  'descendants of',
  '<=',
  'in',
];

const isRecord = (value: unknown): value is { [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Both forms of filters: `[[field, op, value], …]`, with the DocType before it or not, and `{field: value | [op, value]}`. */
export function parseFilters(filters: unknown): Condition[] {
  if (filters === undefined || filters === null || filters === '') return [];
  if (isRecord(filters))
    return Object.entries(filters).map(([fieldname, value]) =>
      Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && operators.includes(value[0].toLowerCase())
        ? { fieldname, operator: value[0].toLowerCase(), value: value[1] }
        : { fieldname, operator: Array.isArray(value) ? 'in' : '=', value },
    );
  if (!Array.isArray(filters)) throw thrown('ValidationError', 'Filters must be a list or a dictionary');
  // One condition may stand alone, without a list around it.
  if (filters.length > 0 && typeof filters[0] === 'string') return [condition(filters)];
  return filters.map((filter) => (isRecord(filter) ? (parseFilters(filter)[0] ?? condition([])) : condition(filter)));
}

function condition(filter: unknown): Condition {
  const parts = Array.isArray(filter) ? filter : [];
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

/** Names below (or above) a node of a tree DocType, the node left out. */
function relatives(context: Context, doctype: string, name: string, up: boolean): Set<string> {
  const parentField = `parent_${fold(doctype).replaceAll(' ', '_')}`;
  const docs = context.store.all(doctype);
  const found = new Set<string>();
  const walk = (at: string): void => {
    const next = up
      ? docs.filter((doc) => doc.name === at).map((doc) => text(doc, parentField))
      : docs.filter((doc) => doc[parentField] === at).map((doc) => doc.name);
    for (const one of next) if (one !== '' && !found.has(one)) walk((found.add(one), one));
  };
  walk(name);
  return found;
}

/** A test of one condition against what it is about; text is compared as MariaDB does, without regard to case. */
export function matcher<T>(
  context: Context,
  filter: Condition,
  field: DocField | undefined,
  read: (of: T) => FieldValue,
): (of: T) => boolean {
  const { operator, value } = filter;
  const numeric = (field !== undefined && isNumeric(field)) || filter.fieldname === 'idx' || filter.fieldname === 'docstatus';
  const key = (raw: unknown): string | number => (numeric ? toNumber(raw) : fold(String(raw ?? '')));
  const of = (one: T): string | number => key(read(one));
  const list = (raw: unknown): unknown[] =>
    Array.isArray(raw)
      ? raw
      : String(raw ?? '')
          .split(',')
          .map((part) => part.trim());
  const target = Array.isArray(value) ? '' : key(value);
  const ordered = (test: (left: string | number) => boolean) => (one: T) => read(one) !== null && test(of(one));
  switch (operator) {
    case '=':
      return (one) => of(one) === target;
    case '!=':
      return (one) => of(one) !== target;
    case '>':
      return ordered((left) => left > target);
    case '>=':
      return ordered((left) => left >= target);
    case '<':
      return ordered((left) => left < target);
    case '<=':
      return ordered((left) => left <= target);
    case 'like':
    case 'not like': {
      const pattern = like(String(value ?? ''));
      return (one) => pattern.test(fold(String(read(one) ?? ''))) === (operator === 'like');
    }
    case 'in':
    case 'not in': {
      const among = new Set(list(value).map(key));
      return (one) => among.has(of(one)) === (operator === 'in');
    }
    case 'is': {
      const set = fold(String(value)) === 'set';
      return (one) => (read(one) !== null && read(one) !== '') === set;
    }
    case 'between': {
      const [from, to] = list(value);
      // A day as the end of a span of times means all of that day.
      const whole = field?.fieldtype === 'Datetime' || filter.fieldname === 'creation' || filter.fieldname === 'modified';
      const end = whole && String(to).length === 10 ? `${String(to)} 23:59:59.999999` : to;
      return ordered((left) => left >= key(from) && left <= key(end));
    }
    case 'descendants of':
    case 'descendants of (inclusive)':
    case 'not descendants of':
    case 'ancestors of':
    case 'not ancestors of': {
      const names = relatives(
        context,
        filter.fieldname === 'name' ? (filter.doctype ?? '') : (field?.options ?? ''),
        String(value),
        operator.includes('ancestors'),
      );
      if (operator.includes('inclusive')) names.add(String(value));
      return (one) => names.has(String(read(one))) !== operator.startsWith('not');
    }
    default:
      throw thrown('ValidationError', `The demo does not know the operator ${operator}`);
  }
}
