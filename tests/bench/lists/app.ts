import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { build } from '../../../scripts/build.mjs';
import { Shell } from '../../story/screens/shell';
import { SignInScreen } from '../../story/screens/sign-in';
import { loadDemo } from '../../support/demo-server';
import { startHeadlessApp } from '../../support/headless-app';
import type { RunningApp } from '../../support/running-app';

/** Starts and tasks in milliseconds, memory in MB. */
export type AppFigures = { starts: number[]; longestTask: number; memory: number };

const subject = 'Payment Entry';
const starts = 7;

declare global {
  /** The longest task of the window since it was set to 0 (ms). */
  var longestTask: number;
}

/**
 * The real app with a real cache: a company of the demo, and so many payments more. What a first download does to the
 * window, how long the app takes to start with all of it on the device, and what memory its window and workers take.
 */
export async function measureApp(more: number): Promise<AppFigures> {
  await build();
  const { createDemoSite, serveDemo } = loadDemo();
  const site = createDemoSite({ seed: 7, scale: 20 });
  const [example] = site.documents(subject);
  if (example === undefined) throw new Error(`the demo company has no ${subject}`);
  site.load(
    Array.from({ length: more }, (_, number) => {
      const modified = `${new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString().slice(0, 19).replace('T', ' ')}.000001`;
      return { ...structuredClone(example), name: `${subject}-${String(number).padStart(6, '0')}`, modified, creation: modified };
    }),
  );
  const served = await serveDemo({ fetch: site.fetch }, { port: 0 });
  const folder = await mkdtemp(join(tmpdir(), 'fieldbook-bench-'));
  const app = await startHeadlessApp({ dataFolder: join(folder, 'data'), profileFolder: folder, flags: [] });
  try {
    const longestTask = await download(
      app.page,
      served.url,
      site.people.find(({ name }) => name === 'field@example.com'),
    );
    const taken: number[] = [];
    for (let round = 0; round < starts; round += 1) taken.push(await started(await app.restart()));
    // The index is read after the first screen is there.
    await app.page.waitForFunction(() => performance.now() > 15_000);
    return { starts: taken, longestTask, memory: await memoryOf(app) };
  } finally {
    await app.close();
    await served.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The longest task of the window while all is downloaded and the largest list stands open. */
async function download(page: Page, url: string, person: Parameters<SignInScreen['signIn']>[1] | undefined): Promise<number> {
  if (person === undefined) throw new Error('nobody can sign in');
  const shell = new Shell(page);
  await new SignInScreen(page).signIn(url, person);
  await shell.pill.waitFor();
  await shell.go(`/list/${encodeURIComponent(subject)}`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.evaluate(() => {
    globalThis.longestTask = 0;
    new PerformanceObserver((entries) => {
      for (const { duration } of entries.getEntries()) globalThis.longestTask = Math.max(globalThis.longestTask, duration);
    }).observe({ type: 'longtask' });
  });
  await shell.expectSync(/^Up to date/, 900_000);
  return page.evaluate(() => globalThis.longestTask);
}

/** From the page's beginning until the navigation tells how many documents there are (ms). */
async function started(page: Page): Promise<number> {
  const taken = await page.waitForFunction(() => {
    const links = [...document.querySelectorAll('nav .doctypes a')];
    return links.length > 0 && links.every((link) => /\d/.test(link.textContent)) ? performance.now() : null;
  });
  return Number(await taken.jsonValue());
}

/** What the browser's renderer processes hold in memory: the window and its workers. */
async function memoryOf(app: RunningApp): Promise<number> {
  const session = await app.page.context().browser()?.newBrowserCDPSession();
  const processes = (await session?.send('SystemInfo.getProcessInfo'))?.processInfo ?? [];
  let kilobytes = 0;
  for (const { id } of processes.filter(({ type }) => type === 'renderer')) {
    const status = await readFile(`/proc/${id}/status`, 'utf8');
    kilobytes += Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? NaN);
  }
  return kilobytes / 1024;
}
