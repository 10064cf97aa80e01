import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort } from 'node:worker_threads';
import { answerTasks, patientWorker } from './patient-worker.mjs';
import { capture, root, tool } from './run.mjs';

// `npm run defects [-- NAME …] [--seed N] [--runs N] [--remember]`: switches each deliberate defect of
// tests/simulation/defects on, one at a time in a build of its own, and shows that the simulation catches it, or the test
// that is named with it; and that the engine as it is passes the same seeds.

/** A run takes seconds; one that does not end goes in circles. */
const limitMs = 3 * 60_000;

/** By the name of each defect, a seed that caught it; where the engine changed since, another one may have to be found. */
const knownSeeds = join(root, 'tests/simulation/defects/known-seeds.json');

/** Loads modules of the repository, with one defect in one of them where there is one. */
async function openBuild() {
  let defect = null;
  let damage = (source) => source;
  // Imported late: `npm test` reads this file before it has installed anything.
  const { createServer, createServerModuleRunner } = await import('vite');
  const server = await createServer({
    configFile: false,
    root,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, watch: null, ws: false, hmr: false },
    resolve: { alias: { '@shared': join(root, 'shared') } },
    plugins: [
      {
        name: 'defect',
        enforce: 'pre',
        transform: (source, id) => (defect !== null && id === join(root, defect.module) ? damage(source, defect) : undefined),
      },
    ],
  });
  const { ssr } = server.environments;
  let runner = null;
  const load = async (path) => {
    // Each listens to the server for as long as it is open.
    await runner?.close();
    runner = createServerModuleRunner(ssr, { hmr: false });
    await runner.import(join(root, 'tests/support/zod-jitless.ts'));
    return runner.import(join(root, path));
  };
  const forget = (path) =>
    ssr.moduleGraph.getModulesByFile(join(root, path))?.forEach((module) => ssr.moduleGraph.invalidateModule(module));
  const { damaged } = await load('tests/simulation/defects/defect.ts');
  damage = damaged;
  return {
    load,
    close: () => server.close(),
    /** A module of a fresh build with this defect in it, or with none. */
    async damagedBy(wanted, path) {
      if (defect !== null) forget(defect.module);
      defect = wanted;
      if (defect !== null) forget(defect.module);
      return load(path);
    },
  };
}

/** One of the workers: a build of its own, one run after another, most of them with the same defect. */
async function work() {
  const build = await openBuild();
  let built = null;
  answerTasks(parentPort, async ({ defect, seed }) => {
    if (built === null || built.name !== promised(defect)) {
      const { violationIn } = await build.damagedBy(defect, 'tests/simulation/defects/violation-in.ts');
      built = { name: promised(defect), violationIn };
    }
    return built.violationIn(seed);
  });
}

const promised = (defect) => (defect === null ? 'the engine as it is' : defect.name);

/** Has a worker run one seed after another until one breaks a promise. A run without an end shows no broken one: the next does. */
async function hunt(worker, { defect, seeds }) {
  for (const [position, seed] of seeds.entries()) {
    const { found, failed, endless } = await worker.ask({ defect, seed });
    if (endless && position + 1 < seeds.length) continue;
    if (found?.stuck) await worker.end();
    const told = { runs: position + 1, seed, failed, violation: found?.violation ?? null };
    if (failed !== undefined || told.violation !== null) return told;
  }
  return { runs: seeds.length, seed: null, violation: null };
}

/** Runs the test that has to fail with a defect which people who act at random meet too rarely. */
async function showByTest(defect) {
  const { name, shownBy } = defect;
  const { code, output } = await capture(process.execPath, [tool('vitest/vitest.mjs'), 'run', shownBy], {
    env: { FIELDBOOK_DEFECT: JSON.stringify(defect), NO_COLOR: '1' },
  });
  const [failed] = /^ FAIL .*$/m.exec(output) ?? [];
  // What does not even load, or breaks off, proves nothing.
  const well = code !== 0 && failed !== undefined && output.includes('AssertionError');
  return { well, line: `${name}: ${well ? `caught by${failed.replace(/^ FAIL +\|\w+\|/, '')}` : `NOT CAUGHT by ${shownBy}`}` };
}

