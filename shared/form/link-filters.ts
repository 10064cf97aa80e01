import type { DocField } from '../erp/docfield';
import type { DocType } from '../erp/doctype';
import type { DocumentValues } from '../erp/document';
import type { Filter } from '../erp/filters';

/**
 * What ERPNext's Link fields leave out by convention: disabled records; groups of a tree, where leaves are meant; records of
 * another company. `target`: the linked DocType's metadata, where it is known. `form`: the DocType the field stands on.
 */
export function linkFilters(field: DocField, target: DocType | undefined, values: DocumentValues, form: string): Filter[] {
  if (target === undefined) return [];
  const has = (fieldname: string): boolean => target.fields.some((each) => each.fieldname === fieldname);
  const filters: Filter[] = [];
  if (has('disabled')) filters.push(['disabled', '=', 0]);
  if (has('enabled')) filters.push(['enabled', '=', 1]);
  if (target.is_tree !== 1) return filters;
  const parentOfTree = target.name === form || field.fieldname.startsWith('parent_');
  if (has('is_group')) filters.push(['is_group', '=', parentOfTree ? 1 : 0]);
  const company = values['company'];
  if (has('company') && typeof company === 'string' && company !== '') filters.push(['company', '=', company]);
  return filters;
}
