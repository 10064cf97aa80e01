import { describe, expect, it } from 'vitest';
import type { ChildRow, Doc } from '@shared/erp/document';
import { rightsOf } from '@shared/erp/permissions';
import { fieldState } from '@shared/form/field-state';
import { scanFields, scanStep } from '@shared/form/scan';
import { scannedWarehouseField } from '@shared/form/scan-warehouse';
import type { ScanFields, Scanned } from '@shared/form/scan';
import { toRow } from '../../renderer/cache/document-row';
import { Barcodes } from '../../renderer/search/barcodes';
import { testCache } from '../support/cache';
import { metaOf, session } from '../support/form-fixtures';

const code = (more: Partial<Scanned> = {}): Scanned => ({ item: 'JACK', barcode: null, uom: null, batch: null, serial: null, ...more });
const always = (): boolean => true;

describe('a table is scanned into', () => {
  const stock = fieldsOf('Stock Entry Detail');

  function fieldsOf(child: string): ScanFields {
    const fields = scanFields(metaOf(child));
    if (fields === null) throw new Error(`${child} is not scanned into.`);
    return fields;
  }

  it('where its rows hold an item and a quantity', () => {
    expect(fieldsOf('Sales Order Item')).toMatchObject({ item: 'item_code', qty: 'qty', uom: 'uom', barcode: null, batch: null });
    expect(stock).toMatchObject({ barcode: 'barcode', batch: 'batch_no', serial: 'serial_no', ownBatch: 'use_serial_batch_fields' });
    for (const child of ['Payment Schedule', 'Sales Taxes and Charges', 'Packed Item', 'Sales Team'])
      expect(scanFields(metaOf(child))).toBeNull();
    const own = {
      name: 'Van Load',
      modified: '',
      permissions: [],
      fields: [
        { fieldname: 'thing', fieldtype: 'Link', options: 'Item' },
        { fieldname: 'quantity', fieldtype: 'Int' },
      ],
    };
    expect(scanFields(own)).toMatchObject({ item: 'thing', qty: 'quantity', uom: null });
    expect(scanFields({ ...own, name: 'Pick List Item' })).toBeNull();
  });

  it('one more of the same item, else into the first empty row, else into another', () => {
    const rows: ChildRow[] = [{ name: 'a', item_code: 'ROPE', qty: 2 }, { name: 'b' }, { name: 'c', item_code: 'JACK', qty: 0.7 }];
    expect(scanStep(rows, stock, code(), always)).toEqual({ kind: 'count', row: 'c', given: { qty: 1.7 } });
    const without = rows.slice(0, 2);
    expect(scanStep(without, stock, code(), always)).toEqual({ kind: 'fill', row: 'b', given: { item_code: 'JACK', qty: 1 } });
    expect(scanStep(rows.slice(0, 1), stock, code(), always)).toEqual({ kind: 'add', given: { item_code: 'JACK', qty: 1 } });
    // A row whose quantity is not the person's, or that was given for nothing, is left alone.
    expect(scanStep(rows.slice(2), stock, code(), () => false)).toMatchObject({ kind: 'add' });
    expect(scanStep([{ name: 'd', item_code: 'JACK', qty: 1, is_free_item: 1 }], stock, code(), always)).toMatchObject({ kind: 'add' });
  });

  it('in the unit and the batch that the code tells, and in any where it tells none', () => {
    const rows: ChildRow[] = [
      { name: 'a', item_code: 'JACK', qty: 1, uom: 'Nos', batch_no: 'B1' },
      { name: 'b', item_code: 'JACK', qty: 4, uom: 'Box' },
    ];
    const box = code({ uom: 'Box', barcode: '4012' });
    expect(scanStep(rows, stock, box, always)).toEqual({ kind: 'count', row: 'b', given: { qty: 5, barcode: '4012' } });
    expect(scanStep(rows, stock, code({ uom: 'Pallet' }), always)).toEqual({
      kind: 'add',
      given: { item_code: 'JACK', qty: 1, uom: 'Pallet' },
    });
    expect(scanStep(rows, stock, code(), always)).toMatchObject({ kind: 'count', row: 'a' });
    // A row without a batch becomes the batch's, as at the desk.
    const given = { qty: 5, batch_no: 'B2', use_serial_batch_fields: 1 };
    expect(scanStep(rows, stock, code({ batch: 'B2' }), always)).toEqual({ kind: 'count', row: 'b', given });
    // A table without these fields knows neither unit nor batch.
    expect(scanStep(rows, { ...stock, uom: null, batch: null }, code({ uom: 'Pallet', batch: 'B3' }), always)).toMatchObject({ row: 'a' });
  });

  it('by its own box: the desk’s field for a scanner is not shown', () => {
    const meta = metaOf('Sales Order');
    const rights = rightsOf(meta, session, undefined);
    const scope = { doc: {}, parent: {}, session };
    const shown = meta.fields
      .filter((field) => fieldState(field, {}, scope, { rights, docstatus: 0, isNew: true, locked: false }).visible)
      .map(({ fieldname }) => fieldname);
    expect(meta.fields.map(({ fieldname }) => fieldname)).toContain('scan_barcode');
    expect(shown).toContain('items');
    expect(shown).not.toContain('scan_barcode');
  });

  it('into the warehouse that was scanned before', () => {
    const rows: ChildRow[] = [
      { name: 'a', item_code: 'JACK', qty: 1, s_warehouse: 'Yard' },
      { name: 'b', item_code: 'JACK', qty: 4 },
    ];
    const stores = { fieldname: 's_warehouse', warehouse: 'Stores' };
    expect(scanStep(rows, stock, code(), always, stores)).toEqual({ kind: 'count', row: 'b', given: { qty: 5, s_warehouse: 'Stores' } });
    expect(scanStep(rows.slice(0, 1), stock, code(), always, stores)).toEqual({
      kind: 'add',
      given: { item_code: 'JACK', qty: 1, s_warehouse: 'Stores' },
    });
    expect(scanStep(rows, stock, code(), always)).toMatchObject({ kind: 'count', row: 'a', given: { qty: 2 } });
  });

  it.each([
    ['Sales Order Item', {}, 'warehouse'],
    ['Stock Entry Detail', { purpose: 'Material Receipt' }, 't_warehouse'],
    ['Stock Entry Detail', { purpose: 'Material Transfer' }, 's_warehouse'],
    ['Payment Schedule', {}, undefined],
  ])('a warehouse goes into the field of a %s that the desk fills: %o', (child, parent, fieldname) => {
    expect(scannedWarehouseField(metaOf(child), parent)?.fieldname).toBe(fieldname);
  });

  it('each serial number once', () => {
    const rows: ChildRow[] = [{ name: 'a', item_code: 'JACK', qty: 1, serial_no: 'S1', use_serial_batch_fields: 1 }];
    const given = { qty: 2, serial_no: 'S1\nS10' };
    expect(scanStep(rows, stock, code({ serial: 'S10' }), always)).toEqual({ kind: 'count', row: 'a', given });
    expect(scanStep(rows, stock, code({ serial: 'S1' }), always)).toEqual({ kind: 'twice', row: 'a' });
  });
});

