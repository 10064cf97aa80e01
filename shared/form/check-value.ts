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
  | 'json'
  | 'signs'
  | 'personName'
  | 'countryCode'
  | 'notUnique';

/** Frappe's own patterns, loosened: the server decides, this only catches slips of the finger. */
const email = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/;
const phone = /^[0-9 +_\-,.*#()/x]{1,30}$/i;
const url = /^(https?|ftps?):\/\/\S+$/i;
/** Frappe's `PERSON_NAME_PATTERN`, with the marks that many scripts write over and under letters. */
const personName = /^[\p{L}\p{M}\p{N}_][\p{L}\p{M}\p{N}_'-]*( [\p{L}\p{M}\p{N}_][\p{L}\p{M}\p{N}_'-]*)*$/u;
/** The calling codes of countries (ITU E.164), after the plus. */
const countryCode =
  /^(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|2[1-689]\d|3[578]\d|42\d|5[09]\d|6[7-9]\d|8[0578]\d|9[679]\d)/;
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
  if (field.fieldtype === 'Phone') return checkPhone(value.trim());
  if (field.fieldtype !== 'Data') return null;
  switch (field.options) {
    case 'Email':
      return value.split(/[,\n]/).every((part) => part.trim() === '' || email.test(lastAddress(part))) ? null : { key: 'email' };
    case 'Phone':
      return phone.test(value.trim()) ? null : { key: 'phone' };
    case 'Name':
      return personName.test(value.trim()) ? null : { key: 'personName' };
    case 'URL':
      return url.test(value.trim()) ? null : { key: 'url' };
    default:
      return null;
  }
}

/**
 * A field of the type Phone is refused without its country's code (Frappe's `validate_phone_number_with_country_code`). How
 * long numbers are in each country is the server's to know: 15 digits is the most anywhere.
 */
function checkPhone(value: string): ValueProblem | null {
  if (!phone.test(value)) return { key: 'phone' };
  const digits = value.replaceAll(/\D/g, '');
  if (!value.startsWith('+') || !countryCode.test(digits)) return { key: 'countryCode' };
  return digits.length >= 6 && digits.length <= 15 ? null : { key: 'phone' };
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
