import type { ChildRow, Doc } from '@shared/erp/document';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { diffDocuments, hasChanges } from '@shared/sync/changes';
import { changesWords, problemWords } from '@shared/sync/decision-words';
import { everyDifference } from '@shared/sync/differences';
import { absorbing, isFrozen, writesDocument } from '@shared/sync/entry-state';
import { withOwnWrite } from '@shared/sync/own-write';
import { matchRows } from '@shared/sync/match-rows';
import { mergeDocuments } from '@shared/sync/merge';
import type { Merged } from '@shared/sync/merge';
import type { OutboxEntry } from '@shared/sync/outbox-entry';
import { tableFields } from '@shared/sync/document-fields';
import { rowsOf } from '@shared/erp/document';
import { decided } from '../cache/decided';
import { baseOf, docOf, toRow } from '../cache/document-row';
import { strongerOrigin } from '../cache/rows';
import type { DocumentRow, Origin } from '../cache/rows';
import { dropEntry, putEntry, refreshMark, writeRebased } from '../cache/work';
import { rememberRows, renameEverywhere } from '../cache/rename';
import { finishEntry } from './finish';
import { followLinks } from './follow-links';
import { reopenMissing } from './reopen-missing';
import type { Site } from './site';

/** What became of a version of the server that arrived. */
export type Received =
  | 'stored' // there was nothing of ours to keep
  | 'rebased' // our edit is on top of it now
  | 'nothing-left' // it holds all that we wanted
  | 'conflict' // a person decides
  | 'older' // this device has a newer version already
  | 'left'; // our change is on its way: what it answers will tell

/**
 * Takes in a document as the server has it. An edited one is never replaced: the new version becomes the other side of
 * a merge. Part of a transaction of the caller. `own`: the entry that asked for it, and hence is not in its way;
 * `fetchedAt`: when it was asked for (ms).
 */
export async function receiveDocument(
  site: Site,
  arrived: Doc,
  options: { bundle: DocTypeBundle | undefined; origin: Origin; own?: string; fetchedAt?: number },
): Promise<Received> {
  const { cache } = site;
  const { bundle, own, fetchedAt } = options;
  const theirs = fetchedAt === undefined ? arrived : site.renames.applyTo(arrived, bundle, fetchedAt);
  const row = await cache.documents.get([theirs.doctype, theirs.name]);
  const origin = row === undefined ? options.origin : strongerOrigin(row.origin, options.origin);
  const clean = (): DocumentRow =>
    toRow(theirs, {
      doctype: bundle?.doctype,
      keptAt: site.now(),
      alias: row?.alias,
      origin,
    });
  if (row !== undefined && isOlder(theirs, row, fetchedAt)) return 'older';
  if (origin !== 'linked') await followLinks(site, [theirs], bundle, site.now());
  if (row?.mark === undefined) {
    await cache.documents.put(clean());
    return 'stored';
  }
  const entries = (await reopenMissing(site, theirs.doctype, theirs.name)).filter(writesDocument);
  const onItsWay = entries.find((entry) => isFrozen(entry) && entry.id !== own);
  if (onItsWay !== undefined) {
    decided(site, onItsWay, 'a version that came is left: it is on its way, and its answer will tell');
    return 'left';
  }
  const [edit, ...later] = entries.filter((entry) => entry.operation.kind === 'update');
  const base = baseOf(row);
  if (edit === undefined || base === null) {
    // What the person saw when they asked for a submit, cancel or delete is kept to compare with.
    const seen = row.base ?? row.body;
    await cache.documents.put({ ...clean(), ...(entries.length > 0 ? { base: seen } : {}), mark: row.mark });
    await refreshMark(cache, theirs.doctype, theirs.name);
    const [first] = entries;
    if (first !== undefined) decided(site, first, 'a version that came is taken; what its person saw is kept to compare with');
    return 'stored';
  }
  if (edit.unanswered === true && (await takeOwnRows(site, { row, base, theirs, bundle }))) return receiveDocument(site, theirs, options);
  if (isLaidBefore(edit, theirs, bundle)) return 'conflict';
  // Edits made while this one was on its way: it is sent again, so they are collapsed into it.
  for (const other of later) {
    await dropEntry(site, other);
    decided(site, other, 'collapsed into the edit before it, which is sent again');
  }
  return mergeEdit(site, { row, base, theirs, edit: absorbing(edit, later), bundle });
}

