import type { Bridge } from '@shared/bridge';
import { leastUsed } from '@shared/files/room';
import { forgetHeld, heldFiles } from '../cache/held-files';
import type { HeldFile } from '../cache/held-files';
import type { Cache } from '../cache/open-cache';

export type RoomPorts = { cache: Cache; bridge: Pick<Bridge, 'files' | 'settings'>; account: string };

const mb = 1_000_000;

/** `bytes`: how much the kept files may still take, negative where they take too much; `free`: of the disk, as far as that is known. */
export async function roomLeft({ bridge, account }: Omit<RoomPorts, 'cache'>): Promise<{ bytes: number; free: number }> {
  const [{ taken, disk }, { filesQuotaMb }] = await Promise.all([bridge.files.room({ account }), bridge.settings.get({})]);
  return { bytes: filesQuotaMb * mb - taken, free: disk?.free ?? Number.POSITIVE_INFINITY };
}

/** Where the kept files take more than they may, those that the server has as well go, the least recently used first. */
export async function keepWithinQuota(ports: RoomPorts): Promise<void> {
  const { bytes } = await roomLeft(ports);
  if (bytes >= 0) return;
  const { again, unsent } = await heldFiles(ports.cache);
  await letGo(ports, leastUsed(again, new Set(unsent.keys()), -bytes));
}

/** First that they are kept, then the bytes: what is left over when this is cut off goes with the next tidying. Answers the bytes freed. */
export async function letGo({ cache, bridge, account }: RoomPorts, held: readonly HeldFile[]): Promise<number> {
  if (held.length === 0) return 0;
  await forgetHeld(cache, held);
  // The same bytes may be kept for something else.
  const { again, unsent } = await heldFiles(cache);
  const needed = new Set([...again.map(({ id }) => id), ...unsent.keys()]);
  const files = [...new Set(held.map(({ id }) => id))].filter((id) => !needed.has(id));
  return (await bridge.files.forget({ account, files })).freed;
}
