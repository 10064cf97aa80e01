import type { ServerMessage } from '@shared/errors';
import type { Doc, DocumentValues, FieldValue } from '@shared/erp/document';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { isTemporaryName } from '@shared/erp/temporary-name';
import { problemWords } from '@shared/sync/decision-words';
import { answers } from '@shared/sync/frappe-equal';
import { everyDifference } from '@shared/sync/differences';
import { fieldsOf, isServerOwned } from '@shared/sync/document-fields';
import { applyChanges, scalar } from '@shared/sync/changes';
import { replay } from '@shared/sync/collapse';
import { matchRows } from '@shared/sync/match-rows';
import type { Changes, Clash, OutboxEntry, Receipt } from '@shared/sync/outbox-entry';
import { withoutPostingSwitch } from '@shared/sync/posting-time';
import { rewrittenBy, valuesAsChanges } from '@shared/sync/receipt';
import { rewriteNames } from '@shared/sync/rewrite-names';
import { decided } from '../cache/decided';
import { baseOf, docOf } from '../cache/document-row';
import { noteForJournal } from '../cache/journal';
import { rebuildDocument } from '../cache/rebuild-document';
import { rememberRows, renameEverywhere } from '../cache/rename';
import { putEntry, refreshMark, writeRebased, writesOfDocument } from '../cache/work';
import { asFirstSent, keepTypedSince } from './first-sent';
import { followLinks } from './follow-links';
import type { Site } from './site';

export type Finished = {
  /** The document as the server has it now; null where the answer does not tell (a comment, a file), or it is gone. */
  doc: Doc | null;
  messages: ServerMessage[];
  bundle: DocTypeBundle | undefined;
  /** It was found by looking, perhaps changed by others since: edits made meanwhile have not seen this version. */
  lookedUp?: boolean;
};

/**
 * Ends an entry that was done: the document's new name everywhere, the server's values with later edits on top, the
 * receipt, and the entry gone; the journal's note as well. Part of a transaction of the caller.
 */
export async function finishEntry(site: Site, ended: OutboxEntry, finished: Finished): Promise<void> {
  const { cache } = site;
  const { doc, bundle } = finished;
  const entry = finished.lookedUp === true ? asFirstSent(ended) : ended;
  await cache.outbox.delete(entry.id);
  await noteForJournal(cache, 'done', entry, site.now());
  const name = doc?.name ?? entry.name;
  const rows = doc === null ? new Map<string, string>() : await takeNames(site, entry, ended, doc, bundle);
  if (finished.lookedUp === true) await keepTypedSince(site, rewriteNames({ ...ended, name }, rows), bundle);
  const typed = rewriteNames(typedBy(entry), rows);
  const rewritten = doc === null ? [] : rewrittenBy(typed, doc, bundle);
  const row = await cache.documents.get([entry.doctype, name]);
  const fileName = await fileNameOf(site, entry);
  await cache.receipts.put({
    ...receiptOf(site, entry, { name, alias: row?.alias ?? null, rewritten, messages: finished.messages }),
    ...(fileName === undefined ? {} : { fileName }),
  });
  if (doc !== null && row !== undefined) {
    await followLinks(site, [doc], bundle, site.now());
    const later = await writesOfDocument(cache, entry.doctype, name);
    const edits = later.filter(({ operation }) => operation.kind === 'update');
    // Made under the document's other name, on another version: they have not seen what others wrote before this one.
    const older = entry.operation.kind === 'update' && edits.some(({ modified }) => modified !== entry.modified) ? baseOf(row) : null;
    if (finished.lookedUp === true && edits.length > 0) {
      const sent: Doc = { ...typedDocument(entry, rows), doctype: doc.doctype, name, docstatus: 0 };
      await writeRebased(cache, row, sent, replay(sent, later), bundle, site.now());
    } else if (older !== null) {
      await writeRebased(cache, row, older, replay(older, later), bundle, site.now());
    } else {
      const unseen = finished.lookedUp === true && doc.modified !== doc.creation ? changedByPeople(docOf(row), doc, bundle) : [];
      await rebuildDocument(site, row, doc, later, bundle);
      await letFollow(site, later, { doc, rewritten, unseen, bundle });
    }
  }
  await refreshMark(cache, entry.doctype, name);
}

/** What its person calls the file that it was about; undefined where it was about none. */
async function fileNameOf({ cache }: Site, { operation }: OutboxEntry): Promise<string | undefined> {
  if (operation.kind === 'detach') return operation.shown;
  return operation.kind === 'attach' ? (await cache.attachments.get(operation.attachment))?.fileName : undefined;
}

