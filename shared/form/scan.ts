import type { DocType } from '../erp/doctype';
import type { ChildRow, FieldValue } from '../erp/document';
import { numericTypes } from '../erp/fieldtypes';
import { amount } from '../erp/money';
import { isEmpty } from './field-state';

/** What a scanned code stands for. `barcode` as the Item has it; what the code does not tell is null. */
export type Scanned = { item: string; barcode: string | null; uom: string | null; batch: string | null; serial: string | null };

/** The code names a warehouse: what is scanned after it goes into that one. */
export type ScannedWarehouse = { warehouse: string };

/** The fields of a child table that a scan fills; null where its DocType has no such field. */
export type ScanFields = {
  item: string;
  qty: string;
  uom: string | null;
  barcode: string | null;
  batch: string | null;
  serial: string | null;
  /** Tells the server to take batch and serial number from the row (ERPNext 15). */
  ownBatch: string | null;
};

/** A Pick List counts what was picked, not what is wanted: the desk has a way of its own for it. */
const otherwise: ReadonlySet<string> = new Set(['Pick List Item']);

/** How rows of a child DocType are scanned: it has a Link to Item (`item_code` before any other) and a quantity; null where not. */
export function scanFields(child: DocType): ScanFields | null {
  if (otherwise.has(child.name)) return null;
  const open = child.fields.filter((field) => field.read_only !== 1 && field.hidden !== 1 && field.is_virtual !== 1);
  const items = open.filter(({ fieldtype, options }) => fieldtype === 'Link' && options === 'Item');
  const item = items.find(({ fieldname }) => fieldname === 'item_code') ?? (items.length === 1 ? items[0] : undefined);
  const qty = ['qty', 'quantity'].find((name) => open.some((field) => field.fieldname === name && numericTypes.has(field.fieldtype)));
  if (item === undefined || qty === undefined) return null;
  const own = (fieldname: string): string | null => (child.fields.some((field) => field.fieldname === fieldname) ? fieldname : null);
  return {
    item: item.fieldname,
    qty,
    uom: open.some(({ fieldname }) => fieldname === 'uom') ? 'uom' : null,
    barcode: own('barcode'),
    batch: own('batch_no'),
    serial: own('serial_no'),
    ownBatch: own('use_serial_batch_fields'),
  };
}

/** What a scan does to a table: one more in a row, cells of an empty row, or another row; `twice`: the row with this serial number. */
export type ScanStep =
  | { kind: 'count' | 'fill'; row: string; given: Record<string, FieldValue> }
  | { kind: 'add'; given: Record<string, FieldValue> }
  | { kind: 'twice'; row: string };

/**
 * As the desk's BarcodeScanner (erpnext/public/js/utils/barcode_scanner.js): the first row of the same item, and of the same
 * unit and batch where the code tells them, counts one more; else the first row without an item is filled; else one is added.
 * `mayCount`: the quantity of a row can be changed. `into`: the warehouse that was scanned before, and its field.
 */
export function scanStep(
  rows: readonly ChildRow[],
  fields: ScanFields,
  scanned: Scanned,
  mayCount: (row: ChildRow) => boolean,
  into: { fieldname: string; warehouse: string } | null = null,
): ScanStep {
  const cell = (row: ChildRow, fieldname: string | null): FieldValue => (fieldname === null ? null : (row[fieldname] ?? null));
  const serials = (row: ChildRow): string[] =>
    String(cell(row, fields.serial) ?? '')
      .split(/[\n,]/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
  const ofItem = rows.filter((row) => cell(row, fields.item) === scanned.item && amount(row['is_free_item']).eq(0));
  const twice = scanned.serial === null ? undefined : ofItem.find((row) => serials(row).includes(scanned.serial ?? ''));
  if (twice !== undefined) return { kind: 'twice', row: twice.name };

  const told = (row: ChildRow): Record<string, FieldValue> => {
    const given: Record<string, FieldValue> = {};
    const set = (fieldname: string | null, value: FieldValue): void => {
      if (fieldname !== null && value !== null && value !== cell(row, fieldname)) given[fieldname] = value;
    };
    set(fields.uom, scanned.uom);
    set(fields.barcode, scanned.barcode);
    set(fields.batch, scanned.batch);
    if (into !== null) set(into.fieldname, into.warehouse);
    if (scanned.serial !== null) set(fields.serial, [...serials(row), scanned.serial].join('\n'));
    if (scanned.batch !== null || scanned.serial !== null) set(fields.ownBatch, 1);
    return given;
  };
  const sameUnit = (row: ChildRow): boolean => scanned.uom === null || fields.uom === null || cell(row, fields.uom) === scanned.uom;
  const sameBatch = (row: ChildRow): boolean =>
    scanned.batch === null || fields.batch === null || isEmpty(cell(row, fields.batch)) || cell(row, fields.batch) === scanned.batch;
  const here = (row: ChildRow): boolean =>
    into === null || isEmpty(cell(row, into.fieldname)) || cell(row, into.fieldname) === into.warehouse;
  const counted = ofItem.find((row) => sameUnit(row) && sameBatch(row) && here(row) && mayCount(row));
  if (counted !== undefined) {
    const qty = amount(cell(counted, fields.qty)).plus(1).toNumber();
    return { kind: 'count', row: counted.name, given: { ...told(counted), [fields.qty]: qty } };
  }
  const empty = rows.find((row) => isEmpty(cell(row, fields.item)) && mayCount(row));
  const fresh = { [fields.item]: scanned.item, [fields.qty]: 1 };
  return empty === undefined
    ? { kind: 'add', given: { ...fresh, ...told({ name: '' }) } }
    : { kind: 'fill', row: empty.name, given: { ...fresh, ...told(empty) } };
}
