import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { catalogue } from './catalogue';
import { damaged } from './defect';

const root = fileURLToPath(new URL('../../..', import.meta.url));

describe('the catalogue of deliberate defects', () => {
  it('covers every promise, with names that are told apart', () => {
    expect(new Set(catalogue.map(({ promise }) => promise))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7]));
    expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
  });

  it.each(catalogue)('changes the engine as it is now: $name', (defect) => {
    const source = readFileSync(`${root}/${defect.module}`, 'utf8');
    expect(damaged(source, defect)).not.toBe(source);
  });
});
