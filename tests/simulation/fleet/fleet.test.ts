import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

/** Few devices in front of a server that is smaller still: as many refusals a device as a large fleet has. */
it('devices that come back at once do not stampede, honour Retry-After, and are all done, none of them long after the others', async () => {
  const script = fileURLToPath(new URL('../../../scripts/simulate.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, '--fleet', '24', '--workers', '1', '--seed', '7'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  const code = await new Promise((resolve) => child.on('close', resolve));
  console.info(said);
  expect(Number(/, (\d+) of them refused/.exec(said)?.[1])).toBeGreaterThan(20);
  expect(said).toMatch(/^24 devices, 24 done, peak\/mean [\d.]+, 0 violations$/m);
  expect(code).toBe(0);
}, 300_000);
