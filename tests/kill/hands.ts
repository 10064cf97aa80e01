import type { Page } from '@playwright/test';
import { buildScript } from '../support/build-script';
import type * as PageDeeds from './page-deeds';

declare global {
  var fieldbookHands: typeof PageDeeds;
}

/** The script that saves and looks inside the page, made of the app's own modules. */
export const buildHands = (): Promise<string> =>
  buildScript('tests/kill/page-deeds.ts', { format: 'iife', name: 'fieldbookHands', target: 'esnext', minify: true });

/** Puts the script into a page; it stays until the page goes. */
export async function giveHands(page: Page, script: string): Promise<void> {
  await page.evaluate(`${script};globalThis.fieldbookHands = fieldbookHands;`);
}
