import { defineStore } from 'pinia';
import { computed } from 'vue';
import type { ProfileEntry } from '@shared/sync/profile';
import { changeProfile, defaultProfile, readProfile } from '../cache/profile';
import { useSession, useWorkspace } from './session';
import { useLiveQuery } from './use-live';

/** What the person chose to keep on this device. */
export const useProfile = defineStore('profile', () => {
  const session = useSession();
  const live = useLiveQuery<ProfileEntry[]>(() => (session.cache ? readProfile(session.cache) : []), { initial: [] });
  const entries = computed(() => live.value.value);
  const loaded = computed(() => live.loaded.value);

  const write = (change: (now: ProfileEntry[]) => ProfileEntry[]): Promise<void> => changeProfile(useWorkspace().cache, change);

  return { entries, loaded, defaults: defaultProfile, write };
});
