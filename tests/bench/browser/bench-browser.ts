import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { buildScript } from '../../support/build-script';
import { chromiumOptions } from '../../support/chromium';
import { serve } from './serve';
import type { Answer } from './serve';
import type { TaskAnswer } from './run-tasks';

export type BenchBrowser<Task, Taken> = { run(task: Task): Promise<Taken>; close(): Promise<void> };

/**
 * A real browser on a page with nothing on it. Each task gets a worker of its own, so that it begins with an empty heap.
 * `worker`: its module, from the top of the repository; `answer`: what the page's server knows.
 */
export async function openBenchBrowser<Task extends { kind: string }, Taken>(
  worker: string,
  answer: (url: URL) => Promise<Answer | null> = async () => null,
): Promise<BenchBrowser<Task, Taken>> {
  const server = await serve(await build(worker), answer);
  // A profile on disk: in a private window IndexedDB would be kept in memory and write for nothing.
  const folder = await mkdtemp(join(tmpdir(), 'fieldbook-bench-'));
  const browser = await chromium.launchPersistentContext(folder, chromiumOptions());
  const page = browser.pages()[0] ?? (await browser.newPage());
  await page.goto(server.url);
  return {
    async run(task) {
      const answered = await page.evaluate(
        (asked) =>
          new Promise<TaskAnswer>((resolve) => {
            const started = new Worker('/worker.js', { type: 'module' });
            started.addEventListener('error', (event) => resolve({ error: event.message }));
            started.addEventListener('message', ({ data }: MessageEvent<TaskAnswer>) => {
              started.terminate();
              resolve(data);
            });
            started.postMessage(asked);
          }),
        task as { kind: string },
      );
      if ('error' in answered) throw new Error(`${task.kind}: ${answered.error}`);
      // What the worker of these tasks answers to this one.
      return answered.taken as Taken;
    },
    async close() {
      await browser.close();
      await server.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** One script, as the product's build makes it. */
const build = (entry: string): Promise<string> => buildScript(entry, { format: 'es', name: 'worker', target: 'chrome140', minify: false });
