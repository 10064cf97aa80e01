import { AppError } from '@shared/errors';
import type { Doc } from '@shared/erp/document';
import type { Detach, DocumentKey, OutboxEntry } from '@shared/sync/outbox-entry';
import { forgetFile } from '../../cache/site-file-list';
import { followIfRenamed } from '../find-missing';
import { read } from '../site';
import type { Site } from '../site';
import { refusal } from './outcome';
import type { Handler, Outcome } from './outcome';
import { whatIsMissing } from './what-is-missing';

/**
 * Removes a file from its document: DELETE of its File, as the desk's `remove_attach` does. It heeds no `modified`, so the File is
 * read first: what has another name or hangs elsewhere by now is a person's to decide. One that is not there is removed.
 */
export const detach: Handler<'detach'> = {
  async send(site, { entry, operation }) {
    const reading = await read(site, 'File', operation.file);
    if (reading.found === 'no') return goneThere(site, entry, operation);
    if (reading.found === 'hidden') return (await whatIsMissing(site, entry)) ?? hiddenFile;
    const changed = await changedSince(site, entry, operation, reading.doc);
    if (changed !== null) return changed;
    try {
      await site.erp.remove({ account: site.account, priority: 'bulk', doctype: 'File', name: operation.file });
      return removed(site, entry, operation);
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (error.code !== 'not-found') throw error;
      return goneThere(site, entry, operation);
    }
  },

  async settle(site, { entry, operation }) {
    const reading = await read(site, 'File', operation.file);
    if (reading.found === 'no') return goneThere(site, entry, operation);
    return mayBeTakenBack(entry) ? perhapsTakenBack : { kind: 'send', now: true };
  },
};

const removed = (site: Site, entry: OutboxEntry, { file }: Detach): Outcome => ({
  kind: 'done',
  doc: null,
  messages: [],
  after: () => forgetFile(site.cache, entry, file),
});

/** With its document, perhaps: the DocType is compared as a whole at the next round. */
async function goneThere(site: Site, entry: OutboxEntry, operation: Detach): Promise<Outcome> {
  await site.cache.cursors.update(entry.doctype, { sweptAt: 0 });
  return removed(site, entry, operation);
}

/** Null where the File is what its person saw. A document that got another name took its files along. */
async function changedSince(site: Site, entry: OutboxEntry, operation: Detach, file: Doc): Promise<Outcome | null> {
  const on = hangsOn(file);
  const expected = operation.elsewhere === undefined ? entry : operation.elsewhere;
  const place = isSame(on, expected);
  const fileName = String(file['file_name'] ?? '');
  if (place && fileName === operation.fileName) return null;
  const followed = place || on?.doctype !== entry.doctype ? null : await followIfRenamed(site, entry);
  return followed ?? { kind: 'park', problem: { kind: 'changed-file', fileName, on } };
}

function hangsOn(file: Doc): DocumentKey | null {
  const [doctype, name] = [file['attached_to_doctype'], file['attached_to_name']];
  return typeof doctype === 'string' && doctype !== '' && typeof name === 'string' && name !== '' ? { doctype, name } : null;
}

const isSame = (one: DocumentKey | null, other: DocumentKey | null): boolean =>
  one?.doctype === other?.doctype && one?.name === other?.name;

/** It ended while there was a newer database: it was done, or its person took it back. What was brought from another device untried was not. */
const mayBeTakenBack = ({ state }: OutboxEntry): boolean =>
  state.at === 'uncertain' && state.outlived === true && state.lookedAt === undefined;

const perhapsTakenBack = refusal(
  'This device lost its newest notes, and the file is still on the server: you may have decided to keep it. Try again to remove it, or discard this to keep it.',
);

const hiddenFile = refusal('You may not see this file on the server any more, so it was not removed.');
