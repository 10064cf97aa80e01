import { AppError } from '@shared/errors';
import { docstatus } from '@shared/erp/document';
import type { Doc } from '@shared/erp/document';
import { differs } from '@shared/sync/merge';
import { fieldsOf } from '@shared/sync/document-fields';
import type { OutboxEntry } from '@shared/sync/outbox-entry';
import { everyDifference } from '@shared/sync/differences';
import { baseOf, docOf } from '../../cache/document-row';
import { inWorkTransaction } from '../../cache/work';
import { findMissing } from '../find-missing';
import { receiveDocument } from '../receive';
import { bundleOf, read } from '../site';
import type { Site } from '../site';
import { unmark } from './created-here';
import { done, refusal } from './outcome';
import type { Attempt, Handler, Outcome } from './outcome';

/**
 * Submit and cancel: `PUT {docstatus, modified}`, never `run_method`, which ignores `modified` (recording
 * `stale-submit-and-delete`).
 */
const change = <K extends 'submit' | 'cancel'>(to: 1 | 2): Handler<K> => ({
  async send(site, { entry }) {
    try {
      return await put(site, entry, to, entry.modified);
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (error.code !== 'stale') throw error;
      return afterChange(site, entry, to);
    }
  },
  async settle(site, { entry }: Attempt<K>) {
    const reading = await read(site, entry.doctype, entry.name);
    if (reading.found !== 'yes') return findMissing(site, entry, reading.found);
    const status = reading.doc.docstatus ?? 0;
    if (status === to || (to === docstatus.submitted && status === docstatus.cancelled)) return done(reading.doc);
    return { kind: 'send', now: true };
  },
});

export const submit: Handler<'submit'> = change<'submit'>(docstatus.submitted);
export const cancel: Handler<'cancel'> = change<'cancel'>(docstatus.cancelled);

async function put(site: Site, entry: OutboxEntry, to: 1 | 2, modified: string | null): Promise<Outcome> {
  const row = await site.cache.documents.get([entry.doctype, entry.name]);
  const mark = row === undefined ? {} : await unmark(site, entry.doctype, docOf(row));
  const body = { docstatus: to, modified, ...mark };
  const saved = await site.erp.update({ account: site.account, priority: 'bulk', doctype: entry.doctype, name: entry.name, body });
  return done(saved.doc, saved.messages);
}

/** It changed since the person looked at it: go on only if no value differs. */
async function afterChange(site: Site, entry: OutboxEntry, to: 1 | 2): Promise<Outcome> {
  const { doctype, name } = entry;
  const reading = await read(site, doctype, name);
  if (reading.found !== 'yes') return findMissing(site, entry, reading.found);
  const theirs = reading.doc;
  if ((theirs.docstatus ?? 0) === to) return done(theirs);
  const changed = await changedSince(site, entry, theirs);
  if (changed === null) return put(site, entry, to, theirs.modified ?? null);
  return changed;
}

/** Null when the document has every value that the person saw; otherwise it needs them. */
export async function changedSince(site: Site, entry: OutboxEntry, theirs: Doc): Promise<Outcome | null> {
  const { doctype, name } = entry;
  const row = await site.cache.documents.get([doctype, name]);
  if (row === undefined) return refusal('This document is not on this device any more. Look it up on the server and try again.');
  const bundle = await bundleOf(site, doctype);
  const saw = baseOf(row) ?? docOf(row);
  if (!differs(saw, theirs, fieldsOf(bundle))) return null;
  await inWorkTransaction(site.cache, () => receiveDocument(site, theirs, { bundle, origin: 'opened', own: entry.id }));
  return { kind: 'park', problem: { kind: 'changed-before-submit', differences: everyDifference(saw, theirs, bundle), theirs } };
}
