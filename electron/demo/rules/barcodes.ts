import { rowsOf } from '@shared/erp/document';
import type { Body } from '../engine/carried';
import type { Context } from '../engine/engine';
import { fold } from '../engine/values';

/** `scan_barcode`: the item with a barcode, or the warehouse; nothing where there is none. The company keeps neither batches nor serial numbers. */
export function scanBarcode({ store }: Context, { search_value: code = '' }: { [name: string]: string | undefined }): Body {
  for (const item of store.all('Item')) {
    const row = rowsOf(item, 'barcodes').find(({ barcode }) => fold(String(barcode ?? '')) === fold(code));
    if (row !== undefined)
      return { barcode: row['barcode'], item_code: item.name, uom: row['uom'] ?? null, has_batch_no: 0, has_serial_no: 0 };
  }
  const warehouse = store.get('Warehouse', code);
  return warehouse === undefined || warehouse['disabled'] === 1 ? {} : { warehouse: warehouse.name };
}
