import { describe, expect, test } from 'vitest';
import type { Doc } from '@shared/erp/document';
import { rowsOf } from '@shared/erp/document';
import { readNumberFormat } from '@shared/format/number';
import { computeDocument } from '@shared/form/computed';
import { parseNumber } from '@shared/form/parse-number';
import { precisionOf } from '@shared/form/precision';
import { bundleOf, session } from '../support/form-fixtures';

const recorded = import.meta.glob<{ default: Doc[] }>('../contract/seed/*.json', { eager: true });
const documentsOf = (doctype: string): Doc[] => recorded[`../contract/seed/${doctype}.json`]?.default ?? [];

describe('numbers as people type them', () => {
  test.each([
    ['#,###.##', '1,234.50', 1234.5],
    ['#.###,##', '1.234,50', 1234.5],
    ['# ###,##', '1 234,5', 1234.5],
    ['#,###.##', '.5', 0.5],
    ['#,###.##', '5.', 5],
    ['#,###.##', '-3', -3],
    ['#,###.##', '', null],
    ['#,###.##', 'ten', null],
    ['#,###.##', '1.2.3', null],
    ['#,###.##', '-', null],
    ['#.###,##', '12.50', 12.5],
    ['#.###,##', '0.500', 0.5],
    ['#.###,##', '.5', 0.5],
    ['#.###,##', '1.2345', 1.2345],
    ['#.###,##', '1.250', 1250],
    ['#,###.##', '12,5', 12.5],
    ['#,###.##', '12,500', 12500],
    ['#,##,###.##', '1,00,000', 100000],
  ])('%s reads %s as %s', (format, text, expected) => {
    expect(parseNumber(text, readNumberFormat(format))).toBe(expected);
  });

  test("precision is the field's, else the site's, else Frappe's", () => {
    expect(precisionOf({ fieldname: 'x', fieldtype: 'Currency', precision: '4' }, session)).toBe(4);
    expect(precisionOf({ fieldname: 'x', fieldtype: 'Float' }, { defaults: { float_precision: '5' } })).toBe(5);
    expect(precisionOf({ fieldname: 'x', fieldtype: 'Float' }, session)).toBe(3);
    expect(precisionOf({ fieldname: 'x', fieldtype: 'Currency' }, { defaults: { number_format: '#,###' } })).toBe(0);
  });
});

describe('what the server will compute', () => {
  test.each(['Sales Order', 'Purchase Order', 'Sales Invoice', 'Purchase Invoice', 'Payment Entry', 'Journal Entry'])(
    'recorded documents of %s come out as the server computed them',
    (doctype) => {
      const computed = documentsOf(doctype).flatMap((doc) =>
        computeDocument(bundleOf(doctype), doc, session).map((change) => ({ doc: doc.name, ...change })),
      );
      expect(computed.filter(({ changed }) => changed)).toEqual([]);
    },
  );

  test('there are recordings to compare with', () => {
    expect(['Sales Order', 'Purchase Order', 'Sales Invoice', 'Payment Entry'].map((doctype) => documentsOf(doctype).length > 3)).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  test('amounts and totals follow a changed quantity, in decimals', () => {
    const changes = computeDocument(
      bundleOf('Sales Order'),
      {
        conversion_rate: 2,
        items: [
          { name: 'a', qty: 3, rate: 0.1, conversion_factor: 12 },
          { name: 'b', qty: 1, rate: 0.2 },
        ],
        taxes: [
          { name: 't', charge_type: 'On Net Total', rate: 10 },
          { name: 'u', charge_type: 'On Previous Row Total', rate: 50, row_id: '1' },
          { name: 'v', charge_type: 'Actual', tax_amount: 1 },
        ],
      },
      session,
    );
    const at = (fieldname: string, row?: string) =>
      changes.find(
        ({ path }) => path.fieldname === fieldname && (row === undefined ? !('table' in path) : 'table' in path && path.row === row),
      )?.value;
    expect(at('amount', 'a')).toBe(0.3);
    expect(at('base_amount', 'a')).toBe(0.6);
    expect(at('stock_qty', 'a')).toBe(36);
    expect(at('total_qty')).toBe(4);
    expect(at('net_total')).toBe(0.5);
    expect(at('tax_amount', 't')).toBe(0.05);
    expect(at('tax_amount', 'u')).toBe(0.28);
    expect(at('grand_total')).toBe(1.83);
    expect(at('base_grand_total')).toBe(3.66);
  });

  test('a discount is taken off, of the net or the grand total', () => {
    const order = { items: [{ name: 'a', qty: 1, rate: 100 }], taxes: [{ name: 't', charge_type: 'On Net Total', rate: 10 }] };
    const grand = (over: object) =>
      computeDocument(bundleOf('Sales Order'), { ...order, ...over }, session).find(({ path }) => path.fieldname === 'grand_total')?.value;
    expect(grand({})).toBe(110);
    expect(grand({ apply_discount_on: 'Grand Total', discount_amount: 10 })).toBe(100);
    expect(grand({ apply_discount_on: 'Net Total', additional_discount_percentage: 50 })).toBe(55);
  });

  test.each([
    ['without decimals', '#,###', { net_total: 1235, tax_amount: 93, grand_total: 1328 }],
    ['with three', '#,###.###', { net_total: 1234.568, tax_amount: 92.593, grand_total: 1327.161 }],
  ])('a site whose currency is written %s reckons taxes so', (_, number_format, expected) => {
    const order = { items: [{ name: 'a', qty: 1, rate: 1234.5678 }], taxes: [{ name: 't', charge_type: 'On Net Total', rate: 7.5 }] };
    const changes = computeDocument(bundleOf('Sales Order'), order, { defaults: { number_format } });
    for (const [fieldname, value] of Object.entries(expected))
      expect(changes.find(({ path }) => path.fieldname === fieldname)?.value, fieldname).toBe(value);
  });

  test('a unit whose factor only the server knows gives no stock quantity', () => {
    const row = { name: 'a', qty: 3, uom: 'Crate', stock_uom: 'Nos', conversion_factor: null, stock_qty: 30 };
    const changes = computeDocument(bundleOf('Sales Order'), { items: [row] }, session);
    expect(changes.find(({ path }) => path.fieldname === 'stock_qty')?.value).toBe(0);
  });

  test('taxes by item are left to the server', () => {
    const changes = computeDocument(
      bundleOf('Sales Order'),
      { items: [{ name: 'a', qty: 1, rate: 100, item_tax_template: 'GST' }] },
      session,
    );
    expect(changes.some(({ path }) => path.fieldname === 'grand_total')).toBe(false);
    expect(rowsOf({}, 'items')).toEqual([]);
  });
});
