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
 * How much names are like one that is being typed: `sameName`, or up to 1; 0 for not at all. All words of one must be in the
 * other, whole, begun, or with a typing error; the more of both are, the more alike they are.
 */
export function likenessTo(typed: Cut): (other: Cut) => number {
  if (typed.key.length < fewestLetters) return () => 0;
  // Thousands of names share their words.
  const known = new Map<string, number[]>();
  const worthOf = (word: string): number[] => {
    const worth = known.get(word) ?? typed.words.map((asked) => wordLikeness(asked, word));
    known.set(word, worth);
    return worth;
  };
  return ({ words, key }) => {
    if (typed.key === key) return sameName;
    const worth = words.map(worthOf);
    const all = ofEach(typed.words.map((_, asked) => worth.map((each) => each[asked] ?? 0))) ?? ofEach(worth);
    return all === null ? 0 : all / Math.max(typed.words.length, words.length);
  };
}

/** The sum of what each word is worth at its best; null where one is worth nothing, or there is none. */
function ofEach(worth: readonly (readonly number[])[]): number | null {
  let sum = 0;
  for (const each of worth) {
    const best = Math.max(0, ...each);
    if (best === 0) return null;
    sum += best;
  }
  return sum === 0 ? null : sum;
}

function wordLikeness(asked: string, word: string): number {
  if (asked === word) return 1;
  if (asked.length < fewestLetters) return 0;
  if (word.startsWith(asked)) return 0.8;
  // Another number is another thing.
  const typos = digit.test(asked) || digit.test(word) ? 0 : typosIn(asked);
  return typos > 0 && mayMean(asked, word, typos) ? 0.5 : 0;
}

const digit = /\p{N}/u;
