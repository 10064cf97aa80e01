import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterPage, keepMarks, nextLimit, pageAt, startOf } from '@shared/sync/cursor';
import type { CursorMark, Position } from '@shared/sync/cursor';
import type { Filter } from '@shared/erp/filters';

type Key = { name: string; modified: string };

const passes = (row: Key, [fieldname, operator, value]: Filter): boolean => {
  const [left, right] = [fieldname === 'name' ? row.name : row.modified, String(value)];
  return operator === '=' ? left === right : operator === '>' ? left > right : left >= right;
};

/** The server's list as the questions of a run read it, page after page. */
function readAll(rows: Key[], limit: number, start: Position | null): string[] {
  const sorted = [...rows].sort((a, b) => (a.modified === b.modified ? (a.name < b.name ? -1 : 1) : a.modified < b.modified ? -1 : 1));
  const seen = new Set<string>();
  let position = start;
  for (let page = 0; page < 500; page += 1) {
    const { filters } = pageAt(position);
    const found = sorted.filter((row) => filters.every((filter) => passes(row, filter))).slice(0, limit);
    found.forEach(({ name }) => seen.add(name));
    const after = afterPage(position, found, limit);
    position = after.position;
    if (after.done) return [...seen].sort();
  }
  throw new Error('the run does not end');
}

const keys = fc.uniqueArray(
  fc.record({ name: fc.string({ minLength: 1, maxLength: 3 }), modified: fc.constantFrom('2026-01', '2026-02', '2026-03') }),
  { selector: ({ name }) => name, maxLength: 40 },
);

describe('a run through a DocType', () => {
  it('reads every document, also where many share one modified, and ends', () => {
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 7 }), (rows, limit) => {
        expect(readAll(rows, limit, null)).toEqual(rows.map(({ name }) => name).sort());
      }),
    );
  });

  it('goes on from where it was cut off without leaving one out', () => {
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 7 }), fc.constantFrom('2026-01', '2026-02', '2026-03'), (rows, limit, modified) => {
        const expected = rows
          .filter((row) => row.modified >= modified)
          .map(({ name }) => name)
          .sort();
        expect(readAll(rows, limit, { at: 'from', modified })).toEqual(expected);
      }),
    );
  });
});

describe('the look-back', () => {
  it('starts at a place reached at least five minutes before the run before it', () => {
    const marks: CursorMark[] = [
      { at: 0, modified: 'a' },
      { at: 100_000, modified: 'b' },
      { at: 350_000, modified: 'c' },
    ];
    expect(startOf(marks, 400_000)).toBe('b');
    expect(startOf(marks, 200_000)).toBe('a');
    expect(startOf([], 0)).toBeNull();
  });

  it('keeps what later runs may start from, and no more than it needs', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 120_000 }), { minLength: 1, maxLength: 60 }), (steps) => {
        let marks: CursorMark[] = [];
        const all: CursorMark[] = [];
        let at = 0;
        let before = 0;
        for (const step of steps) {
          before = at;
          at += step;
          const added = { at, modified: String(at).padStart(10, '0') };
          all.push(added);
          marks = keepMarks(marks, added, before);
          const start = startOf(marks, at);
          const safe = all.filter((mark) => mark.at <= at - 300_000).at(-1);
          if (safe !== undefined && start !== null) expect(start <= safe.modified).toBe(true);
        }
        expect(marks.length).toBeLessThan(12);
      }),
    );
  });
});

describe('the size of a page', () => {
  it('stays within bounds whatever the documents weigh', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 2000 }),
        fc.integer({ min: 0, max: 2000 }),
        fc.integer({ min: 0, max: 50_000_000 }),
        (limit, rows, bytes) => {
          const next = nextLimit(limit, rows, bytes);
          expect(next).toBeGreaterThanOrEqual(10);
          expect(next).toBeLessThanOrEqual(2000);
        },
      ),
    );
  });
});

it('a run soon after the first download looks five minutes further back: what was saved before its end may come after', () => {
  const marks = [{ at: 1_000_000, modified: '2026-11-23 10:02:04.001151' }];
  expect(startOf(marks, 1_060_000)).toBe('2026-11-23 09:57:04');
  expect(startOf(marks, 1_300_000)).toBe('2026-11-23 10:02:04.001151');
  expect(startOf([], 1_060_000)).toBeNull();
});
