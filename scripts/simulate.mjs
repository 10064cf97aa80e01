import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { root } from './run.mjs';
import { setup } from './setup.mjs';

// `npm run simulate -- --runs N --seed S`: seeds S, S + 1, …, spread over the processor's cores. A line a violation with
// its seed, which replays it alone; `--story` adds what happened in the runs that failed.
const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' }, story: { type: 'boolean' } } });
const runs = Number(values.runs ?? 200);
const first = Number(values.seed ?? Math.floor(Math.random() * 1e9));
/** A run takes about a second; one that does not end has lost an answer, which is a violation as well. */
const longest = 300_000;

await setup();
console.log(`seed ${first}`);
mkdirSync(join(root, 'out'), { recursive: true });
const folder = mkdtempSync(join(root, 'out', 'simulate-'));
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
      ssr: 'tests/simulation/simulate.ts',
      outDir: folder,
      minify: false,
      rollupOptions: { output: { entryFileNames: 'simulate.mjs' } },
    },
  });
  await Promise.all(Array.from({ length: Math.min(runs, availableParallelism()) }, work));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${total.runs} runs, ${total.violations} violations, ${total.crashes} crashes injected, ${total.faults} faults injected`);
process.exit(total.violations === 0 ? 0 : 1);

/** Takes seeds until there are none; a worker that does not answer is replaced. */
async function work() {
  let worker = start();
  while (next < first + runs) {
    const seed = next++;
    const outcome = await run(worker, seed);
    if (outcome.broken) {
      await worker.terminate();
      worker = start();
    }
    total.runs += 1;
    total.violations += outcome.violations.length;
    total.crashes += outcome.crashes;
    total.faults += outcome.faults;
    for (const violation of outcome.violations) console.log(`seed ${seed}: ${violation}`);
    if (values.story && outcome.violations.length > 0) console.log(`  ${outcome.story.join('\n  ')}`);
  }
  await worker.terminate();
}

function start() {
  return new Worker(fileURLToPath(new URL('simulate-worker.mjs', import.meta.url)), {
    workerData: pathToFileURL(join(folder, 'simulate.mjs')).href,
  });
}

function run(worker, seed) {
  const broken = (violation) => ({ broken: true, violations: [violation], crashes: 0, faults: 0, story: [] });
  return new Promise((resolve) => {
    const failed = (error) => end(broken(`broke off: ${error.stack ?? error}`));
    const end = (outcome) => {
      clearTimeout(timer);
      worker.off('message', end).off('error', failed);
      resolve(outcome);
    };
    const timer = setTimeout(() => end(broken('did not end')), longest);
    worker.on('message', end).on('error', failed);
    worker.postMessage(seed);
  });
}
