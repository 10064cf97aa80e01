import { defineStore } from 'pinia';
import { computed } from 'vue';
import type { ProfileEntry } from '@shared/sync/profile';
import { changeProfile, defaultProfile, isUnchosen, readProfile } from '../cache/profile';
import { useSession, useWorkspace } from './session';
import { useLiveQuery } from './use-live';

/** What the person chose to keep on this device. */
export const useProfile = defineStore('profile', () => {
  const session = useSession();
  const live = useLiveQuery<ProfileEntry[]>(() => (session.cache ? readProfile(session.cache) : []), { initial: [] });
  const entries = computed(() => live.value.value);
  /** Somebody chose what is kept: until then it is what everybody begins with. */
  const anyChosen = useLiveQuery<boolean>(async () => session.cache !== null && !(await isUnchosen(session.cache)), { initial: false });
  const chosen = computed(() => anyChosen.value.value);
  const loaded = computed(() => live.loaded.value);

  const write = (change: (now: ProfileEntry[]) => ProfileEntry[]): Promise<void> => changeProfile(useWorkspace().cache, change);

  return { entries, chosen, loaded, defaults: defaultProfile, write };
});
