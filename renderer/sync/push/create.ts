import { AppError } from '@shared/errors';
import type { Doc, DocumentValues } from '@shared/erp/document';
import { isTemporaryName } from '@shared/erp/temporary-name';
import type { Filter } from '@shared/erp/filters';
import { scalar } from '@shared/sync/changes';
import { fileNamesFirst } from '@shared/sync/file-names-first';
import { isOurs, likeness } from '@shared/sync/look-up';
import { waitsFor } from '@shared/sync/dependencies';
import { markerValues, notThereCounts } from '@shared/sync/marker';
import type { OutboxEntry } from '@shared/sync/outbox-entry';
import { withPostingTime } from '@shared/sync/posting-time';
import { siteTime } from '@shared/sync/site-time';
import { bundleOf, list, read } from '../site';
import type { Site } from '../site';
import { createdHere } from './created-here';
import { baselineOfEntry, hasRival, isOutlived, lookForLike, lookUnderOtherNames } from './look-for-like';
import { settled } from './looked';
import type { Looked } from './looked';
import { markerOf } from './marker-of';
import { done, found } from './outcome';
import type { Attempt, Handler, Outcome } from './outcome';

/** Creates a document, amendments included. Its marker was chosen before, and is stored with the entry. */
export const create: Handler<'create'> = {
  async send(site, { entry, operation }) {
    const bundle = await bundleOf(site, entry.doctype);
    const madeAt = siteTime(entry.createdAt, site.facts.timeZone);
    const files = await site.cache.attachments.where('[doctype+name]').equals([entry.doctype, entry.name]).toArray();
    const values = withPostingTime(fileNamesFirst(operation.values, bundle, files), bundle?.doctype, madeAt);
    const body = { ...withoutOwnNames(values), ...(entry.marker === null ? {} : markerValues(entry.marker)) };
    try {
      const saved = await site.erp.create({ account: site.account, priority: 'bulk', doctype: entry.doctype, body });
      return done(saved.doc, saved.messages);
    } catch (thrown) {
      const error = AppError.from(thrown);
      // A network may deliver a request twice: what is refused may be so because it is there already.
      const exact = entry.marker?.by === 'unique-field' || entry.marker?.by === 'idx';
      const taken = error.code === 'duplicate' || (error.code === 'refused' && exact);
      if (!taken) throw error;
      return (await compareTaken(site, entry, operation.values)) ?? { kind: 'failed', error };
    }
  },

  async settle(site, { entry, operation }) {
    // In this form it never left; the create of what it names is looked for first.
    if (waitsFor(entry, () => null).lost.length > 0) return { kind: 'not-yet', date: null };
    // An older copy of it may come back from before it was sent.
    const marker = markerOf(site, entry, await bundleOf(site, entry.doctype));
    const attempt: Attempt<'create'> = { entry: { ...entry, marker }, operation };
    const { state } = entry;
    const marked = await lookFor(site, attempt);
    // An edit that followed it took its mark away.
    const unmarked = marker?.by === 'idx' && isOutlived(entry);
    const looked = marked.kind === 'none' && unmarked ? await lookForLike(site, attempt.entry, operation.values) : marked;
    if (looked.kind === 'outcome') return looked.outcome;
    const counts = state.at === 'uncertain' && notThereCounts(state, site.now(), looked.date);
    // Until then the right one may still come, beside those that are alike.
    if (!counts) return { kind: 'not-yet', date: looked.date };
    const alike = looked.kind === 'none' && (marker?.by === 'look-up' || unmarked);
    const last = alike ? await lookUnderOtherNames(site, attempt.entry, operation.values) : looked;
    if (last.kind === 'unsure') return mayExist(last.alike);
    if (marker?.by === 'adopted') return { kind: 'park', problem: { kind: 'missing', how: 'gone' } };
    return { kind: 'send', now: true };
  },
};

/** The server names rows itself; a temporary name never leaves. */
function withoutOwnNames(values: DocumentValues): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([fieldname, value]) => [
      fieldname,
      Array.isArray(value) ? value.map(({ name, ...row }) => (isTemporaryName(name) ? row : { ...row, name })) : value,
    ]),
  );
}

