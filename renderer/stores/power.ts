import { readonly, ref } from 'vue';
import type { Ref } from 'vue';

/** The part of Chromium's Battery API that is used. */
type Battery = EventTarget & { readonly charging: boolean };

const hasBattery = (from: Navigator): from is Navigator & { getBattery(): Promise<Battery> } => 'getBattery' in from;

/** Whether the device runs on its battery; null where the browser does not tell. */
export function watchPower(from: Navigator = navigator): { onBattery: Readonly<Ref<boolean | null>> } {
  const onBattery = ref<boolean | null>(null);
  if (hasBattery(from)) {
    from.getBattery().then(
      (battery) => {
        const look = (): void => void (onBattery.value = !battery.charging);
        battery.addEventListener('chargingchange', look);
        look();
      },
      // Refused: nobody knows.
      () => undefined,
    );
  }
  return { onBattery: readonly(onBattery) };
}
