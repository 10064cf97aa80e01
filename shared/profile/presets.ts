import type { Filter } from '../erp/filters';
import type { ProfileEntry, ProfileWindow } from '../sync/profile';

/** What people of one kind of work keep, to begin with. */
export const presetNames = ['sales', 'service', 'purchasing', 'stock'] as const;
export type PresetName = (typeof presetNames)[number];

const enabled: Filter = ['enabled', '=', 1];
const notDisabled: Filter = ['disabled', '=', 0];
const is = (field: string): Filter => [field, '=', 1];

const all = (doctype: string, ...filters: Filter[]): ProfileEntry => ({ doctype, filters });
const within = (doctype: string, field: string, days: number, ...filters: Filter[]): ProfileEntry => ({
  doctype,
  filters,
  window: { field, days } satisfies ProfileWindow,
});

const quarter = 92;
const year = 366;

/** What forms of any kind of work must link to. */
const ground: readonly ProfileEntry[] = [
  all('Company'),
  all('Currency', enabled),
  all('UOM', enabled),
  all('Warehouse', notDisabled),
  all('Item Group'),
  all('Brand'),
  all('Country'),
];

const accounting: readonly ProfileEntry[] = [
  all('Account', notDisabled),
  all('Cost Center', notDisabled),
  all('Mode of Payment', enabled),
  all('Payment Term'),
  all('Payment Terms Template'),
];

/**
 * DocTypes of ERPNext 15 with filters and windows that suit the work. One that a site does not have, or its user may not read, is
 * left out when a preset is taken. What is not among the recorded metadata has no filter of its own, and a window of `modified`.
 */
export const presets: Readonly<Record<PresetName, readonly ProfileEntry[]>> = {
  sales: [
    all('Customer', notDisabled),
    all('Item', notDisabled, is('is_sales_item')),
    within('Sales Order', 'transaction_date', year),
    within('Quotation', 'transaction_date', quarter),
    within('Lead', 'modified', year),
    within('Opportunity', 'modified', year),
    within('Sales Invoice', 'posting_date', year),
    within('Delivery Note', 'posting_date', quarter),
    within('Payment Entry', 'posting_date', quarter),
    all('Address', notDisabled),
    all('Contact'),
    all('Item Price', is('selling')),
    all('Price List', enabled, is('selling')),
    all('Bin'),
    all('Customer Group'),
    all('Territory'),
    all('Sales Person', enabled),
    all('Sales Taxes and Charges Template', notDisabled),
    within('Currency Exchange', 'modified', quarter),
    ...ground,
    ...accounting,
  ],
  service: [
    all('Customer', notDisabled),
    within('Maintenance Visit', 'mntc_date', year),
    within('Maintenance Schedule', 'modified', year),
    within('Issue', 'modified', quarter),
    within('Warranty Claim', 'modified', year),
    within('Serial No', 'modified', year),
    within('Task', 'modified', quarter),
    within('Timesheet', 'modified', quarter),
    within('ToDo', 'modified', quarter),
    within('Sales Order', 'transaction_date', quarter),
    within('Delivery Note', 'posting_date', year),
    all('Address', notDisabled),
    all('Contact'),
    all('Item', notDisabled),
    all('Item Price', is('selling')),
    all('Price List', enabled, is('selling')),
    all('Bin'),
    all('Customer Group'),
    all('Territory'),
    all('Sales Person', enabled),
    ...ground,
  ],
  purchasing: [
    all('Supplier', notDisabled),
    all('Item', notDisabled, is('is_purchase_item')),
    within('Purchase Order', 'transaction_date', year),
    within('Material Request', 'modified', quarter),
    within('Request for Quotation', 'modified', quarter),
    within('Supplier Quotation', 'modified', quarter),
    within('Purchase Receipt', 'modified', quarter),
    within('Purchase Invoice', 'posting_date', year),
    within('Payment Entry', 'posting_date', quarter),
    all('Address', notDisabled),
    all('Contact'),
    all('Item Price', is('buying')),
    all('Price List', enabled, is('buying')),
    all('Bin'),
    all('Supplier Group'),
    all('Purchase Taxes and Charges Template', notDisabled),
    within('Currency Exchange', 'modified', quarter),
    ...ground,
    ...accounting,
  ],
  stock: [
    all('Item', notDisabled, is('is_stock_item')),
    all('Bin'),
    within('Stock Entry', 'posting_date', quarter),
    within('Delivery Note', 'posting_date', quarter),
    within('Purchase Receipt', 'modified', quarter),
    within('Material Request', 'modified', quarter),
    within('Pick List', 'modified', 30),
    within('Stock Reconciliation', 'modified', quarter),
    within('Batch', 'modified', year),
    within('Serial No', 'modified', year),
    within('Sales Order', 'transaction_date', quarter),
    within('Purchase Order', 'transaction_date', quarter),
    all('Stock Entry Type'),
    all('Customer', notDisabled),
    all('Supplier', notDisabled),
    all('Price List', enabled),
    ...ground,
  ],
};
