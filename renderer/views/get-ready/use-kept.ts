import { computed, shallowRef } from 'vue';
import type { ProfileEntry } from '@shared/sync/profile';
import { useProfile } from '../../stores/profile';
import { inSight, withChoices, withKept } from './kept';
import type { Kept } from './kept';

/** What this device keeps, as a person changes it on this screen. */
export function useKept() {
  const store = useProfile();
  const taken = shallowRef<readonly ProfileEntry[]>([]);
  const kept = computed((): Kept => ({ profile: store.entries, taken: taken.value }));

  async function write(next: { profile: ProfileEntry[]; taken: ProfileEntry[] }): Promise<void> {
    taken.value = next.taken;
    await store.write(next.profile);
  }

  return {
    profile: computed(() => store.entries),
    loaded: computed(() => store.loaded),
    shown: computed(() => inSight(kept.value)),
    keep: (doctype: string, on: boolean): Promise<void> => write(withKept(kept.value, doctype, on)),
    change: (entry: ProfileEntry): Promise<void> => write(withChoices(kept.value, entry)),
    add: (doctypes: string[]): Promise<void> =>
      write(
        doctypes.reduce<ReturnType<typeof withKept>>((all, one) => withKept(all, one, true), {
          profile: [...store.entries],
          taken: [...taken.value],
        }),
      ),
  };
}
