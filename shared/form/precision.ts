import type { DocField } from '../erp/docfield';
import { readNumberFormat } from '../format/number';
import type { FormSession } from './form-session';

/** Decimals of a Float, Currency or Percent field: its own, else the site's, else Frappe's (3, the number format's, 3). */
export function precisionOf(field: DocField, session: Pick<FormSession, 'defaults'>): number {
  const own = Number.parseInt(field.precision ?? '', 10);
  if (!Number.isNaN(own) && own >= 0 && own <= 9) return own;
  const key = field.fieldtype === 'Currency' ? 'currency_precision' : 'float_precision';
  const site = Number.parseInt(session.defaults[key] ?? '', 10);
  if (!Number.isNaN(site) && site >= 0 && site <= 9) return site;
  return field.fieldtype === 'Currency' ? readNumberFormat(session.defaults['number_format'] ?? '#,###.##').precision : 3;
}
