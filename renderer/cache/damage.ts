import type { JournalCondition } from '@shared/bridge/journal';
import type { Cache } from './open-cache';

const key = 'safetyCopyDamage';

/** Damage that was found in the safety copy: how many places, when the last of it was found (ms), and whether somebody has read of it. */
type Damage = { places: number; at: number; read: boolean };

/**
 * How many places of the safety copy's file were damaged, of which nobody has read yet. The file is written anew when damage
 * is found, so that a later start finds none; it is told at every start until a person has read it.
 */
export async function untoldDamage(cache: Cache, { damaged, damagedAt = 0 }: JournalCondition): Promise<number> {
  const kept = await keptDamage(cache);
  const untold = kept === null || kept.read ? 0 : kept.places;
  if (damaged === 0 || kept?.at === damagedAt) return untold;
  await cache.meta.put({ key, value: { places: untold + damaged, at: damagedAt, read: false } satisfies Damage });
  return untold + damaged;
}

export async function damageWasRead(cache: Cache): Promise<void> {
  const kept = await keptDamage(cache);
  if (kept !== null) await cache.meta.put({ key, value: { ...kept, read: true } satisfies Damage });
}

async function keptDamage(cache: Cache): Promise<Damage | null> {
  const kept = (await cache.meta.get(key))?.value;
  return isDamage(kept) ? kept : null;
}

const isDamage = (value: unknown): value is Damage =>
  typeof value === 'object' && value !== null && 'places' in value && 'at' in value && 'read' in value;
