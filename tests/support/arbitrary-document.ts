import fc from 'fast-check';
import type { DocTypeBundle } from '@shared/erp/doctype';
import type { ChildRow, Doc, FieldValue } from '@shared/erp/document';

/** A small DocType with a field of each kind that is compared in its own way. */
export const orderType: DocTypeBundle = {
  doctype: {
    name: 'Order',
    modified: '',
    permissions: [],
    fields: [
      { fieldname: 'customer', fieldtype: 'Link', options: 'Customer', label: 'Customer' },
      { fieldname: 'title', fieldtype: 'Data', label: 'Title' },
      { fieldname: 'rate', fieldtype: 'Currency', precision: '2', label: 'Rate' },
      { fieldname: 'urgent', fieldtype: 'Check', label: 'Urgent' },
      { fieldname: 'at', fieldtype: 'Time', label: 'At' },
      { fieldname: 'total', fieldtype: 'Currency', read_only: 1, label: 'Total' },
      { fieldname: 'items', fieldtype: 'Table', options: 'Order Item', label: 'Items' },
    ],
  },
  children: [
    {
      name: 'Order Item',
      modified: '',
      permissions: [],
      istable: 1,
      fields: [
        { fieldname: 'item_code', fieldtype: 'Link', options: 'Item', label: 'Item Code' },
        { fieldname: 'qty', fieldtype: 'Float', label: 'Quantity' },
        { fieldname: 'amount', fieldtype: 'Currency', read_only: 1, label: 'Amount' },
      ],
    },
  ],
};

const cells: Record<string, fc.Arbitrary<FieldValue>> = {
  customer: fc.constantFrom('Acme', 'Bolt', '', null),
  title: fc.constantFrom('one', 'two & three', ' two &amp; three ', '', null),
  rate: fc.constantFrom(0, 1, 1.004, 2.5, null),
  urgent: fc.constantFrom<FieldValue>(0, 1, true, false),
  at: fc.constantFrom('9:05:00', '09:05:00', '10:00:00.5', ''),
};

const someCells = (from: Record<string, fc.Arbitrary<FieldValue>>): fc.Arbitrary<Record<string, FieldValue | undefined>> =>
  fc.record(from, { requiredKeys: [] });

export const row = (name: string): fc.Arbitrary<ChildRow> =>
  fc.record({ item_code: fc.constantFrom('A', 'B', 'C'), qty: fc.constantFrom(0, 1, 2, 3) }).map((values) => ({ ...values, name }));

/** A document with up to four rows named r1 to r4. */
export const order: fc.Arbitrary<Doc> = fc
  .tuple(
    someCells(cells),
    fc.subarray(['r1', 'r2', 'r3', 'r4']).chain((names) => fc.tuple(...names.map(row))),
  )
  .map(([fields, items]) => ({ ...fields, items: numbered(items), doctype: 'Order', name: 'O-1', docstatus: 0 }));

/** The document as somebody edited it: some cells, and rows edited, removed, moved or added under the given prefix. */
export const editOf = (base: Doc, prefix: string): fc.Arbitrary<Doc> => {
  const rows = Array.isArray(base['items']) ? base['items'] : [];
  const kept = fc.shuffledSubarray(rows).chain((some) => fc.tuple(...some.map((each) => fc.oneof(fc.constant(each), row(each.name)))));
  const added = fc
    .array(fc.integer({ min: 1, max: 9 }), { maxLength: 2 })
    .chain((ids) => fc.tuple(...[...new Set(ids)].map((id) => row(`${prefix}${id}`))));
  return fc
    .tuple(someCells(cells), kept, added)
    .map(([fields, stayed, fresh]) => ({ ...base, ...fields, items: numbered([...stayed, ...fresh]) }));
};

const numbered = (rows: ChildRow[]): ChildRow[] => rows.map((each, position) => ({ ...each, idx: position + 1 }));

export const versions = order.chain((base) => fc.record({ base: fc.constant(base), mine: editOf(base, 'm'), theirs: editOf(base, 't') }));
