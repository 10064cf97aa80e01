import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { chromiumOptions } from './chromium';
import { killGroup } from './kill-group';
import type { RunningApp, StartOptions } from './running-app';

/** `pid`: of the host's own process. */
export type HeadlessHost = { link: string; port: number; pid: number; output(): string; stop(signal?: NodeJS.Signals): Promise<void> };

/** Starts the headless host as a process of its own. Port 0 takes any free one; `env` comes on top of this process's. */
export async function startHeadlessHost(
  { dataFolder, flags, env }: StartOptions & { env?: Record<string, string> },
  port = 0,
): Promise<HeadlessHost> {
  const args = ['out/main/headless.js', '--port', String(port), '--data-folder', dataFolder, ...flags];
  const host = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let output = '';
  host.stderr.on('data', (text) => (output += String(text)));
  host.stdout.on('data', (text) => (output += String(text)));
  const link = await linkOf(host, () => output);
  return {
    link,
    port: Number(new URL(link).port),
    pid: host.pid ?? 0,
    output: () => output,
    stop: (signal) => stop(host, signal),
  };
}

async function linkOf(host: ChildProcess, output: () => string): Promise<string> {
  if (!host.stdout) throw new Error('The host has no output to read.');
  const exited = once(host, 'close').then(() => {
    throw new Error(`The headless host ended before it was ready:\n${output()}`);
  });
  for (const lines = createInterface(host.stdout); ;) {
    const line: unknown[] = await Promise.race([once(lines, 'line'), exited]);
    const link = /http:\S+/.exec(String(line[0]))?.[0];
    if (link) return link;
  }
}

async function stop(host: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (host.exitCode !== null || host.signalCode !== null) return;
  const closed = once(host, 'close');
  host.kill(signal);
  await closed;
}

/** The app in a browser with a profile of its own, which stays through `restart`. */
export async function startHeadlessApp(options: StartOptions & { profileFolder: string }): Promise<RunningApp> {
  let host = await startHeadlessHost(options);
  let browser = await openBrowser(options);
  let browserProcess = await processOf(browser);
  let page = await openLink(browser, host);
  const output: string[] = [];

  const end = async (signal: NodeJS.Signals) => {
    await browser.close();
    await host.stop(signal);
    output.push(host.output());
  };
  return {
    get page() {
      return page;
    },
    dataFolder: options.dataFolder,
    electron: null,
    async kill() {
      const closed = Promise.all([browser.waitForEvent('close'), host.stop('SIGKILL')]);
      killGroup(browserProcess);
      await closed;
      output.push(host.output());
    },
    async restart() {
      await end('SIGTERM');
      // The same port: the browser database belongs to the origin.
      host = await startHeadlessHost(options, host.port);
      browser = await openBrowser(options);
      browserProcess = await processOf(browser);
      page = await openLink(browser, host);
      return page;
    },
    close: () => end('SIGTERM'),
    output: () => [...output, host.output()].join('\n'),
  };
}

async function openBrowser({ profileFolder, onConsole, camera }: StartOptions & { profileFolder: string }): Promise<BrowserContext> {
  const browser = await chromium.launchPersistentContext(join(profileFolder, 'chromium'), {
    ...chromiumOptions({ camera: camera === true }),
    viewport: { width: 1280, height: 800 },
    // For people who asked for less motion; Electron's tests have all of it.
    reducedMotion: 'reduce',
  });
  browser.on('console', (message) => onConsole?.(message.text()));
  return browser;
}

/** The process id of the browser itself, of which its other processes are children. */
async function processOf(context: BrowserContext): Promise<number> {
  const session = await context.browser()?.newBrowserCDPSession();
  if (!session) throw new Error('The browser of this context is not known.');
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const main = processInfo.find(({ type }) => type === 'browser');
  if (!main) throw new Error('The browser does not say which process it is.');
  return main.id;
}

async function openLink(browser: BrowserContext, host: HeadlessHost): Promise<Page> {
  const page = browser.pages()[0] ?? (await browser.newPage());
  // A tab that asks before it is left with unsent work is left.
  page.on('dialog', (dialog) => void (dialog.type() === 'beforeunload' ? dialog.accept() : dialog.dismiss()));
  await page.goto(host.link);
  await page.waitForURL((url) => url.pathname === '/');
  return page;
}
