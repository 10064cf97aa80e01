import { colleague } from './case';
import type { Cast, DocTypeCase } from './case';

const draft = (doctype: string, { site, supplier, company, goods }: Cast, values: { [fieldname: string]: string }) =>
  site.as(colleague).insert(doctype, { supplier, company, items: [{ item_code: goods[0], qty: 10, rate: 8 }], ...values });

export const purchaseOrder: DocTypeCase = {
  doctype: 'Purchase Order',
  existing: (cast) => draft('Purchase Order', cast, { schedule_date: cast.later }),
  edit: (form) => form.typeCell('items', 0, 'Quantity', '15'),
  meanwhile: () => ({ order_confirmation_no: 'OC-77' }),
  edited: { order_confirmation_no: 'OC-77', items: [{ qty: 15, rate: 8 }] },
  async make(form, { supplier, later, discontinued }) {
    await form.link('supplier', supplier);
    await form.type('schedule_date', later);
    await form.addRow('items');
    await form.linkCell('items', 0, 'Item Code', discontinued);
    await form.typeCell('items', 0, 'Quantity', '20');
    await form.typeCell('items', 0, 'Rate', '9,25');
  },
  made: ({ supplier, later, goods }) => ({ supplier, schedule_date: later, items: [{ item_code: goods[1], qty: 20, rate: 9.25 }] }),
  submits: 'draft',
};

export const purchaseInvoice: DocTypeCase = {
  doctype: 'Purchase Invoice',
  existing: (cast) => draft('Purchase Invoice', cast, {}),
  async edit(form) {
    await form.openSection('Supplier Invoice');
    await form.type('bill_no', 'R-2031');
  },
  meanwhile: () => ({ remarks: 'Checked by the office' }),
  edited: { bill_no: 'R-2031', remarks: 'Checked by the office', items: [{ qty: 10, rate: 8 }] },
  async make(form, { supplier, goods }) {
    await form.link('supplier', supplier);
    await form.addRow('items');
    await form.linkCell('items', 0, 'Item', goods[0]);
    await form.typeCell('items', 0, 'Accepted Qty', '3');
    await form.typeCell('items', 0, 'Rate', '11');
  },
  made: ({ supplier, goods }) => ({ supplier, items: [{ item_code: goods[0], qty: 3, rate: 11 }] }),
  submits: 'draft',
};
