import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { buildScript } from '../../../support/build-script';
import { chromiumOptions } from '../../../support/chromium';
import type { Documents } from './documents';
import { serve } from './serve';
import type { Taken, Task, TaskAnswer } from './task';

export type BenchBrowser = { run(task: Task): Promise<Taken>; close(): Promise<void> };

/** A real browser on a page with nothing on it, and a worker made of the app's own parts for each task. */
export async function openBenchBrowser(documents: Documents): Promise<BenchBrowser> {
  const server = await serve(documents, await buildWorker());
  // A profile on disk: in a private window IndexedDB would be kept in memory and write for nothing.
  const folder = await mkdtemp(join(tmpdir(), 'fieldbook-bench-'));
  const browser = await chromium.launchPersistentContext(folder, chromiumOptions());
  const page = browser.pages()[0] ?? (await browser.newPage());
  await page.goto(server.url);
  return {
    async run(task) {
      const answer = await page.evaluate(
        (asked) =>
          new Promise<TaskAnswer>((resolve) => {
            const worker = new Worker('/worker.js', { type: 'module' });
            worker.addEventListener('error', (event) => resolve({ error: event.message }));
            worker.addEventListener('message', ({ data }: MessageEvent<TaskAnswer>) => {
              worker.terminate();
              resolve(data);
            });
            worker.postMessage(asked);
          }),
        task,
      );
      if ('error' in answer) throw new Error(`${task.kind}: ${answer.error}`);
      return answer.taken;
    },
    async close() {
      await browser.close();
      await server.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** One script, as the product's build makes it. */
const buildWorker = (): Promise<string> =>
  buildScript('tests/bench/sync/browser/worker.ts', { format: 'es', name: 'worker', target: 'chrome140', minify: false });
