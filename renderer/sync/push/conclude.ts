import { AppError } from '@shared/errors';
import type { Doc } from '@shared/erp/document';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { isTemporaryName } from '@shared/erp/temporary-name';
import { backOff } from '@shared/sync/backoff';
import { errorWords, problemWords } from '@shared/sync/decision-words';
import { baselineIn, mayBeDone } from '@shared/sync/entry-state';
import { lateMs } from '@shared/sync/marker';
import type { OutboxEntry, Problem } from '@shared/sync/outbox-entry';
import { refusalFields, takenName } from '@shared/sync/refusal-fields';
import { isServerError, triage } from '@shared/sync/triage';
import { decided } from '../../cache/decided';
import { readDocType } from '../../cache/doctypes';
import { docOf } from '../../cache/document-row';
import type { DocumentRow } from '../../cache/rows';
import { foldEdits } from '../../cache/fold-edits';
import { flushJournal } from '../../cache/journal';
import { dropEntry, inWorkTransaction, putEntry, refreshMark } from '../../cache/work';
import { findMissing } from '../find-missing';
import { finishEntry } from '../finish';
import { lose } from '../lose';
import { receiveDocument } from '../receive';
import { read } from '../site';
import type { Site } from '../site';
import type { Outcome } from './outcome';
import { outcomeWords, verdictWords } from './outcome-words';

/** Writes what an attempt came to, and tells the journal. True when the document's next step may follow at once. */
export async function conclude(site: Site, entry: OutboxEntry, outcome: Outcome): Promise<boolean> {
  const goesOn = await write(site, entry, outcome);
  await flushJournal(site);
  return goesOn;
}

async function write(site: Site, entry: OutboxEntry, outcome: Outcome): Promise<boolean> {
  const words = outcomeWords(entry, outcome);
  if (words !== null) decided(site, entry, words);
  switch (outcome.kind) {
    case 'done': {
      const bundle = await readDocType(site.cache, entry.doctype);
      await inWorkTransaction(site.cache, async () => {
        const stored = await site.cache.outbox.get(entry.id);
        if (stored === undefined) return;
        const { messages, lookedUp = false } = outcome;
        const sent = asSent(entry, stored);
        const doc = outcome.doc === null ? null : asKnownHere(site, outcome.doc, entry, sent.name, bundle);
        const newer = doc === null ? undefined : await newerHere(site, doc);
        await finishEntry(site, sent, { doc, messages, bundle, lookedUp });
        if (newer !== undefined) await receiveDocument(site, docOf(newer), { bundle, origin: newer.origin });
        if (lookedUp && doc !== null) await receiveDocument(site, doc, { bundle, origin: 'opened' });
        await outcome.after?.();
      });
      return true;
    }
    case 'gone':
      await inWorkTransaction(site.cache, () => removeDocument(site, entry));
      return true;
    case 'send':
      await send(site, entry, outcome.now);
      return outcome.now;
    case 'not-yet':
      await notYet(site, entry, outcome.date);
      return false;
    case 'park':
      await setState(site, entry, parked(site, entry, outcome.problem));
      return false;
    case 'settled':
      await releaseIfSending(site, entry);
      return outcome.now;
    case 'failed':
      return failed(site, entry, outcome.error);
  }
}

/** A comparison of names may have followed renames, of the document or of what it links to, while its answer was on its way. */
function asKnownHere(site: Site, doc: Doc, { name, state }: OutboxEntry, now: string, bundle: DocTypeBundle | undefined): Doc {
  const followed = 'since' in state ? site.renames.applyTo(doc, bundle, state.since) : doc;
  return now === name ? followed : { ...followed, name: now };
}

/** The answer to a create may be overtaken by a page that has what others made of the document since. */
async function newerHere({ cache }: Site, { doctype, name, modified }: Doc): Promise<DocumentRow | undefined> {
  const row = await cache.documents.get([doctype, name]);
  return row !== undefined && row.mark === undefined && row.modified > (modified ?? '') ? row : undefined;
}

/**
 * It may have been merged, and joined by later edits, since it was chosen; a comparison of names may have followed a
 * rename while its answer was on its way. A document that was made anew here since is another one.
 */
