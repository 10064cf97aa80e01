import type { BrowserWindow, PowerMonitor } from 'electron';
import type { Attention } from '../live/live';

/** Whether anybody can see the window and what the device runs on: a window that is not throttled calls itself visible always. */
export function attentionOf(
  window: () => BrowserWindow | null,
  power: Pick<PowerMonitor, 'onBatteryPower' | 'on'>,
): Attention & { watch(window: BrowserWindow): void } {
  const listeners = new Set<() => void>();
  const changed = (): void => listeners.forEach((listener) => listener());
  // Where the system tells neither, nothing is spared.
  power.on('on-battery', changed);
  power.on('on-ac', changed);
  return {
    state() {
      const shown = window();
      return { hidden: shown === null || !shown.isVisible() || shown.isMinimized(), onBattery: power.onBatteryPower };
    },
    onChange: (listener) => void listeners.add(listener),
    watch(shown) {
      shown.on('show', changed);
      shown.on('hide', changed);
      shown.on('minimize', changed);
      shown.on('restore', changed);
    },
  };
}
