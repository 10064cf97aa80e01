import { z } from 'zod';
import { findRow } from './documents';
import type { Cache } from './open-cache';
import type { DocumentRow } from './rows';

/** A document that the person keeps at hand. */
export type Pin = { doctype: string; name: string };

const key = 'pins';
const schema = z.array(z.object({ doctype: z.string(), name: z.string() }));

const same = (one: Pin, other: Pin): boolean => one.doctype === other.doctype && one.name === other.name;

async function kept(cache: Cache): Promise<Pin[]> {
  const pins = schema.safeParse((await cache.meta.get(key))?.value);
  return pins.success ? pins.data : [];
}

/**
 * The pinned documents that are on this device, in the order in which they were pinned. One that was pinned before the
 * server named it is found under its name now.
 */
export async function pinnedRows(cache: Cache): Promise<DocumentRow[]> {
  const rows: DocumentRow[] = [];
  for (const { doctype, name } of await kept(cache)) {
    const row = await findRow(cache, doctype, name);
    if (row !== undefined && row.deleting !== 1 && !rows.some((each) => same(each, row))) rows.push(row);
  }
  return rows;
}

/** Pins a document, or takes its pin away, under whichever name it was pinned. */
export async function setPin(cache: Cache, pin: Pin, on: boolean): Promise<void> {
  await cache.transaction('rw', [cache.meta, cache.documents, cache.aliases], async () => {
    const others: Pin[] = [];
    for (const each of await kept(cache)) {
      const row = each.doctype === pin.doctype ? await findRow(cache, each.doctype, each.name) : undefined;
      if (!same(each, pin) && row?.name !== pin.name) others.push(each);
    }
    await cache.meta.put({ key, value: on ? [...others, pin] : others });
  });
}