/**
 * A person has this very version before them already. Links that follow a rename, and what the server works out by itself,
 * change without a new `modified`.
 */
function isLaidBefore({ state }: OutboxEntry, theirs: Doc, bundle: DocTypeBundle | undefined): boolean {
  if (state.at !== 'parked' || state.problem.kind !== 'conflict') return false;
  const known = state.problem.theirs;
  return known.modified === theirs.modified && everyDifference(known, theirs, bundle).length === 0;
}

/** Asked for before a newer version was stored: an answer of ours overtook the page. */
export const isOlder = (theirs: Doc, row: DocumentRow, fetchedAt: number | undefined): boolean =>
  fetchedAt !== undefined && row.keptAt >= fetchedAt && (theirs.modified ?? '') < row.modified;

async function mergeEdit(
  site: Site,
  sides: { row: DocumentRow; base: Doc; theirs: Doc; edit: OutboxEntry; bundle: DocTypeBundle | undefined },
): Promise<Received> {
  const { row, theirs, edit, bundle } = sides;
  const { doctype, name } = theirs;
  const sent = edit.unanswered === true && edit.operation.kind === 'update' ? edit.operation.changes : null;
  const all = { base: sides.base, mine: docOf(row), theirs };
  const versions = sent === null ? all : withOwnWrite(all, sent, site.facts.user, bundle);
  const { base, mine } = versions;
  const merged = mergeDocuments(versions, bundle);
  if (merged.clashes.length > 0) {
    const problem = { kind: 'conflict' as const, base, mine, theirs, clashes: merged.clashes };
    const operation = { kind: 'update' as const, changes: diffDocuments(base, mine, bundle) };
    await putEntry(site, { ...edit, operation, revision: edit.revision + 1, state: { at: 'parked', since: site.now(), problem } });
    await refreshMark(site.cache, doctype, name);
    decided(site, edit, `parked: ${problemWords(problem)}`);
    return 'conflict';
  }
  if (!hasChanges(merged.changes)) {
    decided(site, edit, 'done: a newer version has all that it wanted');
    await finishEntry(site, edit, { doc: theirs, messages: [], bundle });
    return 'nothing-left';
  }
  await writeRebased(site.cache, row, theirs, merged.doc, bundle, site.now());
  await putEntry(site, rebased(edit, merged, theirs));
  decided(site, edit, `merged with the version there, left to send: ${changesWords(merged.changes)}`);
  await refreshMark(site.cache, doctype, name);
  return 'rebased';
}

function rebased(edit: OutboxEntry, merged: Merged, theirs: Doc): OutboxEntry {
  const resolved = edit.state.at === 'parked' && (edit.state.problem.kind === 'conflict' || edit.state.problem.kind === 'missing');
  return {
    ...edit,
    operation: { kind: 'update', changes: merged.changes },
    modified: theirs.modified ?? null,
    revision: edit.revision + 1,
    state: resolved ? { at: 'queued' } : edit.state,
  };
}

/** Rows that an unanswered attempt of ours put there are the ones made here, not new ones beside them. */
async function takeOwnRows(
  site: Site,
  sides: { row: DocumentRow; base: Doc; theirs: Doc; bundle: DocTypeBundle | undefined },
): Promise<boolean> {
  const { row, base, theirs, bundle } = sides;
  const before = new Set(
    tableFields(base)
      .flatMap((table) => rowsOf(base, table))
      .map((each) => each.name),
  );
  const mayBeOurs = (each: ChildRow): boolean =>
    !before.has(each.name) && (each['owner'] === undefined || each['owner'] === site.facts.user);
  const rows = matchRows(docOf(row), theirs, bundle, mayBeOurs);
  if (rows.size === 0) return false;
  await renameEverywhere(site, { doctype: theirs.doctype, from: theirs.name, to: theirs.name, rows });
  await rememberRows(site, theirs.doctype, rows);
  return true;
}
