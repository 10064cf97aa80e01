import { z } from 'zod';
import type { Cache } from './open-cache';

/** A document that the person opened on this device: when last (ms), and how often. */
export type Visit = { doctype: string; name: string; at: number; times: number };

const key = 'visits';
const most = 200;

const schema = z.array(z.object({ doctype: z.string(), name: z.string(), at: z.number(), times: z.number() }));

/** The last opened first. */
export async function readVisits(cache: Cache): Promise<Visit[]> {
  const kept = schema.safeParse((await cache.meta.get(key))?.value);
  return kept.success ? kept.data : [];
}

export async function noteVisit(cache: Cache, { doctype, name }: { doctype: string; name: string }, now: number): Promise<void> {
  await cache.transaction('rw', cache.meta, async () => {
    const visits = await readVisits(cache);
    const before = visits.find((visit) => visit.doctype === doctype && visit.name === name);
    const visit: Visit = { doctype, name, at: now, times: (before?.times ?? 0) + 1 };
    const value = [visit, ...visits.filter((each) => each !== before)].slice(0, most);
    await cache.meta.put({ key, value });
  });
}

/** A bonus for what was opened: 12 for once, up to 40 for many times. */
export function visitsWorth(visits: readonly Visit[]): (doctype: string, name: string) => number {
  const worth = new Map<string, Map<string, number>>();
  for (const { doctype, name, times } of visits) {
    const names = worth.get(doctype) ?? new Map<string, number>();
    worth.set(doctype, names.set(name, Math.min(40, Math.round(12 * Math.log2(1 + times)))));
  }
  return (doctype, name) => worth.get(doctype)?.get(name) ?? 0;
}
