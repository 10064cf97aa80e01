import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const demo = fileURLToPath(new URL('../../electron/demo/', import.meta.url));

const linesOf = (folder: string): number =>
  readdirSync(`${demo}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .reduce((sum, file) => sum + readFileSync(`${demo}${folder}/${file}`, 'utf8').split('\n').length - 1, 0);

test('the engine of the demo and its rules are small enough to be read: under 2,500 lines', () => {
  const [engine, rules] = [linesOf('engine'), linesOf('rules')];
  expect(engine).toBeGreaterThan(0);
  expect(rules).toBeGreaterThan(0);
  expect(engine + rules).toBeLessThan(2500);
});
