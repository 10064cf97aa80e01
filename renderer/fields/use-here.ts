import { computed, ref } from 'vue';
import { usePermission } from '@vueuse/core';
import type { Place } from '@shared/form/geolocation';

/** Milliseconds until a device that finds no satellites is given up. */
const patience = 20_000;

/** Where this device is, if it can tell and may: asked only when the person wants it. */
export function useHere() {
  const permission = usePermission('geolocation');
  const available = computed(() => 'geolocation' in navigator && permission.value !== 'denied' && permission.value !== undefined);
  const finding = ref(false);
  const failed = ref(false);

  async function find(): Promise<Place | null> {
    finding.value = true;
    failed.value = false;
    try {
      return await new Promise<Place>((found, lost) =>
        navigator.geolocation.getCurrentPosition(
          ({ coords }) => found({ latitude: rounded(coords.latitude), longitude: rounded(coords.longitude) }),
          () => lost(new Error('the device did not tell where it is')),
          { enableHighAccuracy: true, timeout: patience },
        ),
      );
    } catch {
      failed.value = true; // said beside the button
      return null;
    } finally {
      finding.value = false;
    }
  }

  return { available, finding, failed, find };
}

/** Six places are a tenth of a metre. */
const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
