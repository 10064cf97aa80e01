import { problemWords } from '@shared/sync/decision-words';
import { isFrozen, writesDocument } from '@shared/sync/entry-state';
import { decided } from '../cache/decided';
import { rangeOf } from '../cache/documents';
import type { DocumentRow } from '../cache/rows';
import { entriesOfDocument, forgetDocument, inWorkTransaction, putEntry, refreshMark } from '../cache/work';
import type { Site } from './site';

/** Gone there: gone here, unless there is unsent work, which a person decides about. Part of a transaction of the caller. */
export async function lose(site: Site, row: DocumentRow, how: 'gone' | 'hidden'): Promise<void> {
  const { doctype, name } = row;
  const entries = await entriesOfDocument(site.cache, doctype, name);
  if (entries.length === 0) return forgetDocument(site.cache, doctype, name);
  const [first] = entries.filter(writesDocument);
  // A file goes with its document: whoever wanted it removed has nothing to decide.
  const held = first ?? entries.find(({ operation }) => how === 'hidden' || operation.kind !== 'detach');
  if (held === undefined || isFrozen(held) || held.operation.kind === 'delete' || held.operation.kind === 'create') return;
  if (held.state.at === 'parked' && held.state.problem.kind === 'missing' && held.state.problem.how === how) return;
  const problem = { kind: 'missing' as const, how };
  await putEntry(site, { ...held, state: { at: 'parked', since: site.now(), problem } });
  decided(site, held, `parked: ${problemWords(problem)}`);
  await refreshMark(site.cache, doctype, name);
}

/** The user may not read this DocType any more: nothing of it stays but unsent work. Allowed again, it is downloaded anew. */
export async function loseDocType(site: Site, doctype: string): Promise<void> {
  const rows = await site.cache.documents
    .where('[doctype+name]')
    .between(...rangeOf(doctype))
    .toArray();
  await site.cache.cursors.delete(doctype);
  if (rows.length === 0) return;
  site.log('info', `${doctype}: may not be read any more; ${rows.length} documents leave this device, unsent work stays`);
  await inWorkTransaction(site.cache, async () => {
    for (const row of rows) await lose(site, row, 'hidden');
  });
}
