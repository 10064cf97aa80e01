import { isRecord } from '@shared/erp/envelope';
import { detailFields, type ItemDetails } from '@shared/form/item-details';

/** What a row takes of an answer of `get_item_details` (recording method): the fields it knows, of scalar values. Null: none such. */
export function itemDetails(message: unknown): ItemDetails | null {
  if (!isRecord(message)) return null;
  const details: ItemDetails = {};
  for (const fieldname of detailFields) {
    const value = message[fieldname];
    if (typeof value === 'string' || typeof value === 'number' || value === null) details[fieldname] = value;
  }
  return details;
}
