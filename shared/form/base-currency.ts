import type { DocField } from '../erp/docfield';
import type { FormSession } from './form-session';
import { readMember } from './expression';

/**
 * ERPNext keeps each amount twice, in the document's currency and (`base_…`) in the company's, and its scripts hide the
 * second where both are one. `document`: the form's document, for rows too; `session`: as its company sees it (`inCompany`).
 */
export function isRedundantBase(field: DocField, document: object, session: Pick<FormSession, 'defaults'>): boolean {
  if (!field.fieldname.startsWith('base_')) return false;
  const currency = readMember(document, 'currency');
  return typeof currency === 'string' && currency !== '' && currency === session.defaults['currency'];
}
