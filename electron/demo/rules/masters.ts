import { rowsOf, type Doc } from '@shared/erp/document';
import { madeRow } from '../documents';
import { setSilently, type Context, type Rules } from '../engine';
import { number, text } from '../values';
import { applyDefinition } from '../workflow';

/** `X`, or `X - 1` and so on where X is taken. */
function free(context: Context, doctype: string, name: string, separator = ' - '): string {
  if (!context.store.has(doctype, name)) return name;
  let count = 1;
  while (context.store.has(doctype, `${name}${separator}${count}`)) count += 1;
  return `${name}${separator}${count}`;
}

const withAbbreviation = (fieldname: string): Rules => ({
  autoname: (context, doc) => {
    const company = context.store.get('Company', text(doc, 'company'));
    const name = text(doc, fieldname).trim();
    return name === '' || company === undefined ? undefined : `${name} - ${text(company, 'abbr')}`;
  },
});

const customer: Rules = {
  autoname(context, doc) {
    const asked = text(doc, 'customer_name').trim();
    const name = asked === '' ? '' : free(context, 'Customer', asked);
    if (name !== asked)
      context.messages.push({
        message: `Changed customer name to '${name}' as '${asked}' already exists.`,
        title: 'Note',
        indicator: 'yellow',
      });
    return name;
  },
  validate: (_, doc) => void (doc['language'] ??= 'en'),
};

const supplier: Rules = { autoname: (_, doc) => text(doc, 'supplier_name').trim(), validate: (_, doc) => void (doc['language'] ??= 'en') };

const escape = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const item: Rules = {
  validate(context, doc) {
    doc['stock_uom'] ||= 'Nos';
    doc['item_name'] ||= text(doc, 'item_code');
    // The description is HTML: a plain name in it is escaped (values-rewritten).
    doc['description'] ||= escape(text(doc, 'item_name'));
    doc['customer_code'] ??= '';
    if (!rowsOf(doc, 'uoms').some((row) => row['uom'] === doc['stock_uom']))
      doc['uoms'] = [...rowsOf(doc, 'uoms'), madeRow(context, { uom: text(doc, 'stock_uom'), conversion_factor: 1 })];
  },
  onDelete(context, doc) {
    for (const doctype of ['Item Price', 'Bin'])
      for (const one of [...context.store.by(doctype, 'item_code', doc.name)]) context.store.remove(doctype, one.name);
  },
};

const address: Rules = {
  autoname(context, doc) {
    const link = rowsOf(doc, 'links')[0];
    const title = text(doc, 'address_title').trim() || (link ? text(link, 'link_name') : '');
    if (title === '') return undefined;
    doc['address_title'] = title;
    return free(context, 'Address', `${title}-${text(doc, 'address_type') || 'Billing'}`, '-');
  },
  validate: (_, doc) => void (doc['country'] ||= 'Germany'),
};

function fullName(doc: Doc): string {
  return ['first_name', 'middle_name', 'last_name']
    .map((fieldname) => text(doc, fieldname).trim())
    .filter((part) => part !== '')
    .join(' ');
}

const primary = (doc: Doc, table: string, flag: string, value: string): string => {
  const rows = rowsOf(doc, table);
  const row = rows.find((one) => number(one, flag)) ?? rows[0];
  return row === undefined ? '' : text(row, value);
};

const contact: Rules = {
  autoname(context, doc) {
    const link = rowsOf(doc, 'links')[0];
    const name = fullName(doc);
    return name === '' ? undefined : free(context, 'Contact', link === undefined ? name : `${name}-${text(link, 'link_name')}`, '-');
  },
  validate(_, doc) {
    Object.assign(doc, { full_name: fullName(doc), email_id: primary(doc, 'email_ids', 'is_primary', 'email_id') });
    Object.assign(doc, {
      phone: primary(doc, 'phone_nos', 'is_primary_phone', 'phone'),
      mobile_no: primary(doc, 'phone_nos', 'is_primary_mobile_no', 'phone'),
    });
  },
};

const itemPrice: Rules = {
  validate(context, doc) {
    const [priced, list] = [context.store.get('Item', text(doc, 'item_code')), context.store.get('Price List', text(doc, 'price_list'))];
    if (priced !== undefined) Object.assign(doc, { item_name: text(priced, 'item_name'), item_description: text(priced, 'description') });
    if (list !== undefined)
      Object.assign(doc, { buying: number(list, 'buying'), selling: number(list, 'selling'), currency: text(list, 'currency') });
    doc['valid_from'] ||= context.clock.date();
  },
};

const lead: Rules = {
  validate(_, doc) {
    doc['lead_name'] ||= fullName(doc) || text(doc, 'company_name');
    doc['title'] = text(doc, 'company_name') || text(doc, 'lead_name');
  },
};

const customField: Rules = {
  autoname: (_, doc) => `${text(doc, 'dt')}-${text(doc, 'fieldname')}`,
  validate: (_, doc) => void (doc['fieldname'] ||= `custom_${text(doc, 'label').toLowerCase().replace(/\W+/g, '_')}`),
  afterSave(context, doc) {
    const { dt: _, insert_after: after, ...field } = doc;
    const fields = context.metadata.get(text(doc, 'dt'))?.fields ?? [];
    const flags = Object.fromEntries(
      Object.entries(field).filter(
        ([fieldname, value]) => value !== undefined && context.metadata.get('Custom Field')?.byName.has(fieldname),
      ),
    );
    setSilently(
      context,
      { ...doc, idx: (doc.idx = fields.findIndex(({ fieldname }) => fieldname === after) + 1 || fields.length + 1) },
      {},
    );
    context.metadata.addField(
      text(doc, 'dt'),
      { ...flags, fieldname: text(doc, 'fieldname'), fieldtype: text(doc, 'fieldtype') },
      String(after ?? ''),
    );
  },
  onDelete: (context, doc) => context.metadata.dropField(text(doc, 'dt'), text(doc, 'fieldname')),
};

const file: Rules = {
  onDelete(context, doc) {
    const shared = context.store.by('File', 'file_url', text(doc, 'file_url')).some((other) => other.name !== doc.name);
    if (!shared) context.disk.delete(text(doc, 'file_url'));
  },
};

export const masters: { [doctype: string]: Rules } = {
  Customer: customer,
  Supplier: supplier,
  Item: item,
  Address: address,
  Contact: contact,
  'Item Price': itemPrice,
  Lead: lead,
  'Custom Field': customField,
  File: file,
  Warehouse: withAbbreviation('warehouse_name'),
  Account: withAbbreviation('account_name'),
  'Cost Center': withAbbreviation('cost_center_name'),
  'Sales Taxes and Charges Template': withAbbreviation('title'),
  'Purchase Taxes and Charges Template': withAbbreviation('title'),
  Workflow: { afterSave: applyDefinition },
};
