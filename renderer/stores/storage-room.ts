import { useIntervalFn } from '@vueuse/core';
import { computed, readonly, ref } from 'vue';
import type { ComputedRef, Ref } from 'vue';

/** Below this many free bytes a save may fail, so the person is told. */
const tooLittle = 20 * 1024 * 1024;

export type StorageRoom = {
  /** Bytes; null where the browser does not say. */
  used: Readonly<Ref<number | null>>;
  quota: Readonly<Ref<number | null>>;
  persisted: Readonly<Ref<boolean>>;
  full: ComputedRef<boolean>;
  look: () => Promise<void>;
};

/** How much of the browser's storage is used, looked at again each minute. */
export function useStorageRoom(): StorageRoom {
  const used = ref<number | null>(null);
  const quota = ref<number | null>(null);
  const persisted = ref(false);

  async function look(): Promise<void> {
    const estimate = await navigator.storage.estimate();
    used.value = estimate.usage ?? null;
    quota.value = estimate.quota ?? null;
    persisted.value = await navigator.storage.persisted();
  }

  useIntervalFn(() => void look(), 60_000, { immediateCallback: true });
  const full = computed(() => used.value !== null && quota.value !== null && quota.value - used.value < tooLittle);
  return { used: readonly(used), quota: readonly(quota), persisted: readonly(persisted), full, look };
}