/** Whether what was found is as it must be, and the line that tells it. */
function judge(defect, { runs, seed, violation, failed }) {
  if (failed !== undefined) return { well: false, line: `${promised(defect)}: FAILED in seed ${seed}: ${failed}` };
  if (defect === null)
    return violation === null
      ? { well: true, line: `${promised(defect)}: ${runs} runs, no violation` }
      : { well: false, line: `${promised(defect)}: VIOLATION in seed ${seed}: ${violation}` };
  return violation === null
    ? { well: false, line: `${promised(defect)}: NOT CAUGHT in ${runs} runs (promise ${defect.promise})` }
    : { well: true, line: `${promised(defect)}: caught by seed ${seed} after ${runs} runs: ${violation}` };
}

/**
 * Resolves to what `npm test` counts: one test a defect, and one for the engine as it is. The seed that caught a defect the
 * last time is tried first, then `most` seeds from `seed` on; `remember` writes down those that caught one now.
 */
export async function huntDefects({ names = [], seed = 1, most = 300, remember = false } = {}) {
  const build = await openBuild();
  const { catalogue } = await build.load('tests/simulation/defects/catalogue.ts');
  await build.close();
  const all = names.length === 0;
  const chosen = all ? catalogue : catalogue.filter(({ name }) => names.some((part) => name.includes(part)));
  const result = { name: 'deliberate defects', passed: 0, failed: 0, skipped: [] };
  const count = (well) => (result[well ? 'passed' : 'failed'] += 1);
  // A new one follows where a defect makes the engine run in circles.
  const workers = Array.from({ length: Math.min(2, availableParallelism()) }, () =>
    patientWorker(fileURLToPath(import.meta.url), { limitMs }),
  );

  const known = JSON.parse(readFileSync(knownSeeds, 'utf8'));
  const caught = {};
  const range = Array.from({ length: most }, (_, run) => seed + run);
  await shareOut(
    workers,
    chosen.filter(({ shownBy }) => shownBy === undefined).map((defect) => ({ defect, seeds: [known[defect.name] ?? [], range].flat() })),
    ({ defect }, told, ms) => {
      const { well, line } = judge(defect, told);
      if (well) caught[defect.name] = told.seed;
      if (remember) writeSeeds(catalogue, { ...known, ...caught });
      console.log(`${line} (${Math.round(ms / 1000)} s)`);
      count(well);
    },
  );

  for (const defect of chosen.filter(({ shownBy }) => shownBy !== undefined)) {
    const { well, line } = await showByTest(defect);
    console.log(line);
    count(well);
  }

  // Every seed that caught a defect must find nothing without one.
  const seeds = [...new Set(Object.values(caught))];
  let bad = null;
  await shareOut(
    workers,
    seeds.map((one) => ({ defect: null, seeds: [one] })),
    (_task, told) => {
      const { well, line } = judge(null, told);
      if (!well) bad ??= line;
    },
  );
  await Promise.all(workers.map((worker) => worker.end()));
  console.log(bad ?? `${promised(null)}: ${seeds.length} runs, no violation`);
  count(bad === null);
  return result;
}

/** In the catalogue's order, without those that it does not have any more. */
function writeSeeds(catalogue, seeds) {
  const kept = catalogue.filter(({ name }) => seeds[name] !== undefined).map(({ name }) => [name, seeds[name]]);
  writeFileSync(knownSeeds, `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
}

/** Has the workers hunt for one after another; `settle` is told each task, what came of it, and the milliseconds that it took. */
async function shareOut(workers, tasks, settle) {
  const queue = tasks.slice();
  await Promise.all(
    workers.map(async (worker) => {
      for (let task = queue.shift(); task !== undefined; task = queue.shift()) {
        const began = Date.now();
        settle(task, await hunt(worker, task), Date.now() - began);
      }
    }),
  );
}

if (!isMainThread) await work();
else if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { passed, failed } = await huntDefects(arguments_(process.argv.slice(2)));
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

function arguments_(given) {
  const number = (flag) => (given.includes(flag) ? Number(given[given.indexOf(flag) + 1]) : undefined);
  const valued = ['--seed', '--runs'];
  const names = given.filter((part, position) => !part.startsWith('--') && !valued.includes(given[position - 1]));
  return { names, seed: number('--seed'), most: number('--runs'), remember: given.includes('--remember') };
}
