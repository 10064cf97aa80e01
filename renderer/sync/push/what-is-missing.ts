import { AppError } from '@shared/errors';
import type { OutboxEntry } from '@shared/sync/outbox-entry';
import { readDocType } from '../../cache/doctypes';
import { findMissing } from '../find-missing';
import { list, read } from '../site';
import type { Site } from '../site';
import type { Outcome } from './outcome';

/** Null where the document is there. Its name is asked for first: a list is lighter than the whole of it. */
export async function whatIsMissing(site: Site, entry: OutboxEntry): Promise<Outcome | null> {
  const { doctype, name } = entry;
  // A single is in no list.
  const isSingle = (await readDocType(site.cache, doctype))?.doctype.issingle === 1;
  if (!isSingle && (await isListed(site, doctype, name))) return null;
  const reading = await read(site, doctype, name);
  return reading.found === 'yes' ? null : findMissing(site, entry, reading.found);
}

async function isListed(site: Site, doctype: string, name: string): Promise<boolean> {
  try {
    return (await list(site, doctype, { fields: ['name'], filters: [['name', '=', name]], limit: 1 })).rows.length > 0;
  } catch (thrown) {
    // No list at all where the whole DocType is hidden.
    if (AppError.from(thrown).code === 'forbidden') return false;
    throw thrown;
  }
}
