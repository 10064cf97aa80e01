/**
 * Required fields that ERPNext fills in itself before it checks what is missing (`set_missing_values`), so that leaving
 * them empty is no mistake of the person. The server has the last word.
 */
const filledOnDocument: ReadonlySet<string> = new Set([
  'naming_series',
  'status',
  'currency',
  'conversion_rate',
  'selling_price_list',
  'buying_price_list',
  'price_list_currency',
  'plc_conversion_rate',
  'debit_to',
  'credit_to',
  'party_account_currency',
  'source_exchange_rate',
  'target_exchange_rate',
  'base_paid_amount',
  'base_received_amount',
  'paid_from_account_currency',
  'paid_to_account_currency',
  'letter_head',
  'language',
]);

/** The same for rows with an item: the Item's record brings them. */
const filledOnItemRow: ReadonlySet<string> = new Set([
  'item_name',
  'description',
  'uom',
  'stock_uom',
  'conversion_factor',
  'rate',
  'amount',
  'base_rate',
  'base_amount',
  'stock_qty',
  'transfer_qty',
  'income_account',
  'expense_account',
  'cost_center',
  'warehouse',
  'delivery_date',
  'schedule_date',
]);

export const serverFills = (fieldname: string): boolean => filledOnDocument.has(fieldname);
export const serverFillsInRow = (fieldname: string, hasItem: boolean): boolean => hasItem && filledOnItemRow.has(fieldname);
