import { describe, expect, it } from 'vitest';
import { evaluate } from '@shared/form/expression';
import { isQuick, loopsOf } from '@shared/form/safe-pattern';
import { session } from '../support/form-fixtures';

describe('a regular expression of the metadata', () => {
  it.each([
    '(a|aa)+$',
    '(a|a)*b',
    '((a|aa))+$',
    '(?:(?:x|xy)){2,}',
    '(a+)+$',
    '(a*)*',
    '([a-z]+)*$',
    '(.*,){12}x',
    '(a?){20}a{20}',
    '(\\w|\\d)+$',
    '(|a)+$',
    '(a)\\1+',
    '(?<x>a)\\k<x>',
    '(a',
    'a)',
  ])('is not run where it may take for ever: %s', (pattern) => {
    expect(loopsOf(pattern)).toBeNull();
    const started = performance.now();
    const result = evaluate(`/${pattern.replaceAll('/', '\\/')}/.test(doc.x)`, { doc: { x: `${'a'.repeat(40)}!` }, parent: {}, session });
    expect(result.known).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it.each([
    ['^(Sales|Purchase) Order$', 0],
    ['^[A-Z]{2}\\d{3}$', 0],
    ['(ab|cd)+', 1],
    ['^\\d+$', 1],
    ['^[^@]+@[^@]+\\.\\w+$', 3],
    ['(abc)?x', 0],
    ['a{2,4}', 1],
    ['[(+*]', 0],
    ['\\(a\\)', 0],
  ])('is run where it cannot: %s', (pattern, loops) => {
    expect(loopsOf(pattern)).toBe(loops);
    expect(isQuick(pattern, 40)).toBe(true);
  });

  it('is tried on short texts only, the shorter the more it may have to go back', () => {
    expect(isQuick('^\\d+$', 10_000)).toBe(true);
    expect(isQuick('.*.*.*=', 60)).toBe(false);
    const started = performance.now();
    for (const [pattern, length] of [
      ['.*.*=', 170],
      ['a*a*=', 170],
      ['\\s+$', 2200],
    ] as const) {
      expect(isQuick(pattern, length)).toBe(true);
      new RegExp(pattern).test((pattern === '\\s+$' ? ' ' : 'a').repeat(length - 1).concat('!'));
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
