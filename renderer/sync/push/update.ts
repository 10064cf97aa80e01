import { AppError } from '@shared/errors';
import type { ChildRow, Doc } from '@shared/erp/document';
import { isTemporaryName } from '@shared/erp/temporary-name';
import { applyChanges } from '@shared/sync/changes';
import { fieldsOf } from '@shared/sync/document-fields';
import type { FieldsOf } from '@shared/sync/document-fields';
import type { Changes, OutboxEntry } from '@shared/sync/outbox-entry';
import { withoutOldFactor } from '@shared/sync/unit-of-row';
import { rowsOf } from '@shared/erp/document';
import { decided } from '../../cache/decided';
import { baseOf } from '../../cache/document-row';
import { inWorkTransaction } from '../../cache/work';
import { findMissing } from '../find-missing';
import { receiveDocument } from '../receive';
import { bundleOf, read } from '../site';
import type { Site } from '../site';
import { unmark } from './created-here';
import { done } from './outcome';
import type { Handler, Outcome } from './outcome';

/** Rounds of read, merge and send while others keep changing the document. */
const rounds = 5;

/** Sends what the person changed, over what the server has. */
export const update: Handler<'update'> = {
  async send(site, { entry }) {
    let current: OutboxEntry = entry;
    for (let round = 0; round < rounds; round += 1) {
      // A table is replaced whole: its rows must be those of this moment.
      const needsRows = current.operation.kind === 'update' && Object.keys(current.operation.changes.tables).length > 0;
      // Without a version that it is based on, the server could not tell that somebody else had changed it.
      const needsVersion = current.modified === null;
      let theirs: Doc | null = null;
      if (needsRows || needsVersion || round > 0) {
        const taken = await takeTheirs(site, current, round > 0);
        if (taken.kind !== 'rebased') return taken;
        theirs = taken.theirs;
        const stored = await site.cache.outbox.get(entry.id);
        if (stored === undefined) return { kind: 'settled', now: true };
        current = stored;
      }
      try {
        return await put(site, current, theirs);
      } catch (thrown) {
        const error = AppError.from(thrown);
        if (error.code !== 'stale') throw error;
        site.log('debug', `${entry.doctype}: changed meanwhile, round ${round + 1}`);
      }
    }
    decided(site, entry, `put off: changed there ${rounds} times while it was merged`);
    return { kind: 'send', now: false };
  },

  /** Reads: if what we wanted is there, done; else the merge leaves what is to be sent. */
  async settle(site, { entry }) {
    const taken = await takeTheirs(site, entry);
    return taken.kind === 'rebased' ? { kind: 'send', now: true } : taken;
  },
};

/**
 * Reads the document and merges; `rebased` when there is something left to send over what was read. `stale`: a save was
 * just refused as older than the server's. Where that is this person's own, it may be this very save, delivered twice.
 */
async function takeTheirs(site: Site, entry: OutboxEntry, stale = false): Promise<Outcome | { kind: 'rebased'; theirs: Doc }> {
  const { doctype, name } = entry;
  const reading = await read(site, doctype, name);
  if (reading.found !== 'yes') return findMissing(site, entry, reading.found);
  if (stale && reading.doc.modified_by === site.facts.user) await site.cache.outbox.update(entry.id, { unanswered: true });
  const bundle = await bundleOf(site, doctype);
  const received = await inWorkTransaction(site.cache, () =>
    receiveDocument(site, reading.doc, { bundle, origin: 'opened', own: entry.id }),
  );
  return received === 'rebased' ? { kind: 'rebased', theirs: reading.doc } : { kind: 'settled', now: true };
}

/** `theirs`: the document as it was just read, where it was; the cached copy has lost what is null or 0. */
async function put(site: Site, entry: OutboxEntry, theirs: Doc | null): Promise<Outcome> {
  if (entry.operation.kind !== 'update') return { kind: 'settled', now: true };
  const row = await site.cache.documents.get([entry.doctype, entry.name]);
  const base = theirs ?? (row === undefined ? null : baseOf(row));
  if (base === null && (await goesByAnotherName(site, entry))) return { kind: 'settled', now: true };
  if (base === null) throw new AppError('internal', 'The version this edit came from is missing. The edit itself is kept.');
  const mark = await unmark(site, entry.doctype, base);
  const { changes } = entry.operation;
  const fields = fieldsOf(Object.keys(changes.tables).length > 0 ? await bundleOf(site, entry.doctype) : undefined);
  const body = { ...bodyOf(base, changes, fields), ...mark, modified: entry.modified };
  const saved = await site.erp.update({ account: site.account, priority: 'bulk', doctype: entry.doctype, name: entry.name, body });
  return done(saved.doc, saved.messages);
}

/** A comparison of names may follow a rename while the journal is told of the attempt. */
async function goesByAnotherName(site: Site, entry: OutboxEntry): Promise<boolean> {
  const stored = await site.cache.outbox.get(entry.id);
  return stored !== undefined && stored.name !== entry.name;
}

/**
 * The changed fields, and each changed table with all its rows as they were read, read-only and hidden fields included:
 * the server clears what a row lacks (recording `child-rows`).
 */
function bodyOf(base: Doc, changes: Changes, fields: FieldsOf): Record<string, unknown> {
  const edited = applyChanges(base, changes);
  const body: Record<string, unknown> = { ...changes.fields };
  for (const [table, change] of Object.entries(changes.tables))
    body[table] = rowsOf(edited, table).map((row) => rowBody(withoutOldFactor(row, change.edited[row.name] ?? {}, fields.rows(table))));
  return body;
}

const rowBody = ({ name, ...row }: ChildRow): Record<string, unknown> => (isTemporaryName(name) ? row : { ...row, name });
