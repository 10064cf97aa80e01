import { computed, defineComponent, watch } from 'vue';
import { useRoute } from 'vue-router';
import { useSavingPower } from '../../stores/saving-power';
import { useSync } from '../../stores/sync';
import { useTellSystem } from '../../stores/tell-system';
import { usePillWords } from './use-pill-words';

/** Shows nothing. While an account is open, the system hears what its tray, badge and menus show. */
export const SystemTold = defineComponent(() => {
  const route = useRoute();
  const sync = useSync();
  useTellSystem(
    usePillWords(),
    computed(() => route.name === 'document' || route.name === 'print'),
  );
  // The engine of this account hears how the battery is; a worker does not.
  watch(useSavingPower(), (on) => sync.send({ kind: 'save-power', on }), { immediate: true });
  return () => null;
});
