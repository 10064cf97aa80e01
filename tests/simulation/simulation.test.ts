import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { simulateOne } from './simulate';

/**
 * `npm test` takes the same runs each time, so that it tells what a change did; `npm run test:all` and `npm run simulate`
 * take new ones, and print them. `SIMULATE_SEED` replays one.
 */
const usual = process.env['FIELDBOOK_LONG'] === 'yes' ? Math.floor(Math.random() * 1e9) : 808_064;
const seed = Number(process.env['SIMULATE_SEED'] ?? usual);
const runs = Number(process.env['SIMULATE_RUNS'] ?? 200);

it(
  `keeps every promise through faults, crashes and other people (${runs} runs from seed ${seed})`,
  { timeout: Math.max(900_000, runs * 10_000) },
  async () => {
    const script = fileURLToPath(new URL('../../scripts/simulate.mjs', import.meta.url));
    const child = spawn(process.execPath, [script, '--runs', String(runs), '--seed', String(seed)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    const code = await new Promise((resolve) => child.on('close', resolve));
    console.info(said);
    expect(said).toContain(`${runs} runs, 0 violations`);
    expect(code).toBe(0);
  },
);

it('tells the same story twice for the same seed', { timeout: 300_000 }, async () => {
  const [once, again] = [await simulateOne(seed), await simulateOne(seed)];
  expect(again).toEqual(once);
});