function asSent(entry: OutboxEntry, stored: OutboxEntry): OutboxEntry {
  if (isTemporaryName(stored.name) && stored.name !== entry.name) return entry;
  const { name, operation, modified } = stored;
  return { ...entry, name, operation, modified };
}

const later = (site: Site, entry: OutboxEntry): number => site.now() + backOff(entry.attempts, site.random());

/** The document is deleted there, as was wanted: it goes here too. What was saved after that, under another name of it, stays. */
async function removeDocument(site: Site, entry: OutboxEntry): Promise<void> {
  await finishEntry(site, entry, { doc: null, messages: [], bundle: undefined });
  const row = await site.cache.documents.get([entry.doctype, entry.name]);
  if (row !== undefined) await lose(site, row, 'gone');
}

/** With the edits made meanwhile, where it was looked for in vain. */
async function send(site: Site, entry: OutboxEntry, now: boolean): Promise<void> {
  await inWorkTransaction(site.cache, async () => {
    const stored = await site.cache.outbox.get(entry.id);
    if (stored === undefined) return;
    if (await dropIfStopped(site, stored)) return;
    const sent = entry.state.at === 'uncertain' ? await foldEdits(site, remembered(stored)) : stored;
    await putEntry(site, { ...sent, state: { at: 'queued', ...(now ? {} : { notBefore: later(site, entry) }) } });
    await refreshMark(site.cache, stored.doctype, stored.name);
  });
}

/** What its person stopped on its way, and which did not arrive, is taken back. Part of a transaction of the caller. */
async function dropIfStopped(site: Site, stored: OutboxEntry): Promise<boolean> {
  if (stored.operation.kind !== 'attach' || stored.operation.cancelled !== true) return false;
  await dropEntry(site, stored);
  decided(site, stored, 'taken back: its person stopped it, and it did not arrive');
  await refreshMark(site.cache, stored.doctype, stored.name);
  return true;
}

const remembered = (entry: OutboxEntry): OutboxEntry =>
  entry.operation.kind === 'create' ? { ...entry, firstSent: entry.firstSent ?? entry.operation.values } : entry;

const parked = (site: Site, entry: OutboxEntry, problem: Problem): OutboxEntry['state'] => ({
  at: 'parked',
  since: site.now(),
  problem,
  ...(entry.unanswered === true ? { baseline: baselineIn(entry) } : {}),
});

async function setState(
  site: Site,
  entry: OutboxEntry,
  state: OutboxEntry['state'],
  { answered = false, ...learned }: Partial<Pick<OutboxEntry, 'lastError' | 'serverErrors'>> & { answered?: boolean } = {},
): Promise<void> {
  await inWorkTransaction(site.cache, async () => {
    const stored = await site.cache.outbox.get(entry.id);
    if (stored === undefined) return;
    const told = answered ? withoutDoubt(stored) : stored;
    const isOver = state.at === 'queued' || (state.at === 'parked' && told.unanswered !== true);
    if (isOver && (await dropIfStopped(site, told))) return;
    await putEntry(site, { ...told, ...learned, state });
    await refreshMark(site.cache, stored.doctype, stored.name);
  });
}

/**
 * A merge or a rename changed the entry; if it still counts as on its way, it is not. What must not be done twice is
 * looked for again, under the name that its document has now.
 */
async function releaseIfSending(site: Site, entry: OutboxEntry): Promise<void> {
  const stored = await site.cache.outbox.get(entry.id);
  if (stored?.state.at !== 'sending' && stored?.state.at !== 'uncertain') return;
  const { since, baseline } = stored.state;
  await setState(site, entry, mayBeDone(stored) ? { at: 'uncertain', since, baseline } : { at: 'queued' });
}

/** Looked for in vain: looked for again when that counts, and the first look's time by the server's clock is kept. */
async function notYet(site: Site, entry: OutboxEntry, date: string | null): Promise<void> {
  if (entry.state.at !== 'uncertain') return;
  const now = site.now();
  // Sent under a clock that was set back since: counted from now on.
  const state = { ...entry.state, since: Math.min(entry.state.since, now) };
  const counted = now + lateMs / 10 + Math.round(site.random() * 5_000);
  const notBefore = Math.max(counted, state.lookedAt === undefined ? 0 : state.since + lateMs);
  await setState(site, entry, { ...state, notBefore, ...(state.lookedAt === undefined && date !== null ? { lookedAt: date } : {}) });
}

