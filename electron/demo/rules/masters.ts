import type { DocField } from '@shared/erp/docfield';
import { rowsOf, type Doc } from '@shared/erp/document';
import { addInternal, madeRow, setSilently, type Context, type Rules } from '../engine/engine';
import { FrappeError } from '../engine/errors';
import { number, text } from '../engine/values';
import { applyDefinition } from '../engine/workflow';

/** `X`, or `X - 1` and so on where X is taken; of several parts, those that are there. */
function free(context: Context, doctype: string, parts: string[], separator: string): string {
  const name = parts.filter(Boolean).join('-');
  let [found, count] = [name, 0];
  while (name !== '' && context.store.has(doctype, found)) found = `${name}${separator}${(count += 1)}`;
  return found;
}

/** Named by this field and the company: `Stores - AF`. */
const withAbbreviation = (fieldname: string): Rules => ({
  autoname(context, doc) {
    const parts = [text(doc, fieldname).trim(), text(context.store.get('Company', text(doc, 'company')), 'abbr')];
    return parts.includes('') ? undefined : parts.join(' - ');
  },
});

const fullName = (doc: Doc): string =>
  ['first_name', 'middle_name', 'last_name']
    .map((fieldname) => text(doc, fieldname).trim())
    .filter(Boolean)
    .join(' ');

/** The value of the row that is marked as the primary one, else of the first. */
const primary = (doc: Doc, table: string, flag: string, value: string): string => {
  const rows = rowsOf(doc, table);
  return text(rows.find((one) => number(one, flag)) ?? rows[0], value);
};

const customField: Rules = {
  autoname: (_, doc) => `${text(doc, 'dt')}-${text(doc, 'fieldname')}`,
  validate({ metadata }, doc, before) {
    const fieldname = (doc['fieldname'] ||= `custom_${text(doc, 'label').toLowerCase().replace(/\W+/g, '_')}`);
    const taken = metadata.get(text(doc, 'dt'))?.fields.some((field) => field.fieldname === fieldname);
    if (taken && before === undefined)
      throw new FrappeError('ValidationError', `A field with the name ${text(doc, 'fieldname')} already exists in ${text(doc, 'dt')}`);
  },
  /** The field stands in the DocType from now on, behind the one it names. */
  afterSave(context, doc) {
    const field: DocField = { fieldname: text(doc, 'fieldname'), fieldtype: text(doc, 'fieldtype') };
    for (const { fieldname } of context.metadata.get('Custom Field')?.columns ?? [])
      if (doc[fieldname] !== undefined) Object.assign(field, { [fieldname]: doc[fieldname] });
    context.metadata.change(text(doc, 'dt'), (meta) => {
      const others = meta.fields.filter(({ fieldname }) => fieldname !== field.fieldname);
      const index = others.findIndex(({ fieldname }) => fieldname === doc['insert_after']) + 1 || others.length;
      setSilently(context, doc, { idx: (doc.idx = index) });
      return { ...meta, fields: others.toSpliced(index, 0, field) };
    });
  },
  onDelete: (context, doc) =>
    context.metadata.change(text(doc, 'dt'), (meta) => ({
      ...meta,
      fields: meta.fields.filter(({ fieldname }) => fieldname !== doc['fieldname']),
    })),
};

export const masters: { [doctype: string]: Rules } = {
  Customer: {
    autoname(context, doc) {
      const asked = text(doc, 'customer_name').trim();
      const name = free(context, 'Customer', [asked], ' - ');
      const message = `Changed customer name to '${name}' as '${asked}' already exists.`;
      if (name !== asked) context.messages.push({ message, title: 'Note', indicator: 'yellow' });
      return name;
    },
    fills: { language: '=en' },
  },
  Supplier: { autoname: (_, doc) => text(doc, 'supplier_name'), fills: { language: '=en' } },
  Item: {
    fills: { stock_uom: '=Nos', item_name: 'item_code', customer_code: '=' },
    validate(context, doc) {
      // The description is HTML: a plain name in it is escaped (values-rewritten).
      doc['description'] ||= text(doc, 'item_name').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
      const units = rowsOf(doc, 'uoms');
      if (!units.some((row) => row['uom'] === doc['stock_uom']))
        doc['uoms'] = [...units, madeRow(context, { uom: text(doc, 'stock_uom'), conversion_factor: 1 })];
    },
    onDelete(context, { name }) {
      for (const doctype of ['Item Price', 'Bin'])
        for (const one of context.store.by(doctype, 'item_code', name)) context.store.remove(doctype, one.name);
    },
  },
  'Item Price': {
    fills: {
      item_name: 'item_code.item_name',
      item_description: 'item_code.description',
      currency: 'price_list.currency',
      buying: 'price_list.buying',
      selling: 'price_list.selling',
    },
  },
  Address: {
    autoname(context, doc) {
      doc['address_title'] ||= text(rowsOf(doc, 'links')[0], 'link_name');
      const title = text(doc, 'address_title').trim();
      return title === '' ? undefined : free(context, 'Address', [title, text(doc, 'address_type') || 'Billing'], '-');
    },
    fills: { country: '=Germany' },
  },
  Contact: {
    autoname: (context, doc) => fullName(doc) && free(context, 'Contact', [fullName(doc), text(rowsOf(doc, 'links')[0], 'link_name')], '-'),
    validate(_, doc) {
      doc['full_name'] = fullName(doc);
      doc['email_id'] = primary(doc, 'email_ids', 'is_primary', 'email_id');
      doc['phone'] = primary(doc, 'phone_nos', 'is_primary_phone', 'phone');
      doc['mobile_no'] = primary(doc, 'phone_nos', 'is_primary_mobile_no', 'phone');
    },
  },
  Lead: {
    autoname: (_, doc) => void (doc['lead_name'] ||= fullName(doc)),
    fills: { lead_name: 'company_name', title: 'company_name, lead_name' },
  },
  'Custom Field': customField,
  File: {
    // Bytes go with the last File that has them; what it was attached to is told in its timeline, and keeps its `modified`
    // (version 15's `File.on_trash`).
    onDelete(context, doc) {
      const [doctype, name] = [text(doc, 'attached_to_doctype'), text(doc, 'attached_to_name')];
      const about = { comment_email: context.user, reference_doctype: doctype, reference_name: name };
      if (context.store.has(doctype, name))
        addInternal(context, 'Comment', { ...about, comment_type: 'Attachment Removed', content: text(doc, 'file_name') });
      const shared = context.store.by('File', 'file_url', text(doc, 'file_url')).some((other) => other.name !== doc.name);
      if (!shared) context.disk.delete(text(doc, 'file_url'));
    },
  },
  Warehouse: withAbbreviation('warehouse_name'),
  Account: withAbbreviation('account_name'),
  'Cost Center': withAbbreviation('cost_center_name'),
  'Sales Taxes and Charges Template': withAbbreviation('title'),
  'Purchase Taxes and Charges Template': withAbbreviation('title'),
  Workflow: { afterSave: applyDefinition },
};
