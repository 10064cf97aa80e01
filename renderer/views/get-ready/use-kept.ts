import { computed, shallowRef } from 'vue';
import type { ProfileEntry } from '@shared/sync/profile';
import { useProfile } from '../../stores/profile';
import { inSight, withChoices, withKept, withMoved } from './kept';
import type { Choices, Kept } from './kept';

/** What this device keeps, as a person changes it on this screen. */
export function useKept() {
  const store = useProfile();
  const taken = shallowRef<readonly ProfileEntry[]>([]);
  const kept = computed((): Kept => ({ profile: store.entries, taken: taken.value }));

  const write = (change: (now: Kept) => { profile: ProfileEntry[]; taken: ProfileEntry[] }): Promise<void> =>
    store.write((profile) => {
      const next = change({ profile, taken: taken.value });
      taken.value = next.taken;
      return next.profile;
    });

  return {
    profile: computed(() => store.entries),
    loaded: computed(() => store.loaded),
    shown: computed(() => inSight(kept.value)),
    keep: (doctype: string, on: boolean): Promise<void> => write((now) => withKept(now, doctype, on)),
    change: (doctype: string, choices: Choices): Promise<void> => write((now) => withChoices(now, doctype, choices)),
    move: (doctype: string, by: -1 | 1): Promise<void> => write((now) => withMoved(now, doctype, by)),
    /** Another profile; what it does not name is out of sight. */
    replace: (next: (now: readonly ProfileEntry[]) => ProfileEntry[]): Promise<void> =>
      write((now) => ({ profile: next(now.profile), taken: [] })),
    add: (doctypes: string[]): Promise<void> =>
      write((now) =>
        doctypes.reduce<ReturnType<typeof withKept>>((all, one) => withKept(all, one, true), {
          profile: [...now.profile],
          taken: [...now.taken],
        }),
      ),
  };
}
