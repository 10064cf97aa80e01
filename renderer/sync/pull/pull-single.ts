import { AppError } from '@shared/errors';
import { inWorkTransaction } from '../../cache/work';
import { receiveDocument } from '../receive';
import { read } from '../site';
import { keepCursor, moved } from './cursor-row';
import type { Run } from './pull-doctype';

/** A single DocType is the one document of its own name, and cannot be listed: it is read, one request a run. */
export async function pullSingle({ site, bundle, doctype, cursor, progress, options }: Run): Promise<void> {
  const { cache } = site;
  const fetchedAt = site.now();
  const reading = await read(site, doctype, doctype);
  if (reading.found !== 'yes') throw new AppError('forbidden', `You may not read ${doctype}, so it is not kept on this device.`);
  const before = await cache.documents.get([doctype, doctype]);
  const isNews = before === undefined || before.modified !== (reading.doc.modified ?? '');
  await inWorkTransaction(cache, () => receiveDocument(site, reading.doc, { bundle, origin: 'profile', fetchedAt }));
  await keepCursor(cache, moved(site, cursor, null, true, isNews ? 1 : 0));
  progress.done += 1;
  progress.news += isNews ? 1 : 0;
  options.report({ ...progress });
}
