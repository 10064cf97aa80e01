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
const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' }, story: { type: 'boolean' } } });
const runs = Number(values.runs ?? 200);
const first = Number(values.seed ?? Math.floor(Math.random() * 1e9));
/** A run takes about a second, one with a thousand imported items minutes; one that does not end has lost an answer. */
const longest = 900_000;

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
