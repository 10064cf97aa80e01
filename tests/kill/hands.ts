import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import type * as PageDeeds from './page-deeds';

declare global {
  var fieldbookHands: typeof PageDeeds;
}

/** The script that saves and looks inside the page, made of the app's own modules. */
export async function buildHands(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '@shared': join(process.cwd(), 'shared') } },
    build: {
      write: false,
      minify: true,
      target: 'esnext',
      lib: { entry: join(process.cwd(), 'tests/kill/page-deeds.ts'), formats: ['iife'], name: 'fieldbookHands' },
    },
  });
  const [output] = [built].flat();
  if (output === undefined || !('output' in output)) throw new Error('The script for the page was not built.');
  return output.output[0].code;
}

/** Puts the script into a page; it stays until the page goes. */
export async function giveHands(page: Page, script: string): Promise<void> {
  await page.evaluate(`${script};globalThis.fieldbookHands = fieldbookHands;`);
}