async function lookFor(site: Site, { entry, operation }: Attempt<'create'>): Promise<Looked> {
  const { doctype, marker } = entry;
  const amended = scalar(operation.values, 'amended_from');
  if (marker?.by === 'adopted') return lookByName(site, doctype, marker.name, async () => 'yes');
  if (marker?.by === 'unique-field') return lookByFilter(site, doctype, [[marker.fieldname, '=', marker.value]]);
  if (marker?.by === 'idx') return lookByFilter(site, doctype, [['idx', '=', marker.idx]]);
  if (typeof amended === 'string' && amended !== '') return lookForAmendment(site, entry, operation.values, amended);
  if (marker?.by === 'name') {
    return lookByName(site, doctype, marker.name, async (doc) => {
      if (await madeByIt(site, entry, operation.values, doc)) return 'yes';
      return (await mayBeIts(site, entry, doc)) ? 'perhaps' : 'no';
    });
  }
  return lookForLike(site, entry, operation.values);
}

async function lookByFilter(site: Site, doctype: string, filters: Filter[]): Promise<Looked> {
  const { rows, date } = await list(site, doctype, { fields: ['name'], filters, limit: 2 });
  const [only] = rows;
  if (only === undefined) return { kind: 'none', date };
  const reading = await read(site, doctype, only.name);
  if (reading.found === 'yes') return settled(found(reading.doc));
  return reading.found === 'no' ? { kind: 'none', date } : settled({ kind: 'park', problem: { kind: 'missing', how: 'hidden' } });
}

/** There is one amendment of a document at most: ours if it is what we sent, otherwise a person looks at it. */
async function lookForAmendment(site: Site, entry: OutboxEntry, values: DocumentValues, amended: string): Promise<Looked> {
  const { doctype } = entry;
  const { rows, date } = await list(site, doctype, { fields: ['name'], filters: [['amended_from', '=', amended]], limit: 1 });
  const [only] = rows;
  if (only === undefined) return { kind: 'none', date };
  const bundle = await bundleOf(site, doctype);
  return lookByName(site, doctype, only.name, async (doc) => {
    // With other words in it, it may be the other one of two that this person made.
    const same = likeness(values, doc, bundle) === 'same';
    return same && (await madeByIt(site, entry, values, doc)) ? 'yes' : 'perhaps';
  });
}

/** `isIt`: `no` where it is somebody else's beyond doubt, which only has the name. */
async function lookByName(
  site: Site,
  doctype: string,
  name: string,
  isIt: (doc: Doc) => Promise<'yes' | 'perhaps' | 'no'>,
): Promise<Looked> {
  const reading = await read(site, doctype, name);
  if (reading.found === 'no') return { kind: 'none', date: site.watch.lastDate };
  if (reading.found === 'hidden') return settled({ kind: 'park', problem: { kind: 'missing', how: 'hidden' } });
  const answer = await isIt(reading.doc);
  if (answer === 'yes') return settled(found(reading.doc));
  if (answer === 'no') return { kind: 'none', date: reading.date };
  return { kind: 'unsure', alike: [reading.doc], date: site.watch.lastDate };
}

/** By this user since it was sent first, with what it wanted; and no other create of this device was answered with it. */
async function madeByIt(site: Site, entry: OutboxEntry, values: DocumentValues, doc: Doc): Promise<boolean> {
  if (doc.owner !== site.facts.user || (doc.creation ?? '') < (baselineOfEntry(site, entry) ?? '')) return false;
  if (!isOurs(values, doc, await bundleOf(site, entry.doctype)) || (await createdHere(site, entry.doctype, doc.name))) return false;
  return !(await hasRival(site, entry, values, doc));
}

/** By this user, since an attempt of it, and not by another create of this device. */
async function mayBeIts(site: Site, entry: OutboxEntry, doc: Doc): Promise<boolean> {
  if (doc.owner !== site.facts.user || (await createdHere(site, entry.doctype, doc.name))) return false;
  return entry.unanswered === true || (doc.creation ?? '') >= (baselineOfEntry(site, entry) ?? '');
}

/** The name, or the unique mark, is taken already: by an attempt of ours, or by somebody else's document? */
async function compareTaken(site: Site, entry: OutboxEntry, values: DocumentValues): Promise<Outcome | null> {
  const looked = await lookFor(site, { entry, operation: { kind: 'create', values } });
  if (looked.kind === 'unsure') return mayExist(looked.alike);
  return looked.kind === 'outcome' ? looked.outcome : null;
}

function mayExist(docs: Doc[]): Outcome {
  const candidates = docs.map((doc) => {
    const title = doc['title'];
    return { name: doc.name, owner: doc.owner ?? '', creation: doc.creation ?? '', title: typeof title === 'string' ? title : null };
  });
  return { kind: 'park', problem: { kind: 'may-exist', candidates } };
}
