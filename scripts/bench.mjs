import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { prepare } from './e2e.mjs';
import { findChromium } from './find-chromium.mjs';
import { root } from './run.mjs';
import { setup } from './setup.mjs';

// `npm run bench -- NAME`: measures, prints a line a figure and all of them as JSON, and fails when one is over its limit.
const suffix = '.bench.ts';
const names = readdirSync(join(root, 'tests', 'bench')).flatMap((file) => (file.endsWith(suffix) ? [file.slice(0, -suffix.length)] : []));
const name = process.argv[2] ?? '';
if (!names.includes(name)) {
  console.error(`Usage: npm run bench -- NAME, where NAME is one of: ${names.join(', ')}`);
  process.exit(2);
}
await setup();
process.env.PLAYWRIGHT_CHROMIUM = (await findChromium()) ?? '';
if (process.env.PLAYWRIGHT_CHROMIUM === '') {
  console.error('No Chromium could be had, so nothing that needs a browser can be measured.');
  process.exit(1);
}
if (name === 'start') {
  const prepared = await prepare();
  if (prepared === null || prepared.FIELDBOOK_NO_ELECTRON !== '') {
    console.error(`The start cannot be measured: ${prepared?.FIELDBOOK_NO_ELECTRON ?? 'there is no build'}`);
    process.exit(1);
  }
  Object.assign(process.env, prepared);
}
const { runnerImport } = await import('vite');
const config = { configFile: false, resolve: { alias: { '@shared': join(root, 'shared') } } };
const { module: report } = await runnerImport('./tests/bench/report.ts', config);
const { module: measured } = await runnerImport(`./tests/bench/${name}${suffix}`, config);
process.exit(await report.report(measured.bench, (line) => console.log(line)));
