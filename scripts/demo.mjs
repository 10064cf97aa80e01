import { build } from './build.mjs';
import { findChromium } from './find-chromium.mjs';
import { setup } from './setup.mjs';

// `npm run demo`: the main job without a person, against the demo server, in a real browser.
await setup();
const { runnerImport } = await import('vite');
if (!(await build())) process.exit(1);
process.env.PLAYWRIGHT_CHROMIUM = (await findChromium()) ?? '';
if (process.env.PLAYWRIGHT_CHROMIUM === '') {
  console.error('No Chromium could be had, so the demo cannot be played.');
  process.exit(1);
}
const { module } = await runnerImport('./tests/story/demo.ts');
process.exit(await module.demo((line) => console.log(line)));
