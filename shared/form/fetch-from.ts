import type { DocField } from '../erp/docfield';
import { isTableField } from '../erp/docfield';
import type { DocumentValues, FieldValue } from '../erp/document';
import { isEmpty } from './field-state';

/** One value to be fetched: into `target`, from `source` of the document that the Link field names. */
export type Fetch = { target: DocField; source: string };

/** What is fetched when a Link field changes, by the `fetch_from` of the other fields. */
export function fetchesOf(fields: readonly DocField[], link: string): Fetch[] {
  return fields.flatMap((target) => {
    if (isTableField(target)) return [];
    const [from, source, ...rest] = (target.fetch_from ?? '').split('.').map((part) => part.trim());
    return from === link && source !== undefined && source !== '' && rest.length === 0 ? [{ target, source }] : [];
  });
}

/**
 * The values to set once the linked document is at hand. `linked` null means that the Link was cleared: what it had
 * brought goes too. A field with `fetch_if_empty` keeps what it holds.
 */
export function fetchedValues(
  fetches: readonly Fetch[],
  values: DocumentValues,
  linked: DocumentValues | null,
): Record<string, FieldValue> {
  const fetched: Record<string, FieldValue> = {};
  for (const { target, source } of fetches) {
    if (target.fetch_if_empty === 1 && !isEmpty(values[target.fieldname])) continue;
    const value = linked === null ? null : (linked[source] ?? null);
    if (!Array.isArray(value)) fetched[target.fieldname] = value;
  }
  return fetched;
}
