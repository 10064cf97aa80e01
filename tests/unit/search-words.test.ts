import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Best } from '../../renderer/search/best';
import { mayMean, typosIn } from '../../renderer/search/typos';
import { WordList } from '../../renderer/search/word-list';
import { askedWords, wordsIn } from '../../renderer/search/words';

describe('the words of a text', () => {
  it.each([
    ['SAL-ORD-2026-00123', ['sal', 'ord', '2026', '00123', '123']],
    ['Yıldız Möbel & Söhne', ['yıldız', 'mobel', 'sohne']],
    ["O'Brien's (Cork)", ['o', 'brien', 's', 'cork']],
    ['+49 30 0001', ['49', '30', '0001', '1']],
    ['株式会社 テスト', ['株式会社', 'テスト']],
    ['  --  ', []],
  ])('%s', (text, words) => {
    expect(wordsIn(text)).toEqual(words);
  });

  it('what is typed is looked for as it stands, each word once', () => {
    expect(askedWords(' Ord-00123 ord ')).toEqual(['ord', '00123']);
  });
});

describe('typing errors', () => {
  const letters = fc.stringMatching(/^[a-z]{4,12}$/);

  it('a letter that is wrong, missing, too many or in the place of its neighbour is forgiven, in the beginning of a word too', () => {
    const edit = fc.record({
      kind: fc.constantFrom('wrong', 'missing', 'more', 'swapped'),
      at: fc.nat(),
      letter: fc.stringMatching(/^[a-z]$/),
    });
    fc.assert(
      fc.property(letters, letters, edit, (word, rest, { kind, at, letter }) => {
        const place = at % (word.length - 1);
        const [before, here, next, after] = [word.slice(0, place), word[place] ?? '', word[place + 1] ?? '', word.slice(place + 2)];
        const typed = {
          wrong: before + letter + next + after,
          missing: before + next + after,
          more: before + letter + here + next + after,
          swapped: before + next + here + after,
        }[kind];
        expect(mayMean(typed, word, 1)).toBe(true);
        expect(mayMean(typed, word + rest, 1)).toBe(true);
      }),
    );
  });

  it('another word is none', () => {
    expect(mayMean('acme', 'abba', 1)).toBe(false);
    expect(mayMean('customer', 'cast', 2)).toBe(false);
    expect(mayMean('bolt', 'nut', 1)).toBe(false);
    expect([typosIn('abc'), typosIn('abcd'), typosIn('abcdefgh')]).toEqual([0, 1, 2]);
  });
});

it('words with a beginning are found in a list that grows', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.stringMatching(/^[abc]{1,4}$/)),
      fc.nat(60),
      fc.stringMatching(/^[abc]{0,2}$/),
      (words, settledAfter, beginning) => {
        const list = new WordList();
        words.forEach((word, position) => {
          list.add(word);
          if (position === settledAfter) list.settle();
        });
        const found: string[] = [];
        list.beginning(beginning, (word) => found.push(word));
        expect(found.sort()).toEqual(words.filter((word) => word.startsWith(beginning)).sort());
      },
    ),
  );
});

it('the best of many are those that a sort would put first', () => {
  const offers = fc.array(fc.tuple(fc.nat(5), fc.integer()), { maxLength: 400 });
  fc.assert(
    fc.property(offers, fc.integer({ min: 1, max: 30 }), (items, limit) => {
      const best = new Best<number>(limit, (one, other) => one < other);
      for (const [score, item] of items) best.offer(item, score);
      const sorted = [...items].sort(([a, x], [b, y]) => b - a || x - y).map(([, item]) => item);
      expect(best.list()).toEqual(sorted.slice(0, limit));
    }),
  );
});
