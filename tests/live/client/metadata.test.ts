import { expect } from 'vitest';
import { isTableField } from '@shared/erp/docfield';
import { live, type Need } from '../case';
import { rights } from '../needs';

const common = [
  'Customer',
  'Item',
  'Sales Order',
  'Purchase Order',
  'Sales Invoice',
  'Purchase Invoice',
  'Delivery Note',
  'Stock Entry',
  'Payment Entry',
  'Journal Entry',
];
const submittable = common.slice(2);

const isShown =
  (doctype: string): Need =>
  async (server) => {
    const allowed = await rights(server, doctype);
    return typeof allowed === 'string' ? allowed : allowed.read ? null : `${server.device.account.user} may not read ${doctype}`;
  };

for (const doctype of common) {
  live(`The structure of ${doctype} comes with its child tables and without scripts.`, [isShown(doctype)], async (server) => {
    const bundle = await server.bundle(doctype);
    const { fields } = bundle.doctype;
    expect(bundle.doctype.name).toBe(doctype);
    expect(bundle.doctype.modified).not.toBe('');
    expect(bundle.doctype.autoname ?? bundle.doctype.naming_rule ?? '').not.toBe('');
    expect(bundle.doctype.is_submittable ?? 0).toBe(submittable.includes(doctype) ? 1 : 0);
    expect(fields.length).toBeGreaterThan(20);
    expect(fields.every(({ fieldname, fieldtype }) => fieldname !== '' && fieldtype !== '')).toBe(true);
    const tables = new Set(fields.filter(isTableField).map(({ options }) => options));
    expect(tables.size).toBeGreaterThan(0);
    expect(new Set(bundle.children.map(({ name }) => name))).toEqual(tables);
    expect(bundle.children.every(({ istable, fields: columns }) => istable === 1 && columns.length > 0)).toBe(true);
    expect(JSON.stringify(bundle)).not.toContain('"__');
  });
}
