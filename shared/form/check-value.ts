import { isDate } from '../erp/calendar';
import type { DocField } from '../erp/docfield';
import type { FieldValue } from '../erp/document';
import { numericTypes, textTypes } from '../erp/fieldtypes';
import { decimal } from '../erp/money';
import { selectOptions } from './select-options';

/** What is wrong with one value: a message key (below `document.problem`) and the parameters of its sentence. */
export type ValueProblem = { key: ProblemKey; params?: Record<string, string | number> };

export type ProblemKey =
  | 'missing'
  | 'missingRows'
  | 'tooLong'
  | 'negative'
  | 'notAnOption'
  | 'notANumber'
  | 'notWhole'
  | 'notADate'
  | 'notATime'
  | 'notADatetime'
  | 'email'
  | 'phone'
  | 'url'
  | 'json';

/** Frappe's own patterns, loosened: the server decides, this only catches slips of the finger. */
const email = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/;
const phone = /^[0-9 +_\-,.*#()/x]{1,30}$/i;
const url = /^(https?|ftps?):\/\/\S+$/i;
const time = /^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/;
const defaultLength = 140;
const largestInt = 2_147_483_647;

/** The first thing wrong with a value that is not empty, or null. Emptiness is judged by `validate`. */
export function checkValue(field: DocField, value: FieldValue): ValueProblem | null {
  if (value === null || value === '') return null;
  if (numericTypes.has(field.fieldtype)) return checkNumber(field, value);
  if (typeof value !== 'string') return null;
  if (field.fieldtype === 'Date') return isDate(value) ? null : { key: 'notADate' };
  if (field.fieldtype === 'Time') return time.test(value) ? null : { key: 'notATime' };
  if (field.fieldtype === 'Datetime')
    return isDate(value.slice(0, 10)) && (value.length === 10 || time.test(value.slice(11))) ? null : { key: 'notADatetime' };
  if (field.fieldtype === 'Select') return checkSelect(field, value);
  if (field.fieldtype === 'JSON') return isJson(value) ? null : { key: 'json' };
  return checkLength(field, value) ?? checkKind(field, value);
}

function checkNumber(field: DocField, value: FieldValue): ValueProblem | null {
  const number = decimal(value);
  if (number === null) return { key: 'notANumber' };
  if (field.non_negative === 1 && number.lt(0)) return { key: 'negative' };
  if (field.fieldtype === 'Int' && (!number.eq(number.round(0)) || number.abs().gt(largestInt))) return { key: 'notWhole' };
  return null;
}

function checkSelect(field: DocField, value: string): ValueProblem | null {
  const options = selectOptions(field);
  // Options of some Selects are put there by client scripts; where the metadata has none, anything may be right.
  return options.length === 0 || options.includes(value.trim()) ? null : { key: 'notAnOption', params: { value } };
}

function checkLength(field: DocField, value: string): ValueProblem | null {
  if (!textTypes.has(field.fieldtype) && field.length === undefined) return null;
  const max = field.length !== undefined && field.length > 0 ? field.length : defaultLength;
  return value.length > max ? { key: 'tooLong', params: { max, length: value.length } } : null;
}

function checkKind(field: DocField, value: string): ValueProblem | null {
  if (field.fieldtype === 'Phone') return phone.test(value.trim()) ? null : { key: 'phone' };
  if (field.fieldtype !== 'Data') return null;
  switch (field.options) {
    case 'Email':
      return value.split(/[,\n]/).every((part) => part.trim() === '' || email.test(lastAddress(part))) ? null : { key: 'email' };
    case 'Phone':
      return phone.test(value.trim()) ? null : { key: 'phone' };
    case 'URL':
      return url.test(value.trim()) ? null : { key: 'url' };
    default:
      return null;
  }
}

/** `Jane <jane@example.com>` is an address too. */
const lastAddress = (part: string): string => /<([^<>]*)>\s*$/.exec(part)?.[1] ?? part.trim();

function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false; // the parser says so by throwing
  }
}
