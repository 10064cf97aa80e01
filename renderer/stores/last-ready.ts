import { computed } from 'vue';
import { dayMs } from '@shared/sync/due';
import { lastReady } from '../cache/last-ready';
import { useFormats } from './formats';
import { useSession } from './session';
import { useSync } from './sync';
import { useAgo } from './use-ago';
import { useLiveQuery } from './use-live';

/** When all that this device keeps was here and up to date last; `old`: never, or more than a day ago. */
export function useLastReady() {
  const session = useSession();
  const sync = useSync();
  const formats = useFormats();
  const { ago } = useAgo();
  const live = useLiveQuery<number | null>(() => (session.cache ? lastReady(session.cache) : null), { initial: null });
  const at = computed(() => live.value.value);
  const age = computed(() => (at.value === null ? null : Math.max(0, sync.now.getTime() - at.value)));
  return {
    loaded: live.loaded,
    at,
    /** "2 min ago"; null where it never was. */
    ago: computed(() => (age.value === null ? null : ago(age.value))),
    moment: computed(() => (at.value === null ? null : formats.moment(at.value))),
    old: computed(() => age.value === null || age.value > dayMs),
  };
}
