import type { DocField } from '../erp/docfield';
import { isTableField, holdsValue } from '../erp/docfield';
import type { DocumentValues, FieldValue } from '../erp/document';
import { numericTypes } from '../erp/fieldtypes';
import { selectOptions } from './select-options';
import type { FormSession } from './form-session';

/** What a default may be looked up in besides the session: fields of the company's record, where the cache holds it. */
export type DefaultSources = { session: FormSession; company: DocumentValues | null };

/**
 * The default of a field on a new document, as Frappe's desk fills it: the user's default for what it links to, then the
 * DocField's own (`Today`, `Now`, `__user`, `:DocType`, or a value), then the first option of a required Select, and now for a Time. Null for none.
 */
export function defaultOf(field: DocField, sources: DefaultSources): FieldValue {
  if (!holdsValue(field) || isTableField(field)) return null;
  const { session } = sources;
  const ofUser = field.fieldtype === 'Link' && field.ignore_user_permissions !== 1 ? userDefault(field, session) : null;
  if (ofUser !== null) return ofUser;
  if (field.default !== undefined && field.default !== '') return ownDefault(field, field.default, sources);
  if (field.fieldtype === 'Time') return session.now.slice(11);
  if (field.fieldtype === 'Select' && field.reqd === 1) return selectOptions(field)[0] ?? null;
  return null;
}

/** Frappe keeps defaults by fieldname and by the linked DocType in snake case: `company`, `selling_price_list`, `cost_center`. */
function userDefault(field: DocField, session: FormSession): string | null {
  return lookUp(session, field.fieldname) ?? (field.fieldname === scrub(field.options ?? '') ? lookUp(session, field.options ?? '') : null);
}

function lookUp(session: FormSession, key: string): string | null {
  const value = Object.hasOwn(session.defaults, key) ? session.defaults[key] : undefined;
  return value === undefined || value === '' ? null : value;
}

const scrub = (doctype: string): string => doctype.replaceAll(' ', '_').toLowerCase();

function ownDefault(field: DocField, text: string, { session, company }: DefaultSources): FieldValue {
  const word = text.trim().toLowerCase();
  if (word === '__user') return session.user;
  if (field.fieldtype === 'Date' && word === 'today') return session.today;
  if (field.fieldtype === 'Datetime' && (word === 'now' || word === 'today')) return session.now;
  if (field.fieldtype === 'Time' && word === 'now') return session.now.slice(11);
  if (text.startsWith(':')) return ofRecord(text.slice(1), field, session, company);
  // `{customer_name}` is filled by the server from the saved document.
  if (/^\{.*\}$/.test(text)) return null;
  if (numericTypes.has(field.fieldtype)) {
    const number = Number(text);
    return Number.isNaN(number) ? null : number;
  }
  return text;
}

/** `:Company` means the company itself where the field links to Company, else the company's field of the same name. */
function ofRecord(doctype: string, field: DocField, session: FormSession, company: DocumentValues | null): FieldValue {
  if (doctype !== 'Company') return lookUp(session, scrub(doctype));
  if (field.options === 'Company') return lookUp(session, 'company');
  const value = company === null ? undefined : company[companyFieldFor(field, company)];
  return value === undefined || Array.isArray(value) ? null : value;
}

/** ERPNext keeps a company's currency and cost centre under these names. */
function companyFieldFor(field: DocField, company: DocumentValues): string {
  if (company[field.fieldname] !== undefined) return field.fieldname;
  return field.options === 'Currency' ? 'default_currency' : field.fieldname;
}
