import type { DocField } from '@shared/erp/docfield';

type Expressions = Pick<DocField, 'depends_on' | 'mandatory_depends_on' | 'read_only_depends_on' | 'description'>;

/** When fields show, are needed or are fixed: the demo's own wording, for the fields that people meet. */
export const expressions: { [doctype: string]: { [fieldname: string]: Expressions } | undefined } = {
  Customer: {
    represents_company: { depends_on: 'is_internal_customer' },
    customer_primary_contact: { description: 'Reselect, if the chosen contact is edited after save' },
  },
  Supplier: {
    represents_company: { depends_on: 'is_internal_supplier' },
    hold_type: { depends_on: 'on_hold' },
    release_date: { depends_on: 'on_hold' },
  },
  Item: {
    opening_stock: { depends_on: 'eval:doc.is_stock_item && doc.__islocal' },
    valuation_method: { depends_on: 'is_stock_item' },
    asset_category: { depends_on: 'is_fixed_asset', mandatory_depends_on: 'is_fixed_asset' },
    batch_number_series: { depends_on: 'eval:doc.has_batch_no && doc.create_new_batch' },
    shelf_life_in_days: { depends_on: 'has_expiry_date' },
    variant_of: { depends_on: 'variant_of' },
    attributes: { depends_on: 'eval:doc.has_variants || doc.variant_of' },
  },
  'Sales Order': {
    delivery_date: {
      depends_on: 'eval:!doc.skip_delivery_note',
      mandatory_depends_on: "eval:doc.order_type === 'Sales' && !doc.skip_delivery_note",
    },
    po_date: { depends_on: 'po_no' },
    packed_items: { depends_on: 'eval:doc.packed_items && doc.packed_items.length' },
  },
  'Sales Invoice': {
    posting_date: { read_only_depends_on: 'eval:!doc.set_posting_time' },
    posting_time: { read_only_depends_on: 'eval:!doc.set_posting_time' },
    return_against: { depends_on: 'is_return' },
    set_warehouse: { depends_on: 'update_stock' },
    payments: { depends_on: 'is_pos', mandatory_depends_on: 'is_pos' },
    redeem_loyalty_points: { depends_on: 'eval:doc.loyalty_program' },
  },
  'Purchase Invoice': {
    return_against: { depends_on: 'is_return' },
    release_date: { depends_on: 'on_hold' },
    hold_comment: { depends_on: 'on_hold' },
    set_warehouse: { depends_on: 'update_stock' },
  },
  'Delivery Note': { return_against: { depends_on: 'is_return' }, issue_credit_note: { depends_on: 'is_return' } },
  'Stock Entry': {
    from_warehouse: { depends_on: "eval:doc.purpose !== 'Material Receipt'" },
    to_warehouse: { depends_on: "eval:doc.purpose !== 'Material Issue'" },
    work_order: { depends_on: "eval:['Manufacture', 'Material Transfer for Manufacture'].includes(doc.purpose)" },
  },
  'Payment Entry': {
    party_type: {
      depends_on: "eval:doc.payment_type !== 'Internal Transfer'",
      mandatory_depends_on: "eval:doc.payment_type !== 'Internal Transfer'",
    },
    party: {
      depends_on: "eval:doc.payment_type !== 'Internal Transfer' && doc.party_type",
      mandatory_depends_on: "eval:doc.payment_type !== 'Internal Transfer'",
    },
    reference_no: { mandatory_depends_on: "eval:doc.paid_from_account_type === 'Bank' || doc.paid_to_account_type === 'Bank'" },
    references: { depends_on: 'party' },
  },
  'Journal Entry': {
    cheque_no: { mandatory_depends_on: "eval:doc.voucher_type === 'Bank Entry'" },
    cheque_date: { mandatory_depends_on: "eval:doc.voucher_type === 'Bank Entry'" },
    write_off_amount: { depends_on: "eval:doc.voucher_type === 'Write Off Entry'" },
  },
};
