import type { PowerMonitor } from 'electron';

/** Waking is told by several events at once; more than one look in this time (ms) would be none the wiser. */
const onceInMs = 5_000;

/** Tells once that the device woke: from sleep, or from its lock screen, behind which a network may have come. */
export function watchWaking(monitor: PowerMonitor, wake: () => void, now: () => number = Date.now): void {
  let toldAt = -Infinity;
  const woke = () => {
    // A clock that was set back must not keep it from being told.
    if (Math.abs(now() - toldAt) < onceInMs) return;
    toldAt = now();
    wake();
  };
  monitor.on('resume', woke);
  monitor.on('unlock-screen', woke);
}
