import type { DocType } from './doctype';
import { isRowFilter } from './filters';
import type { AnyFilter, Filter } from './filters';

export type ServerList = { fields: string[]; filters: AnyFilter[]; orFilters?: Filter[]; orderBy: string; groupBy?: string };

const badgeFields = ['status', 'disabled', 'enabled'];

/**
 * The question that finds on the server what a list shows here: the same filters; the search text in name, title or a search
 * field, its words in that order. The newest come first. Only fields that the DocType has are named: any other is refused
 * (DataError) [list]. Conditions on rows join them: documents are grouped, as the desk's list does (`get_group_by` of
 * base_list.js), or each would come once for each row that matches.
 * @param name the DocType
 * @param doctype its metadata; without it only names are searched
 */
export function serverList(name: string, doctype: DocType | undefined, ask: { filters: AnyFilter[]; search: string }): ServerList {
  const own = new Set(doctype?.fields.map((field) => field.fieldname));
  const searched = (doctype?.search_fields ?? '').split(',').map((fieldname) => fieldname.trim());
  const texts = [...new Set(['name', ...[doctype?.title_field ?? '', ...searched].filter((fieldname) => own.has(fieldname))])];
  const badge = [...badgeFields, doctype?.workflow?.state_field ?? ''].filter((fieldname) => own.has(fieldname));
  const fields = [...new Set([...texts, ...badge, 'modified', 'docstatus'])];
  const words = ask.search.split(/\s+/).filter((word) => word !== '');
  // Frappe doubles a backslash, so that `%` and `_` cannot be escaped: they find a little more.
  const pattern = `%${words.join('%')}%`;
  return {
    fields,
    filters: ask.filters,
    ...(words.length === 0 ? {} : { orFilters: texts.map((fieldname): Filter => [fieldname, 'like', pattern]) }),
    ...(ask.filters.some(isRowFilter)
      ? { orderBy: `\`tab${name}\`.\`modified\` desc`, groupBy: `\`tab${name}\`.\`name\`` }
      : { orderBy: 'modified desc' }),
  };
}
