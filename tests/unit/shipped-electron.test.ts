import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';

const manifest = z.object({ devDependencies: z.object({ electron: z.string() }) });
const lockfile = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) });

/** The oldest line of Electron that may be shipped: raised with each that its makers stop mending. */
const oldest = 45;

it('the Electron that is shipped is of a line that is still mended, whatever the tests run in', () => {
  const named = manifest.parse(JSON.parse(readFileSync('package.json', 'utf8'))).devDependencies.electron;
  const locked = lockfile.parse(JSON.parse(readFileSync('package-lock.json', 'utf8'))).packages['node_modules/electron']?.version ?? '';
  const lineOf = (version: string): number => Number(/^[~^]?(\d+)\./.exec(version)?.[1]);
  expect(lineOf(named)).toBeGreaterThanOrEqual(oldest);
  expect(lineOf(locked)).toBe(lineOf(named));
});
