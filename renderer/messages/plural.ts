/** The English plural of a DocType's name: "Sales Orders", "Stock Entries". DocTypes carry no plural of their own. */
export function plural(doctype: string): string {
  if (/[^aeiou]y$/i.test(doctype)) return `${doctype.slice(0, -1)}ies`;
  if (/(s|x|z|ch|sh)$/i.test(doctype)) return `${doctype}es`;
  return `${doctype}s`;
}