async function failed(site: Site, entry: OutboxEntry, error: AppError): Promise<boolean> {
  const serverErrors = (entry.serverErrors ?? 0) + (isServerError(error) ? 1 : 0);
  const verdict = triage(entry.operation.kind, error, serverErrors);
  const lastError = { code: error.code, message: error.message };
  const words = verdictWords[verdict];
  if (words !== undefined) decided(site, entry, `${words}: ${errorWords(error)}`);
  switch (verdict) {
    case 'done':
      await inWorkTransaction(site.cache, () => removeDocument(site, entry));
      return true;
    case 'uncertain':
      await becomeUncertain(site, entry, lastError);
      return false;
    case 'find':
      return find(site, entry, error);
    case 'park':
    case 'compare':
      await setState(site, entry, parked(site, entry, await refused(site, entry, error)), {
        lastError,
        serverErrors: 0,
        answered: isAnswered(entry, error),
      });
      return false;
    case 'again':
    case 'merge':
      // What was never sent stays uncertain; what was refused for now is queued again.
      await setState(site, entry, { ...retreat(entry), notBefore: later(site, entry) }, { lastError, serverErrors });
      return false;
  }
}

/**
 * What was looked for in vain before it was sent again, and is refused now for what it says, was not done. Who may not do
 * it at all may not have seen it either; and a create may be refused because it is there already, out of sight.
 */
const isAnswered = (entry: OutboxEntry, { code }: AppError): boolean =>
  entry.state.at === 'sending' && mayBeDone(entry) && code !== 'forbidden';

const withoutDoubt = ({ unanswered: _unanswered, ...answered }: OutboxEntry): OutboxEntry => answered;

const retreat = (entry: OutboxEntry): Extract<OutboxEntry['state'], { at: 'queued' | 'uncertain' }> =>
  entry.state.at === 'uncertain' ? entry.state : { at: 'queued' };

async function becomeUncertain(site: Site, entry: OutboxEntry, lastError: OutboxEntry['lastError']): Promise<void> {
  const { state } = entry;
  const since = state.at === 'sending' || state.at === 'uncertain' ? state.since : site.now();
  const baseline = state.at === 'sending' || state.at === 'uncertain' ? state.baseline : null;
  await inWorkTransaction(site.cache, async () => {
    const stored = await site.cache.outbox.get(entry.id);
    if (stored === undefined) return;
    const kept = state.at === 'uncertain' ? state : { at: 'uncertain' as const, since, baseline };
    await putEntry(site, { ...stored, unanswered: true, lastError, state: { ...kept, notBefore: later(site, entry) } });
    await refreshMark(site.cache, stored.doctype, stored.name);
  });
}

/** A 404 may mean the document, or something that it links to. */
async function find(site: Site, entry: OutboxEntry, error: AppError): Promise<boolean> {
  try {
    const reading = await read(site, entry.doctype, entry.name);
    if (reading.found !== 'yes') return await write(site, entry, await findMissing(site, entry, reading.found));
    await setState(site, entry, { at: 'parked', since: site.now(), problem: await refused(site, entry, error) });
  } catch (thrown) {
    const failure = AppError.from(thrown);
    const { code, message } = failure;
    decided(site, entry, `put off, while its document is looked for: ${errorWords(failure)}`);
    await setState(site, entry, { ...retreat(entry), notBefore: later(site, entry) }, { lastError: { code, message } });
  }
  return false;
}

/** The refusal as its person is told of it; the log hears of it, too. */
async function refused(site: Site, entry: OutboxEntry, error: AppError): Promise<Problem> {
  const row = await site.cache.documents.get([entry.doctype, entry.name]);
  const serverMessages = error.details.serverMessages ?? [];
  const bundle = await readDocType(site.cache, entry.doctype);
  const concerned = row === undefined ? [] : refusalFields(serverMessages, docOf(row), bundle);
  const taken = entry.operation.kind === 'create' && error.code === 'duplicate' && concerned.length === 0;
  const fields = taken ? takenName(serverMessages[0]?.message ?? error.message, bundle?.doctype) : concerned;
  const problem: Problem = { kind: 'refused', code: error.code, message: error.message, serverMessages, fields };
  decided(site, entry, `parked: ${problemWords(problem, error)}`);
  return problem;
}
