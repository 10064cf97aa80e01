import type { DocField } from '../erp/docfield';
import type { DocType } from '../erp/doctype';
import type { DocumentValues } from '../erp/document';

/**
 * The field of a row that takes a scanned warehouse, as the desk's BarcodeScanner has it: of a Stock Entry the target of a
 * receipt and the source of everything else. Null where its rows have none that can be filled in.
 */
export function scannedWarehouseField(child: DocType, parent: DocumentValues): DocField | null {
  const open = child.fields.filter((field) => field.options === 'Warehouse' && field.read_only !== 1 && field.hidden !== 1);
  const own = (fieldname: string): DocField | undefined => open.find((field) => field.fieldname === fieldname);
  const moved = parent['purpose'] === 'Material Receipt' ? own('t_warehouse') : own('s_warehouse');
  return moved ?? own('warehouse') ?? null;
}
