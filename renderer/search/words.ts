import { fold } from '../cache/search-text';

/** Longer words tell no more of a document than their beginning. */
const longest = 48;

/**
 * The words of a text as they are looked for: folded, cut at whatever is no letter or digit. A number is a word without
 * its leading zeros too, so that 123 finds SAL-ORD-2026-00123.
 */
export function wordsIn(text: string): string[] {
  const words: string[] = [];
  for (const word of fold(text).split(/[^\p{L}\p{N}]+/u)) {
    if (word === '') continue;
    words.push(word.slice(0, longest));
    const bare = /^0+[1-9]\d*$/.test(word) ? word.replace(/^0+/, '') : '';
    if (bare !== '') words.push(bare);
  }
  return words;
}

/** The words a person typed, as they stand. */
export const askedWords = (text: string): string[] => [
  ...new Set(
    fold(text)
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== ''),
  ),
];
