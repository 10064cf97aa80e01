import { AppError } from '@shared/errors';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { isTemporaryName } from '@shared/erp/temporary-name';
import { markerWords, problemWords } from '@shared/sync/decision-words';
import { isLike } from '@shared/sync/look-up';
import type { CreateMarker, OutboxEntry, Problem } from '@shared/sync/outbox-entry';
import { baselineOf } from '@shared/sync/site-time';
import { decided } from '../../cache/decided';
import { docOf } from '../../cache/document-row';
import { exclusively } from '../../cache/exclusively';
import { workOf } from '../../cache/journal';
import { inWorkTransaction, refreshMark } from '../../cache/work';
import { readDocType } from '../../cache/doctypes';
import type { Site } from '../site';
import { markerOf } from './marker-of';

/**
 * Marks an entry as sending, durably: in the database, then in the journal, before the request leaves. Null when it was
 * changed or taken back meanwhile. A create gets the marker by which it can be found again.
 */
export function beginSending(site: Site, chosen: OutboxEntry): Promise<OutboxEntry | null> {
  return exclusively(site.cache, () => begin(site, chosen));
}

async function begin(site: Site, chosen: OutboxEntry): Promise<OutboxEntry | null> {
  const { cache } = site;
  const bundle = await readDocType(cache, chosen.doctype);
  const both = await inWorkTransaction(cache, async () => {
    const entry = await cache.outbox.get(chosen.id);
    if (entry === undefined || entry.revision !== chosen.revision || entry.state.at !== chosen.state.at) return null;
    const sending: OutboxEntry = {
      ...entry,
      // An older copy of the database, in which it waits yet, is told by this.
      revision: entry.revision + 1,
      marker: await withKnown(site, entry, markerOf(site, entry, bundle), bundle),
      attempts: entry.attempts + 1,
      state: { at: 'sending', since: site.now(), baseline: site.watch.lastDate },
    };
    await cache.outbox.put(sending);
    await refreshMark(cache, entry.doctype, entry.name);
    return { before: entry, begun: sending };
  });
  if (both === null) return null;
  const { before, begun } = both;
  if (before.marker === null && begun.marker !== null) decided(site, begun, `marked by ${markerWords(begun.marker)}`);
  try {
    await site.bridge.journal.append({
      account: site.account,
      records: [
        { kind: 'put', id: begun.id, entry: await workOf(cache, begun) },
        { kind: 'sending', id: begun.id, at: new Date(site.now()).toISOString() },
      ],
    });
  } catch (thrown) {
    const error = AppError.from(thrown);
    await takeBack(site, before, begun, error);
    if (error.code === 'too-large') return null;
    throw thrown;
  }
  return begun;
}

/** The journal was not told of it, so it does not leave: it is unsent as before. One that it will never take waits for a person. */
async function takeBack(site: Site, before: OutboxEntry, begun: OutboxEntry, { code, message }: AppError): Promise<void> {
  const { cache } = site;
  const problem: Problem = { kind: 'refused', code, message, serverMessages: [], fields: [] };
  const state: OutboxEntry['state'] = code === 'too-large' ? { at: 'parked', since: site.now(), problem } : before.state;
  await inWorkTransaction(cache, async () => {
    const stored = await cache.outbox.get(begun.id);
    if (stored?.revision !== begun.revision || stored.state.at !== 'sending') return;
    await cache.outbox.put({ ...before, state, revision: begun.revision, lastError: { code, message } });
    await refreshMark(cache, before.doctype, before.name);
  });
  if (state.at === 'parked') decided(site, before, `parked: ${problemWords(problem)}`);
}

/** Its like of the last hour or so, as far as it is here: another desk of the same person made it, not this create. */
async function withKnown(
  site: Site,
  { doctype, operation, marker }: OutboxEntry,
  chosen: CreateMarker | null,
  bundle: DocTypeBundle | undefined,
): Promise<CreateMarker | null> {
  const since = baselineOf(site.watch.lastDate, site.facts.timeZone);
  if (marker !== null || chosen?.by !== 'look-up' || operation.kind !== 'create' || since === null) return chosen;
  const recent = await site.cache.documents.where('[doctype+modified]').between([doctype, since], [doctype, []]).toArray();
  const like = recent.filter((row) => !isTemporaryName(row.name) && isLike(operation.values, docOf(row), bundle));
  return { by: 'look-up', known: like.map(({ name }) => name) };
}
