import type { Doc } from '@shared/erp/document';
import type { DocumentKey } from '@shared/sync/outbox-entry';
import type { Cache } from '../cache/open-cache';

/** The versions of the server that wait for a person to choose between them and an edit, by the name the document has here. */
export async function parkedConflicts(cache: Cache): Promise<(DocumentKey & { theirs: Doc })[]> {
  const parked = await cache.outbox.where('state.at').equals('parked').toArray();
  return parked.flatMap(({ doctype, name, state }) =>
    state.at === 'parked' && state.problem.kind === 'conflict' ? [{ doctype, name, theirs: state.problem.theirs }] : [],
  );
}
