import type { Attachment, DocumentKey } from '@shared/sync/outbox-entry';
import type { Cache } from './open-cache';

type SentFile = NonNullable<Attachment['remote']> & Pick<Attachment, 'isPrivate'>;

/** A file of this device is on the server now, so that it is among those of its document; where these were never read, nothing is. */
export async function noteFile(cache: Cache, { doctype, name }: DocumentKey, file: SentFile): Promise<void> {
  const known = await cache.docinfo.get([doctype, name]);
  if (known === undefined || known.attachments.some((other) => other.name === file.name)) return;
  const added = { name: file.name, file_name: file.fileName, file_url: file.url, is_private: file.isPrivate ? (1 as const) : (0 as const) };
  await cache.docinfo.put({ ...known, attachments: [...known.attachments, added] });
}

/** The file is gone there: nothing of it stays here with its document. */
export async function forgetFile(cache: Cache, { doctype, name }: DocumentKey, file: string): Promise<void> {
  await cache.attachments
    .where('[doctype+name]')
    .equals([doctype, name])
    .filter(({ remote }) => remote?.name === file)
    .delete();
  await cache.siteFiles.delete(file);
  const known = await cache.docinfo.get([doctype, name]);
  if (known !== undefined) await cache.docinfo.put({ ...known, attachments: known.attachments.filter((other) => other.name !== file) });
}
