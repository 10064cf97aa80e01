import type { Bridge } from '@shared/bridge';
import { leastUsed } from '@shared/files/room';
import { forgetHeld, heldFiles, noteHeldAgain } from '../cache/held-files';
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
  const tried = new Set(unsent.keys());
  for (let over = -bytes; over > 0;) {
    const chosen = leastUsed(again, tried, over);
    if (chosen.length === 0) return;
    over -= await letGo(ports, chosen);
    for (const { id } of chosen) tried.add(id);
  }
}

/**
 * First the note that they are kept, then the bytes: what is left over when this is cut off goes with the next tidying. What the
 * main process does not let go is noted again. Answers the bytes freed.
 */
export async function letGo({ cache, bridge, account }: RoomPorts, held: readonly HeldFile[]): Promise<number> {
  if (held.length === 0) return 0;
  const { meta, attachments } = await forgetHeld(cache, held);
  // The same bytes may be kept for something else.
  const { again, unsent } = await heldFiles(cache);
  const needed = new Set([...again.map(({ id }) => id), ...unsent.keys()]);
  const files = [...new Set(held.map(({ id }) => id))].filter((id) => !needed.has(id));
  const { freed, stayed } = await bridge.files.forget({ account, files });
  const back = new Set(held.filter(({ id }) => stayed.includes(id)).map(({ key }) => key));
  await noteHeldAgain(cache, { meta: meta.filter(({ key }) => back.has(key)), attachments: attachments.filter(({ id }) => back.has(id)) });
  return freed;
}
