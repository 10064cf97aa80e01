import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { patientWorker } from './patient-worker.mjs';
import { root } from './run.mjs';
import { setup } from './setup.mjs';

// `npm run simulate -- --runs N --seed S`: seeds S, S + 1, …, spread over the processor's cores. A line a violation with
// its seed, which replays it alone; `--story` adds what happened in the runs that failed.
// `npm run simulate -- --fleet N --seed S`: N devices that come back at once to a server that can do only so much;
// `--workers W` requests at once, 16 unless given.
const text = { type: 'string' };
const { values } = parseArgs({ options: { runs: text, fleet: text, seed: text, workers: text, story: { type: 'boolean' } } });
const runs = Number(values.runs ?? 200);
const first = Number(values.seed ?? Math.floor(Math.random() * 1e9));
/** A run takes about a second, one with a thousand imported items minutes; one that does not end has lost an answer. */
const longest = 900_000;

await setup();
console.log(`seed ${first}`);
mkdirSync(join(root, 'out'), { recursive: true });
const folder = mkdtempSync(join(root, 'out', 'simulate-'));
const fleet = values.fleet === undefined ? null : Number(values.fleet);
const entry = fleet === null ? 'tests/simulation/simulate.ts' : 'tests/simulation/fleet/fleet.ts';
let failed = false;
const total = { runs: 0, violations: 0, crashes: 0, faults: 0 };
let next = first;
try {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    resolve: { alias: { '@shared': join(root, 'shared') } },
    build: {
      ssr: entry,
      outDir: folder,
      minify: false,
      rollupOptions: { output: { entryFileNames: 'simulate.mjs' } },
    },
  });
  if (fleet === null) await Promise.all(Array.from({ length: Math.min(runs, availableParallelism()) }, work));
  else failed = await together(fleet);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (fleet !== null) process.exit(failed ? 1 : 0);
console.log(`${total.runs} runs, ${total.violations} violations, ${total.crashes} crashes injected, ${total.faults} faults injected`);
process.exit(total.violations === 0 ? 0 : 1);

/** All devices in one world, by one clock. Answers whether something was violated. */
async function together(devices) {
  const { simulateFleet } = await import(pathToFileURL(join(folder, 'simulate.mjs')).href);
  const { violations, ...outcome } = await simulateFleet({
    devices,
    seed: first,
    workers: values.workers === undefined ? 16 : Number(values.workers),
  });
  const { requests, refused, possible, firstDone, halfDone, nearlyAllDone, allDone, done, peak, mean } = outcome;
  console.log(`${requests} requests, ${refused} of them refused with 429; at most ${possible.toFixed(0)} a second could be answered`);
  console.log(`peak ${peak.toFixed(1)} a second in ten seconds, mean ${mean.toFixed(1)}`);
  console.log(
    `done after ${firstDone.toFixed(0)} s the first, ${halfDone.toFixed(0)} s half of them, ${nearlyAllDone.toFixed(0)} s 95 %, ${allDone.toFixed(0)} s all`,
  );
  for (const violation of violations.slice(0, 20)) console.log(violation);
  console.log(`${devices} devices, ${done} done, peak/mean ${(peak / mean).toFixed(2)}, ${violations.length} violations`);
  return violations.length > 0 || done < devices;
}

/** Takes seeds until there are none; a run that breaks off, or does not end, is a violation as well. */
async function work() {
  const worker = patientWorker(fileURLToPath(new URL('simulate-worker.mjs', import.meta.url)), {
    limitMs: longest,
    workerData: pathToFileURL(join(folder, 'simulate.mjs')).href,
  });
  while (next < first + runs) {
    const seed = next++;
    const { found, failed } = await worker.ask(seed);
    const outcome = found ?? { violations: [`broke off: ${failed}`], crashes: 0, faults: 0, story: [] };
    total.runs += 1;
    total.violations += outcome.violations.length;
    total.crashes += outcome.crashes;
    total.faults += outcome.faults;
    for (const violation of outcome.violations) console.log(`seed ${seed}: ${violation}`);
    if (values.story && outcome.violations.length > 0) console.log(`  ${outcome.story.join('\n  ')}`);
  }
  await worker.end();
}
