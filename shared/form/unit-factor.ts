import type { DocumentValues, FieldValue } from '../erp/document';
import { rowsOf } from '../erp/document';

/** An item and, for a variant, the item that it is a variant of (null where there is none, or none here). */
export type ItemRecords = { item: DocumentValues; template: DocumentValues | null };

/**
 * Stock units in one `unit` of an item: 1 for the stock unit itself, else by the item's own `uoms`, then its template's, as
 * ERPNext's `get_conversion_factor`. Null where neither tells, so that the server decides.
 */
export function factorOf({ item, template }: ItemRecords, unit: FieldValue | undefined): number | null {
  if (typeof unit !== 'string' || unit === '') return null;
  if (unit === item['stock_uom']) return 1;
  return listed(item, unit) ?? (template === null ? null : listed(template, unit));
}

function listed(item: DocumentValues, unit: string): number | null {
  const row = rowsOf(item, 'uoms').find((each) => each['uom'] === unit);
  const factor = Number(row?.['conversion_factor']);
  return Number.isFinite(factor) && factor > 0 ? factor : null;
}
