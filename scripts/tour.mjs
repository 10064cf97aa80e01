import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { findChromium } from './find-chromium.mjs';
import { root } from './run.mjs';
import { setup } from './setup.mjs';

// `npm run tour [-- FOLDER]`: a day in the field as pictures, light and dark, into docs/pictures.
await setup();
const { runnerImport } = await import('vite');
if (!(await build())) process.exit(1);
process.env.PLAYWRIGHT_CHROMIUM = (await findChromium()) ?? '';
if (process.env.PLAYWRIGHT_CHROMIUM === '') {
  console.error('No Chromium could be had, so no pictures can be taken.');
  process.exit(1);
}
// The company's time, so that what the server and what the device writes agree.
process.env.TZ = 'Europe/Berlin';
const folder = process.argv[2] ?? join(root, 'docs', 'pictures');
if (process.argv[2] === undefined) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const { module } = await runnerImport('./tests/story/tour.ts');
process.exit(await module.tour(folder, (line) => console.log(line)));
