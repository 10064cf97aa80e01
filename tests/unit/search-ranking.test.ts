import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../renderer/search/entry';
import { WordIndex } from '../../renderer/search/word-index';
import { wordsIn } from '../../renderer/search/words';

type Told = Partial<Omit<Entry, 'words'>> & { field?: string; row?: string };

const words = (text = ''): string => [...new Set(wordsIn(text))].join(' ');

function entry(name: string, { field, row, ...over }: Told = {}): Entry {
  const title = over.title ?? name;
  return {
    name,
    title,
    version: '2026-01-01',
    modified: '2026-01-01',
    linked: 0,
    ...over,
    words: { name: words(`${name} ${title}`), field: words(field), row: words(row) },
  };
}

function indexOf(...entries: Entry[]): WordIndex {
  const index = new WordIndex();
  for (const each of entries) index.set('Customer', each);
  return index;
}

const found = (index: WordIndex, text: string, limit = 10): string[] => index.find({ text, limit }).map(({ name }) => name);

describe('what comes first', () => {
  it('the whole name, then one that begins so, then a word of the name, of a field, of a row', () => {
    const index = indexOf(
      entry('R', { row: 'lamp' }),
      entry('F', { field: 'lamp' }),
      entry('Desk lamp'),
      entry('Lamp shade'),
      entry('Lamp'),
    );
    expect(found(index, 'lamp')).toEqual(['Lamp', 'Lamp shade', 'Desk lamp', 'F', 'R']);
  });

  it('of those that fit alike, what was opened, then what many name, then what changed last', () => {
    const index = indexOf(
      entry('Lamp A', { modified: '2026-01-02' }),
      entry('Lamp B', { modified: '2026-01-03' }),
      entry('Lamp C', { linked: 50 }),
      entry('Lamp D'),
    );
    const use = (_: string, name: string): number => (name === 'Lamp D' ? 24 : 0);
    expect(index.find({ text: 'lamp', limit: 9, use }).map(({ name }) => name)).toEqual(['Lamp D', 'Lamp C', 'Lamp B', 'Lamp A']);
  });

  it('without words, a DocType from its most used on; nothing where none is named', () => {
    const index = indexOf(entry('A'), entry('B', { linked: 9 }), entry('C', { modified: '2026-02-01' }));
    expect(index.find({ text: ' ', limit: 9, doctype: 'Customer' }).map(({ name }) => name)).toEqual(['B', 'C', 'A']);
    expect(index.find({ text: ' ', limit: 9, doctype: 'Item' })).toEqual([]);
    expect(index.find({ text: '', limit: 9 })).toEqual([]);
    // Nothing that could be looked for is not everything.
    expect(index.find({ text: '--', limit: 9, doctype: 'Customer' })).toEqual([]);
  });
});

describe('what is found', () => {
  const index = indexOf(
    entry('SAL-ORD-2026-00123', { title: 'Abbott & Schröder', row: 'EYEBOLT-8 galvanised' }),
    entry('SAL-ORD-2026-00124', { title: 'Yildiz Joinery' }),
  );

  it.each([
    ['a', ['SAL-ORD-2026-00123']],
    ['schroder abb', ['SAL-ORD-2026-00123']],
    ['123', ['SAL-ORD-2026-00123']],
    ['ord-2026-00124', ['SAL-ORD-2026-00124']],
    ['bolt', ['SAL-ORD-2026-00123']],
    ['yildis', ['SAL-ORD-2026-00124']],
    ['jonery', ['SAL-ORD-2026-00124']],
    ['abbott joinery', []],
    ['constructor', []],
    ['__proto__', []],
  ])('%s', (text, names) => {
    expect(found(index, text)).toEqual(names);
  });

  it('of one DocType where that is asked for', () => {
    const both = indexOf(entry('Lamp'));
    both.set('Item', entry('Lamp'));
    expect(both.find({ text: 'lamp', limit: 9, doctype: 'Item' })).toEqual([{ doctype: 'Item', name: 'Lamp' }]);
    expect(both.find({ text: 'lamp', limit: 9 })).toHaveLength(2);
  });

  it('is what a look through all documents finds, whatever came and went', () => {
    const name = fc.stringMatching(/^[a-d]{1,5}$/);
    const act = fc.record({ remove: fc.boolean(), name, text: fc.stringMatching(/^[a-d]{1,3}( [a-d]{1,3}){0,2}$/) });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), fc.stringMatching(/^[a-d]{1,2}( [a-d]{1,2})?$/), (acts, asked) => {
        const made = new WordIndex();
        const model = new Map<string, string[]>();
        for (const { remove, name: own, text } of acts) {
          if (remove) {
            made.remove('Customer', own);
            model.delete(own);
          } else {
            made.set('Customer', entry(own, { row: text }));
            model.set(own, wordsIn(`${own} ${text}`));
          }
        }
        const fits = [...model].filter(([, has]) => wordsIn(asked).every((word) => has.some((each) => each.startsWith(word))));
        expect(found(made, asked, 100).sort()).toEqual(fits.map(([each]) => each).sort());
        expect(made.size).toBe(model.size);
      }),
    );
  });

  it('after documents were replaced so often that the index numbered them anew', () => {
    const busy = indexOf(entry('Still here'));
    for (let round = 0; round < 3_000; round += 1) busy.set('Customer', entry('Busy', { title: `round${round}` }));
    expect(found(busy, 'round2999')).toEqual(['Busy']);
    expect(found(busy, 'still')).toEqual(['Still here']);
    expect(busy.size).toBe(2);
  });
});
