import type { ElectronApplication } from '@playwright/test';
import { emptyFileCache, familyOf, memoryOf, processorOf } from './processes';

/** Starts in ms, the cold one null where there can be none; idle memory in MB, idle processor in percent of one core. */
export type Measured = { cold: number | null; warm: number[]; memory: number; processor: number };

/** `ready`: when it could be worked with, as `Date.now()` tells. */
export type Started = { electron: ElectronApplication; ready: number; close: () => Promise<void> };

/** What is done once after a start is over by then, and the search's index is read. */
const restMs = 20_000;
const idleMs = 20_000;

/** One cold start, so many warm ones, and then nothing at all for a while. */
export async function measure(start: () => Promise<Started>, rounds: number): Promise<Measured> {
  const isCold = emptyFileCache();
  const first = await timed(start);
  await first.close();
  const warm: number[] = [];
  for (let round = 1; round < rounds; round += 1) {
    const one = await timed(start);
    warm.push(one.took);
    await one.close();
  }
  const last = await timed(start);
  warm.push(last.took);
  try {
    await new Promise((resolve) => setTimeout(resolve, restMs));
    const family = familyOf(last.electron.process().pid ?? 0);
    const before = processorOf(family);
    await new Promise((resolve) => setTimeout(resolve, idleMs));
    return {
      cold: isCold ? first.took : null,
      warm,
      memory: memoryOf(family),
      processor: (100 * (processorOf(family) - before)) / idleMs,
    };
  } finally {
    await last.close();
  }
}

async function timed(start: () => Promise<Started>): Promise<Started & { took: number }> {
  const began = Date.now();
  const started = await start();
  return { ...started, took: started.ready - began };
}
