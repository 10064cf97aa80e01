import { computed, onScopeDispose, shallowRef } from 'vue';
import type { UpdateState } from '@shared/system/updates';
import { useSession } from './session';

/** Newer versions of the app, as the main process tells of them. */
export function useUpdates() {
  const session = useSession();
  const state = shallowRef<UpdateState | null>(null);
  const stop = session.connection?.on('updates', (now) => (state.value = now));
  onScopeDispose(() => stop?.());

  const look = async (): Promise<void> => void (state.value = await session.bridge.system.updates({}));
  const check = async (): Promise<void> => void (state.value = await session.bridge.system.checkForUpdates({}));
  const update = async (): Promise<void> => void (state.value = await session.bridge.system.update({}));
  const busy = computed(() => state.value?.at === 'checking' || state.value?.at === 'fetching');
  return { state, busy, look, check, update };
}
