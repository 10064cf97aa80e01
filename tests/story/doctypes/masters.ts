import { colleague } from './case';
import type { DocTypeCase } from './case';

export const newCustomer = 'Lantern Street Café';
export const newItem = 'FIELD-LAMP-1';

export const customer: DocTypeCase = {
  doctype: 'Customer',
  existing: ({ site }) => site.as(colleague).insert('Customer', { customer_name: 'Quarry Road Garage', customer_type: 'Company' }),
  async edit(form) {
    await form.openSection('More Information');
    await form.type('website', 'https://quarry.example');
  },
  meanwhile: () => ({ customer_details: 'Rings twice' }),
  edited: { website: 'https://quarry.example', customer_details: 'Rings twice' },
  make: (form) => form.type('customer_name', newCustomer),
  made: () => ({ name: newCustomer, customer_name: newCustomer, customer_type: 'Company' }),
  submits: 'nothing',
};

export const item: DocTypeCase = {
  doctype: 'Item',
  existing: ({ site }) =>
    site.as(colleague).insert('Item', { item_code: 'DESK-BELL', item_name: 'Desk bell', item_group: 'Services', stock_uom: 'Nos' }),
  edit: (form) => form.type('item_name', 'Desk bell, brass'),
  meanwhile: () => ({ lead_time_days: 9 }),
  edited: { item_name: 'Desk bell, brass', lead_time_days: 9 },
  async make(form) {
    await form.type('item_code', newItem);
    await form.link('item_group', 'Services');
    await form.link('stock_uom', 'Nos');
  },
  made: () => ({ name: newItem, item_code: newItem, item_group: 'Services', stock_uom: 'Nos' }),
  submits: 'nothing',
};