/** Gives the document and its rows the server's names, in everything on this device. */
async function takeNames(
  site: Site,
  entry: OutboxEntry,
  ended: OutboxEntry,
  doc: Doc,
  bundle: DocTypeBundle | undefined,
): Promise<Map<string, string>> {
  const first = matchRows(await sentBy(site, entry), doc, bundle);
  // A later attempt may have made it just as well.
  const later = entry === ended ? new Map<string, string>() : matchRows(rewriteNames(await sentBy(site, ended), first), doc, bundle);
  const rows = new Map([...first, ...later]);
  const renamed = entry.name !== doc.name;
  if (renamed || rows.size > 0) {
    await renameEverywhere(site, { doctype: entry.doctype, from: entry.name, to: doc.name, rows });
    await rememberRows(site, entry.doctype, rows);
  }
  return rows;
}

/** The tables with the rows that were there before: none of these is a row that was added. */
async function sentBy({ cache }: Site, { doctype, name, operation }: OutboxEntry): Promise<DocumentValues> {
  if (operation.kind === 'create') return operation.values;
  if (operation.kind !== 'update') return {};
  const row = await cache.documents.get([doctype, name]);
  return applyChanges<DocumentValues>((row === undefined ? null : baseOf(row)) ?? {}, operation.changes);
}

/** The document as the create made it, for all that this device knows. */
const typedDocument = (entry: OutboxEntry, rows: ReadonlyMap<string, string>): DocumentValues =>
  entry.operation.kind === 'create' ? rewriteNames(entry.operation.values, rows) : {};

function typedBy(entry: OutboxEntry): Changes {
  if (entry.operation.kind === 'create') return valuesAsChanges(withoutPostingSwitch(entry.operation.values));
  return entry.operation.kind === 'update' ? entry.operation.changes : { fields: {}, tables: {} };
}

const receiptOf = (site: Site, entry: OutboxEntry, rest: Pick<Receipt, 'name' | 'alias' | 'rewritten' | 'messages'>): Receipt => ({
  id: entry.id,
  doctype: entry.doctype,
  kind: entry.operation.kind,
  createdAt: entry.createdAt,
  sentAt: site.now(),
  ...rest,
});

/**
 * What follows our own save is based on its answer, if nobody else changed the document before we saw it. A submit goes
 * on only if the save kept what was typed and the total that was seen as well. Otherwise a person looks at it first.
 */
async function letFollow(
  site: Site,
  later: OutboxEntry[],
  saved: { doc: Doc; rewritten: Receipt['rewritten']; unseen: Clash[]; bundle: DocTypeBundle | undefined },
): Promise<void> {
  const { doc, rewritten, unseen, bundle } = saved;
  const modified = doc.modified ?? null;
  const stillEdited = later.some(({ operation }) => operation.kind === 'create' || operation.kind === 'update');
  for (const entry of later) {
    const { operation } = entry;
    if (operation.kind === 'create' || operation.kind === 'update') continue;
    const unlikeSubmitted = operation.kind === 'submit' ? submitDifferences(operation.seen, doc, rewritten, bundle) : [];
    const differences = stillEdited ? [] : [...unlikeSubmitted, ...unseen];
    const problem = { kind: 'changed-before-submit' as const, differences, theirs: doc };
    await putEntry(site, {
      ...entry,
      modified,
      revision: entry.revision + 1,
      ...(differences.length === 0 ? {} : { state: { at: 'parked', since: site.now(), problem } }),
    });
    if (differences.length > 0) decided(site, entry, `parked: ${problemWords(problem)}`);
  }
}

/** Where a document that was made here and then found differs from how it was made, in what a person can change. */
function changedByPeople(made: Doc, found: Doc, bundle: DocTypeBundle | undefined): Clash[] {
  const fields = fieldsOf(bundle);
  return everyDifference(made, found, bundle).filter(
    ({ path }) => !isServerOwned('table' in path ? fields.rows(path.table).field(path.fieldname) : fields.field(path.fieldname)),
  );
}

/** Where what would be submitted is not what the person saw. */
export function submitDifferences(
  seen: Record<string, FieldValue>,
  doc: Doc,
  rewritten: Receipt['rewritten'],
  bundle: DocTypeBundle | undefined,
): Clash[] {
  const fields = fieldsOf(bundle);
  const differences: Clash[] = rewritten.map(({ path, typed, became }) => ({ path, base: typed, mine: typed, theirs: became }));
  for (const [fieldname, value] of Object.entries(seen)) {
    const [known, now] = [differences.some(({ path }) => !('table' in path) && path.fieldname === fieldname), scalar(doc, fieldname)];
    if (known || isTemporaryName(value) || answers(now, value, fields.field(fieldname))) continue;
    differences.push({ path: { fieldname }, base: value, mine: value, theirs: now });
  }
  return differences;
}
