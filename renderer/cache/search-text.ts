import type { DocType } from '@shared/erp/doctype';
import type { DocumentValues } from '@shared/erp/document';

/** Text without case and accents, as it is searched. */
export const fold = (text: string): string =>
  isPlain.test(text) ? text.toLowerCase() : text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Without a letter that could carry an accent: most text, and folded in a tenth of the time. */
const isPlain = /^[\x20-\x7e]*$/;

/** The words a person typed, folded; all of them must be found. */
export const wordsOf = (text: string): string[] =>
  fold(text)
    .split(/\s+/)
    .filter((word) => word !== '');

/** Fields that a DocType says are searched, e.g. `customer_group, territory`. */
export const searchFields = (doctype: DocType | undefined): string[] =>
  (doctype?.search_fields ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** The document's title: its title field if that holds text, otherwise its name. */
export function titleOf(name: string, doc: DocumentValues, doctype: DocType | undefined): string {
  const title = doctype?.title_field === undefined ? undefined : doc[doctype.title_field];
  return typeof title === 'string' && title.trim() !== '' ? title : name;
}

/** Everything a search looks at, one line. */
export function searchTextOf(name: string, doc: DocumentValues, doctype: DocType | undefined, alias: string | undefined): string {
  const values = searchFields(doctype)
    .map((field) => doc[field])
    .filter((value) => typeof value === 'string' || typeof value === 'number');
  return fold([name, titleOf(name, doc, doctype), alias ?? '', ...values].join(' '));
}
