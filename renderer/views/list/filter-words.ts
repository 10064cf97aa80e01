import type { DocField } from '@shared/erp/docfield';
import { filterOperators } from '@shared/erp/filters';
import type { FilterOperator } from '@shared/erp/filters';
import type { FieldValue } from '@shared/erp/document';
import type { ListOperator, OwnListFilter } from '@shared/erp/list-filter';
import { timespans } from '@shared/erp/timespan';
import { numericTypes } from '@shared/erp/fieldtypes';

const dates = new Set(['Date', 'Datetime']);

/** The conditions that make sense for a field. */
export function operatorsFor(field: DocField): ListOperator[] {
  if (field.fieldtype === 'Check') return ['='];
  if (numericTypes.has(field.fieldtype)) return ['=', '!=', '>', '<', '>=', '<=', 'between', 'in', 'not in', 'is'];
  if (dates.has(field.fieldtype)) return ['=', '>', '<', '>=', '<=', 'between', 'timespan', 'is'];
  if (field.fieldtype === 'Select') return ['=', '!=', 'in', 'not in', 'is'];
  return filterOperators.filter((operator) => !['>', '<', '>=', '<=', 'between'].includes(operator));
}

/** The condition a field starts with: the one most often meant. */
export function firstOperator(field: DocField): ListOperator {
  return ['Data', 'Small Text', 'Text', 'Long Text', 'Read Only'].includes(field.fieldtype) ? 'like' : '=';
}

/** The key of an operator's words: dates come after, amounts are more. */
export const operatorKey = (field: DocField, operator: ListOperator): string =>
  dates.has(field.fieldtype) && ['>', '<', '>=', '<='].includes(operator)
    ? `list.filters.dateOperators.${operator}`
    : `list.filters.operators.${operator}`;

/** The condition that was typed; null when nothing usable was. */
export function filterOf(field: DocField, operator: ListOperator, typed: string, second: string): OwnListFilter | null {
  if (operator === 'timespan') {
    const timespan = timespans.find((each) => each === typed);
    return timespan === undefined ? null : [field.fieldname, operator, timespan];
  }
  const value = filterValue(field, operator, typed, second);
  return value === null ? null : [field.fieldname, operator, value];
}

/** What was typed, as the list API takes it. */
function filterValue(field: DocField, operator: FilterOperator, typed: string, second: string): FieldValue | FieldValue[] | null {
  if (operator === 'is') return typed === 'not set' ? 'not set' : 'set';
  if (field.fieldtype === 'Check') return typed === '0' ? 0 : 1;
  const one = (text: string): FieldValue => (numericTypes.has(field.fieldtype) ? Number(text.replace(',', '.')) : text);
  const usable = (values: FieldValue[]): FieldValue[] | null => (values.some((value) => Number.isNaN(value)) ? null : values);
  if (operator === 'between') return typed === '' || second === '' ? null : usable([one(typed), one(second)]);
  if (operator === 'in' || operator === 'not in') {
    const several = typed
      .split(',')
      .map((text) => text.trim())
      .filter((text) => text !== '');
    return several.length === 0 ? null : usable(several.map(one));
  }
  if (typed.trim() === '') return null;
  if (operator === 'like' || operator === 'not like') return typed.includes('%') ? typed : `%${typed.trim()}%`;
  const value = one(typed.trim());
  return typeof value === 'number' && Number.isNaN(value) ? null : value;
}
