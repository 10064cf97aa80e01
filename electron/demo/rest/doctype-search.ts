import { record, structured, type Arguments } from '../engine/carried';
import type { Context } from '../engine/engine';
import { scope } from '../engine/permissions';

/** Frappe's query of the DocTypes that a user may read, child tables left out. */
const permitted = 'frappe.core.report.permitted_documents_for_user.permitted_documents_for_user.query_doctypes';

/**
 * `search_link` for DocTypes, as version 15's `search.py` answers it: all of them to whoever is signed in, with their module, or
 * through the query those that the user may read, with nothing but the name. Not recorded.
 */
export function searchDoctypes(context: Context, args: Arguments): { value: string; description: string }[] {
  const sought = (args['txt'] ?? '').toLowerCase();
  const asked = record(structured(args['filters'] ?? '{}'));
  const all = context.metadata.all().filter(({ name }) => name.toLowerCase().includes(sought));
  if (args['query'] === permitted) {
    return all
      .filter(
        ({ name, istable, issingle }) =>
          !istable && (!issingle || Boolean(asked['include_single_doctypes'])) && scope(context, name, 'read') !== 'none',
      )
      .map(({ name }) => ({ value: name, description: '' }));
  }
  return all
    .filter(({ istable }) => asked['istable'] === undefined || Number(asked['istable']) === (istable ?? 0))
    .map(({ name, module }) => ({ value: name, description: module ?? '' }));
}
