/** A flag as Frappe writes it: 0, 1, or left out for 0. */
export type Flag = 0 | 1;

/**
 * One field of a DocType, as `getdoctype` reports it with zeros, empties and prose left out.
 * Only what Fieldbook reads is named; see `electron/erp/metadata.ts` for the stripping.
 */
export type DocField = {
  fieldname: string;
  fieldtype: string;
  label?: string;
  /** Link and Table: a DocType. Dynamic Link: the field that names it. Select: lines. Currency: the field or path of the currency. */
  options?: string;
  default?: string;
  reqd?: Flag;
  hidden?: Flag;
  read_only?: Flag;
  bold?: Flag;
  unique?: Flag;
  no_copy?: Flag;
  set_only_once?: Flag;
  allow_on_submit?: Flag;
  in_list_view?: Flag;
  in_standard_filter?: Flag;
  in_global_search?: Flag;
  allow_in_quick_entry?: Flag;
  ignore_user_permissions?: Flag;
  non_negative?: Flag;
  is_virtual?: Flag;
  collapsible?: Flag;
  fetch_if_empty?: Flag;
  print_hide?: Flag;
  search_index?: Flag;
  /** Duration: hours count on past 24; seconds are left out. */
  hide_days?: Flag;
  hide_seconds?: Flag;
  permlevel?: number;
  length?: number;
  columns?: number;
  precision?: string;
  description?: string;
  depends_on?: string;
  mandatory_depends_on?: string;
  read_only_depends_on?: string;
  collapsible_depends_on?: string;
  fetch_from?: string;
};

export const tableTypes: ReadonlySet<string> = new Set(['Table', 'Table MultiSelect']);

/** Fieldtypes that only shape or decorate a form and hold no value. */
export const layoutTypes: ReadonlySet<string> = new Set([
  'Section Break',
  'Column Break',
  'Tab Break',
  'Heading',
  'HTML',
  'Button',
  'Image',
  'Fold',
]);

export const isTableField = (field: DocField): boolean => tableTypes.has(field.fieldtype);
export const holdsValue = (field: DocField): boolean => !layoutTypes.has(field.fieldtype);

/** Its value is the name of another document. */
export const isLinkField = ({ fieldtype }: DocField): boolean => fieldtype === 'Link' || fieldtype === 'Dynamic Link';
