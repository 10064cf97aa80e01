import { useNow, useThrottleFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import type { SyncCommand, SyncState } from '@shared/sync/sync-state';
import { countDocuments } from '../cache/documents';
import { listOutbox } from '../cache/outbox';
import { usePreferences } from './preferences';
import { useSession } from './session';
import { useStorageRoom } from './storage-room';
import { syncPill } from './sync-pill';
import { useLive } from './use-live';

export type UnsentEntry = Awaited<ReturnType<typeof listOutbox>>[number];
export type DocumentCount = { total: number; unsent: number; needsYou: number };

/** A download changes the engine's state and the counts many times a second; screens follow no faster than this, in ms. */
const sightMs = 200;

/** What the engine says of itself, what waits in the outbox, and the one pill that tells both. */
export const useSync = defineStore('sync', () => {
  const session = useSession();
  const preferences = usePreferences();
  const room = useStorageRoom();
  const state = shallowRef<SyncState | null>(null);
  const now = useNow({ interval: 5_000 });

  let stopListening: (() => void) | undefined;
  watch(
    () => session.workspace,
    (workspace) => {
      stopListening?.();
      const look = (): void => void (state.value = session.workspace?.sync.state() ?? null);
      look();
      const lookSoon = useThrottleFn(look, sightMs, true);
      stopListening = workspace?.sync.onState(() => void lookSoon());
    },
    { immediate: true },
  );
  onScopeDispose(() => stopListening?.());

  const outbox = useLive(() => (session.cache ? listOutbox(session.cache) : []), { initial: [], everyMs: sightMs });
  const counts = useLive<Record<string, DocumentCount>>(() => (session.cache ? countDocuments(session.cache) : {}), {
    initial: {},
    everyMs: sightMs,
  });

  const waiting = computed(() => outbox.value.filter((entry) => entry.state.at !== 'parked'));
  const needsYou = computed(() => outbox.value.filter((entry) => entry.state.at === 'parked'));

  const pill = computed(() =>
    syncPill({
      state: state.value,
      signedIn: session.account === null || (session.account.signedIn && !session.account.refused),
      chosenOffline: preferences.settings.workOffline,
      storageFull: room.full.value,
      waiting: waiting.value.length,
      needsYou: needsYou.value.length,
      now: now.value.getTime(),
    }),
  );

  /** Whether the server can be asked what a person waits for; a budget of requests holds background work alone. */
  const online = computed(() => ['online', 'budget'].includes(state.value?.connectivity.kind ?? 'offline'));

  function send(command: SyncCommand): void {
    session.workspace?.sync.send(command);
  }

  async function workOffline(on: boolean): Promise<void> {
    await preferences.set({ workOffline: on });
    send({ kind: 'work-offline', on });
  }

  return { state, outbox, counts, waiting, needsYou, pill, online, now, room, send, workOffline };
});
