import { changedRow, colleague } from './case';
import type { Cast, DocTypeCase } from './case';
import { newCustomer, newItem } from './masters';

const twoRows = ({ goods }: Cast) => goods.map((item_code) => ({ item_code, qty: 2, rate: 20 }));
const draft = (doctype: string, cast: Cast, values: { [fieldname: string]: string }) =>
  cast.site.as(colleague).insert(doctype, { customer: cast.customer, company: cast.company, items: twoRows(cast), ...values });

export const salesOrder: DocTypeCase = {
  doctype: 'Sales Order',
  existing: (cast) => draft('Sales Order', cast, { delivery_date: cast.later }),
  edit: (form) => form.typeCell('items', 0, 'Quantity', '7'),
  meanwhile: () => ({ po_no: 'OFFICE-1' }),
  edited: { po_no: 'OFFICE-1', items: [{ qty: 7, rate: 20 }, { qty: 2 }] },
  async make(form, { later, goods }) {
    await form.link('customer', newCustomer);
    await form.type('delivery_date', later);
    await form.addRow('items');
    await form.linkCell('items', 0, 'Item Code', newItem);
    await form.typeCell('items', 0, 'Quantity', '3');
    await form.typeCell('items', 0, 'Rate', '12,50');
    await form.addRow('items');
    await form.linkCell('items', 1, 'Item Code', goods[0]);
    await form.typeCell('items', 1, 'Quantity', '4');
  },
  made: ({ later, goods }) => ({
    customer: newCustomer,
    delivery_date: later,
    items: [
      { item_code: newItem, qty: 3, rate: 12.5 },
      { item_code: goods[0], qty: 4 },
    ],
  }),
  submits: 'made',
};

export const salesInvoice: DocTypeCase = {
  doctype: 'Sales Invoice',
  existing: (cast) => draft('Sales Invoice', cast, {}),
  edit: (form) => form.typeCell('items', 0, 'Rate', '21,75'),
  meanwhile: () => ({ remarks: 'Paid by the office' }),
  edited: { remarks: 'Paid by the office', items: [{ qty: 2, rate: 21.75 }, { rate: 20 }] },
  async make(form, { customer, goods }) {
    await form.link('customer', customer);
    await form.addRow('items');
    await form.linkCell('items', 0, 'Item', goods[0]);
    await form.typeCell('items', 0, 'Quantity', '5');
    await form.typeCell('items', 0, 'Rate', '30');
  },
  made: ({ customer, goods }) => ({ customer, items: [{ item_code: goods[0], qty: 5, rate: 30 }] }),
  submits: 'made',
};

export const deliveryNote: DocTypeCase = {
  doctype: 'Delivery Note',
  existing: (cast) => draft('Delivery Note', cast, {}),
  edit: (form) => form.typeCell('items', 0, 'Quantity', '6'),
  meanwhile: (doc) => changedRow(doc, 'items', 1, { qty: 9 }),
  edited: { items: [{ qty: 6 }, { qty: 9 }] },
  async make(form, { customer, goods }) {
    await form.link('customer', customer);
    await form.addRow('items');
    await form.linkCell('items', 0, 'Item Code', goods[1]);
    await form.typeCell('items', 0, 'Quantity', '2');
  },
  made: ({ customer, goods }) => ({ customer, items: [{ item_code: goods[1], qty: 2 }] }),
  submits: 'made',
};
