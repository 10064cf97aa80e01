import { expect, test } from 'vitest';
import type { Doc } from '@shared/erp/document';
import { refusalFields } from '@shared/sync/refusal-fields';
import { bundleOf } from '../support/form-fixtures';

const order: Doc = {
  doctype: 'Sales Order',
  name: 'SO-1',
  customer: 'Acme',
  items: [
    { name: 'row-a', item_code: 'LAMP-1', warehouse: 'Stores - WP' },
    { name: 'row-b', item_code: 'LAMP-10', warehouse: 'Van - WP' },
  ],
};
const pathsOf = (message: string) => refusalFields([{ message }], order, bundleOf('Sales Order')).map(({ path }) => path);

test('a message belongs to the field whose label it names, in the row it names', () => {
  expect(pathsOf('Could not find Row #2: Item Code: LAMP-10')).toEqual([{ table: 'items', row: 'row-b', fieldname: 'item_code' }]);
  expect(pathsOf('Delivery Date should be after Sales Order Date')).toContainEqual({ fieldname: 'delivery_date' });
});

test('a message that names a document belongs to the cells that link to it, and to no other', () => {
  expect(pathsOf('Item LAMP-1 is disabled')).toEqual([{ table: 'items', row: 'row-a', fieldname: 'item_code' }]);
  expect(pathsOf('Item LAMP-10 not found')).toEqual([{ table: 'items', row: 'row-b', fieldname: 'item_code' }]);
  expect(pathsOf('Warehouse Van - WP does not belong to the company')).toContainEqual({
    table: 'items',
    row: 'row-b',
    fieldname: 'warehouse',
  });
});

test('a field that is named both ways is told once', () => {
  expect(pathsOf('Customer Acme is disabled')).toEqual([{ fieldname: 'customer' }]);
});

test('a message that names nothing of the document belongs to no field', () => {
  expect(pathsOf('Item LAMP-2 is disabled')).toEqual([]);
});
