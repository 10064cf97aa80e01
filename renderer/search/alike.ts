import { nameWords } from './same-name';
import { mayMean, typosIn } from './typos';

/** A name, cut up once for all comparisons. Two of the same key are one name, however they are written. */
export type Cut = { words: readonly string[]; key: string };

export function cut(name: string, kind: 'company' | 'other'): Cut {
  const words = nameWords(name, kind);
  return { words, key: words.join('') };
}

/** The likeness of two names that are one; of others it is less. */
export const sameName = 2;

/** Fewer letters begin too many names. */
const fewestLetters = 3;

/**
 * How much a name that is being typed is like another: `sameName`, or up to 1; 0 for not at all. All words of one must be
 * in the other, whole, begun, or with a typing error; the more of both are, the more alike they are.
 */
export function likeness(typed: Cut, other: Cut): number {
  if (typed.key.length < fewestLetters || other.key === '') return 0;
  if (typed.key === other.key) return sameName;
  const sum =
    worthOf(typed.words, other.words, wordLikeness) ?? worthOf(other.words, typed.words, (word, asked) => wordLikeness(asked, word));
  return (sum ?? 0) / Math.max(typed.words.length, other.words.length);
}

/** The sum of what each of these words is worth in the other name; null where one is not in it. */
function worthOf(words: readonly string[], others: readonly string[], like: (word: string, other: string) => number): number | null {
  let sum = 0;
  for (const word of words) {
    const best = others.reduce((most, other) => Math.max(most, like(word, other)), 0);
    if (best === 0) return null;
    sum += best;
  }
  return sum;
}

function wordLikeness(asked: string, word: string): number {
  if (asked === word) return 1;
  if (asked.length < fewestLetters) return 0;
  if (word.startsWith(asked)) return 0.8;
  // Another number is another thing.
  const typos = /\p{N}/u.test(asked) ? 0 : typosIn(asked);
  return typos > 0 && mayMean(asked, word, typos) ? 0.5 : 0;
}
