/** Every fieldtype of Frappe 15 (`frappe/core/doctype/docfield/docfield.json`, options of `fieldtype`). */
export const fieldtypes = [
  ...['Autocomplete', 'Attach', 'Attach Image', 'Barcode', 'Button', 'Check', 'Code', 'Color', 'Column Break', 'Currency', 'Data', 'Date'],
  ...['Datetime', 'Duration', 'Dynamic Link', 'Float', 'Fold', 'Geolocation', 'Heading', 'HTML', 'HTML Editor', 'Icon', 'Image', 'Int'],
  ...['JSON', 'Link', 'Long Text', 'Markdown Editor', 'Password', 'Percent', 'Phone', 'Read Only', 'Rating', 'Section Break', 'Select'],
  ...['Signature', 'Small Text', 'Tab Break', 'Table', 'Table MultiSelect', 'Text', 'Text Editor', 'Time'],
];
