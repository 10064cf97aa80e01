import { holdsValue } from '../erp/docfield';
import type { DocType, DocTypeBundle } from '../erp/doctype';

const fieldsOf = ({ name, fields }: DocType): string[] => fields.filter(holdsValue).map(({ fieldname }) => `${name}.${fieldname}`);

const allFields = ({ doctype, children }: DocTypeBundle): string[] => [doctype, ...children].flatMap(fieldsOf);

/** Whether documents that were read under `before` may lack what `after` has a field for, in a row of a table too. */
export function hasNewFields(before: DocTypeBundle, after: DocTypeBundle): boolean {
  const known = new Set(allFields(before));
  return allFields(after).some((field) => !known.has(field));
}

/** Whether somebody who gained these roles may see fields that the server left out of their documents before. */
export const showsMore = ({ doctype }: DocTypeBundle, gained: readonly string[]): boolean =>
  doctype.permissions.some(({ role, permlevel = 0, read }) => permlevel > 0 && read === 1 && gained.includes(role));