describe('a code is known on this device', () => {
  const stored = (doctype: string, name: string, more: Partial<Doc> = {}) =>
    toRow({ doctype, name, ...more }, { doctype: undefined, origin: 'profile', keptAt: 1 });
  const jack = stored('Item', 'JACK-1', {
    item_name: 'Pallet jack',
    barcodes: [
      { name: 'r1', barcode: '4006381333931' },
      { name: 'r2', barcode: 'abc-12', uom: 'Box' },
    ],
  });

  async function codes() {
    const { cache } = testCache();
    await cache.documents.bulkPut([
      jack,
      stored('Item', '40'),
      stored('Serial No', 'S-1', { item_code: 'JACK-1', batch_no: 'B-1' }),
      stored('Batch', 'B-1', { item: 'JACK-1' }),
      stored('Warehouse', 'Stores - W'),
    ]);
    return { cache, barcodes: new Barcodes(cache) };
  }

  it('as a barcode, a serial number, a batch, a warehouse or the item itself, in any case', async () => {
    const { barcodes } = await codes();
    expect(await barcodes.find('4006381333931')).toEqual(code({ item: 'JACK-1', barcode: '4006381333931' }));
    expect(await barcodes.find('ABC-12')).toEqual(code({ item: 'JACK-1', barcode: 'abc-12', uom: 'Box' }));
    expect(await barcodes.find('S-1')).toEqual(code({ item: 'JACK-1', batch: 'B-1', serial: 'S-1' }));
    expect(await barcodes.find('B-1')).toEqual(code({ item: 'JACK-1', batch: 'B-1' }));
    expect(await barcodes.find('Stores - W')).toEqual({ warehouse: 'Stores - W' });
    expect(await barcodes.find('jack-1')).toEqual(code({ item: 'JACK-1' }));
    expect(await barcodes.find('4006')).toBeNull();
  });

  it('as soon as an item has it, and no longer than that', async () => {
    const { cache, barcodes } = await codes();
    expect(await barcodes.find('777')).toBeNull();
    await cache.documents.put(stored('Item', '40', { barcodes: [{ name: 'r3', barcode: '777' }] }));
    expect(await barcodes.find('777')).toEqual(code({ item: '40', barcode: '777' }));
    await cache.documents.delete(['Item', '40']);
    expect([await barcodes.find('777'), await barcodes.find('40')]).toEqual([null, null]);
  });

  it('without reading all items again for each', async () => {
    const { cache, barcodes } = await codes();
    await barcodes.find('777');
    let read = 0;
    cache.documents.hook('reading', (row) => {
      read += 1;
      return row;
    });
    expect(await barcodes.find('4006381333931')).not.toBeNull();
    expect(read).toBe(0);
  });
});
