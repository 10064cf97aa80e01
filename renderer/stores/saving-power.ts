import { useBattery } from '@vueuse/core';
import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { savesPower } from '@shared/sync/saves-power';

/** Whether the battery of this device is low; false where the browser does not say. */
export function useSavingPower(): ComputedRef<boolean> {
  const { isSupported, charging, level } = useBattery();
  return computed(() => isSupported.value && savesPower({ charging: charging.value, level: level.value }));
}
