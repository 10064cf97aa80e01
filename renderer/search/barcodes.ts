import { rowsOf } from '@shared/erp/document';
import type { Doc } from '@shared/erp/document';
import type { Scanned, ScannedWarehouse } from '@shared/form/scan';
import { bodyHolds } from '../cache/body';
import { docOf } from '../cache/document-row';
import { findRow } from '../cache/documents';
import { eachDocument } from '../cache/each-document';
import type { Cache } from '../cache/open-cache';
import { fold } from '../cache/search-text';
import { watchTable } from './changes';

type Codes = { barcodes: ReadonlyMap<string, Scanned>; items: ReadonlyMap<string, string> };

/**
 * What scanned codes stand for on this device. The codes of all Items are read at the first question and kept until one of
 * them changes: reading 10,000 Items for each scan would take longer than a person does.
 */
export class Barcodes {
  private codes: Promise<Codes> | null = null;
  private unwatch: (() => void) | null = null;

  constructor(private readonly cache: Cache) {}

  /**
   * A barcode of an Item, else a Serial No, a Batch, a Warehouse, or an Item by its own code, in this order: as ERPNext's
   * `erpnext.stock.utils.scan_barcode` looks for the first four. Case does not count, as in the server's database. Null
   * where this device has none of them.
   */
  async find(code: string): Promise<Scanned | ScannedWarehouse | null> {
    const { barcodes, items } = await this.all();
    const barcode = barcodes.get(fold(code));
    if (barcode !== undefined) return barcode;
    const serial = await this.read('Serial No', code);
    if (serial !== null) return named(serial['item_code'], { batch: textOf(serial['batch_no']), serial: serial.name });
    const batch = await this.read('Batch', code);
    if (batch !== null) return named(batch['item'], { batch: batch.name });
    const warehouse = await this.read('Warehouse', code);
    if (warehouse !== null) return { warehouse: warehouse.name };
    return named(items.get(fold(code)));
  }

  stop(): void {
    this.unwatch?.();
    this.unwatch = null;
    this.codes = null;
  }

  private all(): Promise<Codes> {
    // Watched before it is read: what changes meanwhile is read again at the next question.
    this.unwatch ??= watchTable(this.cache.name, 'documents', ({ keys, more }) => {
      if (more || keys.some((key) => Array.isArray(key) && key[0] === 'Item')) this.codes = null;
    });
    const codes = (this.codes ??= codesOf(this.cache));
    codes.catch(() => {
      if (this.codes === codes) this.codes = null;
    });
    return codes;
  }

  private async read(doctype: string, name: string): Promise<Doc | null> {
    const row = await findRow(this.cache, doctype, name);
    return row === undefined || row.deleting === 1 ? null : docOf(row);
  }
}

async function codesOf(cache: Cache): Promise<Codes> {
  const barcodes = new Map<string, Scanned>();
  const items = new Map<string, string>();
  await eachDocument(cache, 'Item', (row) => {
    if (row.deleting === 1) return;
    items.set(fold(row.name), row.name);
    // A cheap look before the expensive one.
    if (!bodyHolds(row.body, '"barcodes"')) return;
    for (const { barcode, uom } of rowsOf(docOf(row), 'barcodes')) {
      const code = textOf(barcode);
      if (code !== null) barcodes.set(fold(code), { ...none, item: row.name, barcode: code, uom: textOf(uom) });
    }
  });
  return { barcodes, items };
}

const none = { barcode: null, uom: null, batch: null, serial: null };

const textOf = (value: Doc[string]): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null);

function named(item: Doc[string], told: Partial<Scanned> = {}): Scanned | null {
  const name = textOf(item);
  return name === null ? null : { ...none, ...told, item: name };
}
