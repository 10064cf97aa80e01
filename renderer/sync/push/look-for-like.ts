import { AppError } from '@shared/errors';
import type { Doc, DocumentValues } from '@shared/erp/document';
import { isFrozen, mayBeThere } from '@shared/sync/entry-state';
import { linkedDocuments } from '@shared/sync/linked-documents';
import { isLike, isToldApart, likeness, lookUpFilters } from '@shared/sync/look-up';
import type { OutboxEntry } from '@shared/sync/outbox-entry';
import { rewriteLinks } from '@shared/sync/rewrite-links';
import { baselineOf } from '@shared/sync/site-time';
import { bundleOf, list, read } from '../site';
import type { Site } from '../site';
import { createdHere } from './created-here';
import { settled } from './looked';
import type { Looked } from './looked';
import { found } from './outcome';

/** Nothing was marked: what is alike and made since then by this user. One match that no document here claims is it. */
export async function lookForLike(site: Site, entry: OutboxEntry, values: DocumentValues): Promise<Looked> {
  const alike = await readAlike(site, entry, values);
  const [only, ...others] = alike.same;
  // Its like may be of any year, or another one where it had a mark: then a person looks at it.
  const alone = baselineOfEntry(site, entry) !== null && entry.marker?.by === 'look-up' && !isOutlived(entry);
  const sure = alone && only !== undefined && others.length === 0 && !(await hasRival(site, entry, values, only));
  return sure ? settled(found(only)) : perhaps(alike);
}

/**
 * The last look before it is sent again: what it links to may go by other names there by now, so that its like links to
 * those. Whether one that differs in this is it, a person knows.
 */
export async function lookUnderOtherNames(site: Site, entry: OutboxEntry, values: DocumentValues): Promise<Looked> {
  const rest = await withoutLostLinks(site, entry, values);
  return rest === null ? { kind: 'none', date: site.watch.lastDate } : perhaps(await readAlike(site, entry, rest));
}

type Alike = { same: Doc[]; similar: Doc[]; date: string | null };

function perhaps({ same, similar, date }: Alike): Looked {
  const alike = same.length > 0 ? same : similar;
  return alike.length > 0 ? { kind: 'unsure', alike, date } : { kind: 'none', date };
}

async function readAlike(site: Site, entry: OutboxEntry, values: DocumentValues): Promise<Alike> {
  const { doctype } = entry;
  const bundle = await bundleOf(site, doctype);
  const filters = lookUpFilters(values, site.facts.user, baselineOfEntry(site, entry), bundle);
  const { rows, date } = await list(site, doctype, { fields: ['name', 'creation'], filters, limit: 20, orderBy: 'creation desc' });
  const known = new Set(entry.marker?.by === 'look-up' ? entry.marker.known : []);
  const alike: Alike = { same: [], similar: [], date };
  for (const { name } of rows) {
    if (known.has(name) || (await createdHere(site, doctype, name))) continue;
    const reading = await read(site, doctype, name);
    if (reading.found !== 'yes') continue;
    const like = likeness(values, reading.doc, bundle);
    if (like === 'same') alike.same.push(reading.doc);
    // Its rows may be other ones by now.
    const changed = (reading.doc.modified ?? '') > (reading.doc.creation ?? '');
    if (like === 'similar' || (like === 'other' && changed)) alike.similar.push(reading.doc);
  }
  return alike;
}

/** The values without the Links to what is not there under that name; null where there are none. */
async function withoutLostLinks(site: Site, { doctype, name }: OutboxEntry, values: DocumentValues): Promise<DocumentValues | null> {
  const bundle = await bundleOf(site, doctype);
  if (bundle === undefined) return null;
  let rest: DocumentValues | null = null;
  for (const [to, names] of linkedDocuments([{ docstatus: 0, ...values, doctype, name }], bundle)) {
    const there = await namesThere(site, to, [...names]);
    for (const from of names) if (!there.has(from)) rest = rewriteLinks(rest ?? values, { doctype: to, from, to: '' }, bundle) ?? rest;
  }
  return rest;
}

/** Those of the names that the server lists; all of them where it does not list such documents to this user. */
async function namesThere(site: Site, doctype: string, names: string[]): Promise<ReadonlySet<string>> {
  try {
    const { rows } = await list(site, doctype, { fields: ['name'], filters: [['name', 'in', names]], limit: names.length });
    return new Set(rows.map(({ name }) => name));
  } catch (thrown) {
    const { code } = AppError.from(thrown);
    if (code === 'forbidden' || code === 'not-found') return new Set(names);
    throw thrown;
  }
}

/** Another create of this device may have made it as well: sent before it was made, not answered, and as like it. */
export async function hasRival(site: Site, { id, doctype }: OutboxEntry, values: DocumentValues, doc: Doc): Promise<boolean> {
  const bundle = await bundleOf(site, doctype);
  const entries = await site.cache.outbox.toArray();
  return entries.some((other) => {
    const { operation } = other;
    if (other.id === id || other.doctype !== doctype || operation.kind !== 'create') return false;
    if ((!isFrozen(other) && !mayBeThere(other)) || (doc.creation ?? '') < (baselineOfEntry(site, other) ?? '')) return false;
    return isLike(operation.values, doc, bundle) && !isToldApart(values, operation.values, doc, bundle);
  });
}

export const isOutlived = ({ state }: OutboxEntry): boolean => state.at === 'uncertain' && state.outlived === true;

export const baselineOfEntry = (site: Site, entry: OutboxEntry): string | null =>
  'baseline' in entry.state ? baselineOf(entry.state.baseline, site.facts.timeZone) : null;
