import type { Doc } from '@shared/erp/document';
import { integer, type Arguments } from '../engine/carried';
import { metaOf, type Context } from '../engine/engine';
import { searchDoctypes } from './doctype-search';
import { parseFilters } from './filters';
import { checkDoctype, scope } from '../engine/permissions';
import { list } from './query';
import { text } from '../engine/values';

/** `search_link`: documents whose name or search fields hold the text, the most used first (`idx` descending). */
export function searchLink(context: Context, args: Arguments): { value: string; description: string; label?: string }[] {
  const { doctype = '', txt = '' } = args;
  if (doctype === 'DocType') return searchDoctypes(context, args);
  const meta = metaOf(context, doctype);
  if (scope(context, doctype, 'select') === 'none') checkDoctype(context, doctype, 'read', 'list');
  const sought = txt.toLowerCase();
  const fields = `${meta.title_field ?? ''},${meta.search_fields ?? ''}`.split(',').map((field) => field.trim());
  const described = fields.filter((field) => meta.byName.has(field));
  const ignorePermissions = scope(context, doctype, 'read') === 'none';
  const names = list(context, { doctype, filters: parseFilters(args['filters']), length: 0, ignorePermissions });
  const hits = names
    .flatMap(({ name }) => context.store.get(doctype, String(name)) ?? [])
    .filter((doc) => !doc['disabled'] && text(doc, 'enabled') !== '0')
    .filter((doc) => [doc.name, ...described.map((field) => text(doc, field))].some((value) => value.toLowerCase().includes(sought)));
  const rank = (doc: Doc): number => (doc.name.toLowerCase().startsWith(sought) ? 0 : 1);
  const newest = (left: Doc, right: Doc): number => (text(left, 'modified') < text(right, 'modified') ? 1 : -1);
  hits.sort((left, right) => rank(left) - rank(right) || (right.idx ?? 0) - (left.idx ?? 0) || newest(left, right));
  return hits.slice(0, integer(args['page_length'], 10)).map((doc) => {
    const description = [...new Set(described.map((field) => text(doc, field)).filter((value) => value !== ''))].join(', ');
    return { value: doc.name, description, ...(meta.show_title_field_in_link ? { label: text(doc, meta.title_field ?? 'name') } : {}) };
  });
}
