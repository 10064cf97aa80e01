import { useIntervalFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { FileRoom } from '@shared/bridge/files';
import { lowDiskBytes } from '@shared/files/room';
import { heldFiles } from '../cache/held-files';
import type { HeldFile } from '../cache/held-files';
import { offlineFiles } from '../cache/files-offline';
import { keepWithinQuota, letGo } from '../sync/make-room';
import type { RoomPorts } from '../sync/make-room';
import { usePreferences } from './preferences';
import { useSession, useWorkspace } from './session';

const lookMs = 2 * 60_000;

/** What the kept files of the active account take on the disk, and how full that is; looked at every other minute. */
export const useFileRoom = defineStore('file-room', () => {
  const session = useSession();
  const preferences = usePreferences();
  const room = shallowRef<FileRoom | null>(null);
  const lowDisk = computed(() => (room.value?.disk?.free ?? Number.POSITIVE_INFINITY) < lowDiskBytes);

  function ports(): RoomPorts {
    const { cache, accountId } = useWorkspace();
    return { cache, account: accountId, bridge: session.bridge };
  }

  async function look(): Promise<void> {
    const { workspace } = session;
    if (workspace === null) return;
    room.value = await session.bridge.files.room({ account: workspace.accountId });
  }
  // Where it cannot be told now, the next look will.
  const lookQuietly = (): void => void look().catch(() => undefined);
  useIntervalFn(lookQuietly, lookMs);
  watch(() => session.workspace, lookQuietly, { immediate: true });

  /** What the server has as well and the person's choice does not keep here. */
  async function spare(): Promise<HeldFile[]> {
    const { cache } = ports();
    const [{ again, unsent }, { here }] = await Promise.all([heldFiles(cache), offlineFiles(cache)]);
    const wanted = new Set(here.map(({ url }) => url));
    return again.filter(({ id, url }) => !unsent.has(id) && (url === null || !wanted.has(url)));
  }

  /** Forgets them. Answers the bytes that this freed. */
  async function makeRoom(held: readonly HeldFile[]): Promise<number> {
    const freed = await letGo(ports(), held);
    await look();
    return freed;
  }

  async function setQuota(filesQuotaMb: number): Promise<void> {
    await preferences.set({ filesQuotaMb });
    await keepWithinQuota(ports());
    await look();
  }

  return { room, lowDisk, look, spare, makeRoom, setQuota };
});
