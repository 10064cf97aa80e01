import { AppError } from '@shared/errors';
import type { Filter } from '@shared/erp/filters';
import { notThereCounts } from '@shared/sync/marker';
import { isOpen } from '@shared/sync/entry-state';
import { cellOf } from '@shared/sync/cell-of';
import { applyChanges } from '@shared/sync/changes';
import type { Attachment, CellPath, DocumentKey, OutboxEntry } from '@shared/sync/outbox-entry';
import { isJpeg, uploadName } from '@shared/sync/upload-name';
import { noChanges, withCell } from '@shared/sync/with-cell';
import { appendEntry, putEntry, refreshMark, writeEdited, writesOfDocument } from '../../cache/work';
import { docOf } from '../../cache/document-row';
import { readDocType } from '../../cache/doctypes';
import { noteFile } from '../../cache/site-file-list';
import { textOf } from '../rows';
import { list } from '../site';
import type { Site } from '../site';
import { refreshDocInfo } from './comment';
import { whatIsMissing } from './what-is-missing';
import { refusal } from './outcome';
import type { Handler, Outcome } from './outcome';

/** Uploads a file, after its document: the server takes a file for a document that does not exist, and orphans it. */
export const attach: Handler<'attach'> = {
  async send(site, { entry, operation }) {
    const attachment = await site.cache.attachments.get(operation.attachment);
    if (attachment === undefined) return lostFile;
    const missing = await whatIsMissing(site, entry);
    if (missing !== null) return missing;
    try {
      const uploaded = await site.erp.upload({
        account: site.account,
        file: attachment.file,
        fileName: nameOf(attachment),
        doctype: entry.doctype,
        docname: entry.name,
        isPrivate: attachment.isPrivate,
        ...(attachment.fieldname === null ? {} : { fieldname: attachment.fieldname }),
      });
      if (await isLast(site, entry)) await refreshDocInfo(site, entry.doctype, entry.name);
      return uploadedAs(site, entry, attachment, { name: uploaded.name, url: uploaded.file_url, fileName: uploaded.file_name });
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (error.code === 'not-found' && error.details.status === undefined) return lostFile;
      throw error;
    }
  },

  async settle(site, { entry, operation }) {
    const attachment = await site.cache.attachments.get(operation.attachment);
    if (attachment === undefined) return lostFile;
    // Renamed meanwhile, its files are under the new name.
    const missing = await whatIsMissing(site, entry);
    if (missing !== null) return missing;
    let date: string | null = null;
    for (const mark of marksOf(attachment)) {
      const looked = await list(site, 'File', {
        fields: ['name', 'file_url', 'file_name'],
        filters: [['attached_to_doctype', '=', entry.doctype], ['attached_to_name', '=', entry.name], mark],
        limit: 5,
        orderBy: 'creation asc',
      });
      // Of several looks the first tells when nothing was there.
      date ??= looked.date;
      for (const row of looked.rows) {
        if (await isClaimed(site, entry, row.name)) continue;
        return uploadedAs(site, entry, attachment, { name: row.name, url: textOf(row, 'file_url'), fileName: textOf(row, 'file_name') });
      }
    }
    const counts = entry.state.at === 'uncertain' && notThereCounts(entry.state, site.now(), date);
    return counts ? { kind: 'send', now: true } : { kind: 'not-yet', date };
  },
};

/** Of many files of one document, what the server tells of it is read once, after the last: it grows with each. */
async function isLast({ cache }: Site, { doctype, name }: OutboxEntry): Promise<boolean> {
  const files = cache.outbox.where('[doctype+name+operation.kind]').equals([doctype, name, 'attach']);
  return (await files.limit(2).primaryKeys()).length <= 1;
}

const lostFile = refusal('The bytes of this file are not on this device any more, so it cannot be sent. Attach it again.');

const nameOf = (attachment: Attachment): string => uploadName(attachment.fileName, attachment.type, sha256Of(attachment));

/** A JPEG may be attached twice to one document: the attachment's own id keeps the two apart. */
const sha256Of = (attachment: Attachment): string => attachment.file;

/**
 * By what a File of the document is known to be this attachment, one look each. A JPEG that somebody gave another name keeps the
 * one that it was sent under in its address.
 */
const marksOf = (attachment: Attachment): Filter[] =>
  isJpeg(attachment.fileName, attachment.type)
    ? [
        ['file_name', '=', nameOf(attachment)],
        ['file_url', 'like', `%/${nameOf(attachment)}`],
      ]
    : [['content_hash', '=', attachment.md5]];

/** The same bytes may be attached twice on purpose: a File that another attachment became is not this one. */
const isClaimed = async (site: Site, { doctype, name }: DocumentKey, file: string): Promise<boolean> =>
  (await site.cache.attachments
    .where('[doctype+name]')
    .equals([doctype, name])
    .filter(({ remote }) => remote?.name === file)
    .count()) > 0;

function uploadedAs(site: Site, entry: OutboxEntry, attachment: Attachment, remote: NonNullable<Attachment['remote']>): Outcome {
  return {
    kind: 'done',
    doc: null,
    messages: [],
    after: async () => {
      await site.cache.attachments.update(attachment.id, { remote });
      await noteFile(site.cache, entry, { ...remote, isPrivate: attachment.isPrivate });
      const path = fieldOf(attachment);
      if (path !== null) await setField(site, entry, path, remote.url);
    },
  };
}

const fieldOf = ({ fieldname, row }: Attachment): CellPath | null => (fieldname === null ? null : { ...row, fieldname });

/**
 * An Attach field is set by an edit that follows at once, before a submit that waits: the upload alone does not. A row that is
 * gone by now leaves the file with its document.
 */
async function setField(site: Site, entry: OutboxEntry, path: CellPath, url: string): Promise<void> {
  const { doctype, name } = entry;
  const row = await site.cache.documents.get([doctype, name]);
  if (row === undefined) return;
  const held = cellOf(docOf(row), path);
  if (held === undefined || held === url) return;
  await writeEdited(site.cache, row, applyChanges(docOf(row), withCell(noChanges, path, url)), await readDocType(site.cache, doctype));
  const open = (await writesOfDocument(site.cache, doctype, name)).find((other) => other.operation.kind === 'update' && isOpen(other));
  if (open?.operation.kind === 'update') {
    const changes = withCell(open.operation.changes, path, url);
    await putEntry(site, { ...open, revision: open.revision + 1, operation: { kind: 'update', changes } });
  } else {
    const operation = { kind: 'update' as const, changes: withCell(noChanges, path, url) };
    await appendEntry(site, { doctype, name, modified: row.modified, operation, seq: entry.seq + 0.5 });
  }
  await refreshMark(site.cache, doctype, name);
}
