import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Shell } from '../../story/screens/shell';
import { SignInScreen } from '../../story/screens/sign-in';
import { loadDemo } from '../../support/demo-server';
import { startElectronApp } from '../../support/electron-app';
import type { RunningApp } from '../../support/running-app';
import { measure } from './measured';
import type { Measured, Started } from './measured';

const subject = 'Payment Entry';

/** `documents`: that the device has besides those of a small company; 0: an app that nobody has signed in to. */
export type FieldbookOptions = { display: string; rounds: number; documents: number };

export async function measureFieldbook({ display, rounds, documents }: FieldbookOptions): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldbook-bench-'));
  const launch = (): Promise<RunningApp> =>
    startElectronApp({ dataFolder: join(folder, 'data'), profileFolder: folder, flags: [], display, keyStore: false });
  const start = async (): Promise<Started> => {
    const app = await launch();
    const { electron } = app;
    if (electron === null) throw new Error('this is not Electron');
    return { electron, ready: await usableAt(app.page, documents === 0), close: () => app.close() };
  };
  try {
    if (documents > 0) await fill(launch, documents);
    return await measure(start, rounds);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** By a real first download, from a company of the demo with so many payments more. */
async function fill(launch: () => Promise<RunningApp>, documents: number): Promise<void> {
  const { createDemoSite, serveDemo } = loadDemo();
  const site = createDemoSite({ seed: 7, scale: 20 });
  const [example] = site.documents(subject);
  const person = site.people.find(({ name }) => name === 'field@example.com');
  if (example === undefined || person === undefined) throw new Error('the demo company lacks what is measured');
  site.load(
    Array.from({ length: documents }, (_, number) => {
      const modified = `${new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString().slice(0, 19).replace('T', ' ')}.000001`;
      return { ...structuredClone(example), name: `${subject}-${String(number).padStart(6, '0')}`, modified, creation: modified };
    }),
  );
  const served = await serveDemo({ fetch: site.fetch }, { port: 0 });
  const app = await launch();
  try {
    const screen = new SignInScreen(app.page);
    await screen.signIn(served.url, person);
    await new Shell(app.page).expectSync(/^Up to date/, 1_800_000);
  } finally {
    await app.close();
    await served.close();
  }
}

/** When the first screen can be worked with: the fields to sign in with, or a navigation that tells what is on the device. */
async function usableAt(page: Page, signIn: boolean): Promise<number> {
  const at = await page.waitForFunction((empty) => {
    const links = [...document.querySelectorAll('nav .doctypes a')];
    const counts = links.length > 0 && links.every((link) => /\d/.test(link.textContent));
    return (empty ? document.querySelector('form input') !== null : counts) ? Date.now() : null;
  }, signIn);
  return Number(await at.jsonValue());
}
