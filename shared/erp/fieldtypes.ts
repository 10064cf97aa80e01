/** Fieldtypes whose empty value is 0. */
export const numericTypes: ReadonlySet<string> = new Set([
  'Int',
  'Float',
  'Currency',
  'Percent',
  'Check',
  'Duration',
  'Rating',
  'Long Int',
]);

/** Fieldtypes summed and rounded as decimals. */
export const decimalTypes: ReadonlySet<string> = new Set(['Float', 'Currency', 'Percent']);

/** Fieldtypes that hold text, and how many characters a column of the server takes where the field does not say. */
export const textTypes: ReadonlySet<string> = new Set([
  'Data',
  'Link',
  'Dynamic Link',
  'Select',
  'Read Only',
  'Autocomplete',
  'Password',
  'Phone',
  'Barcode',
  'Color',
  'Icon',
]);

/** Fieldtypes of Frappe 15, and of later versions as far as a form here knows them, that hold a value. Of any other a form shows the value. */
export const knownTypes: ReadonlySet<string> = new Set([
  ...numericTypes,
  ...textTypes,
  'Small Text',
  'Text',
  'Long Text',
  'Markdown Editor',
  'Code',
  'JSON',
  'Text Editor',
  'HTML Editor',
  'Table',
  'Table MultiSelect',
  'Date',
  'Datetime',
  'Time',
  'Attach',
  'Attach Image',
  'Signature',
  'Geolocation',
]);

/** Fieldtypes whose text is HTML of the server. */
export const htmlTypes: ReadonlySet<string> = new Set(['Text Editor', 'HTML Editor']);
