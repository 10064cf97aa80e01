import { fold } from '../cache/search-text';
import { levels } from './entry';
import type { Entry, Level } from './entry';
import { Best } from './best';
import { mayMean, typosIn } from './typos';
import { WordList } from './word-list';
import { askedWords } from './words';

export type Hit = { doctype: string; name: string };

/** `use`: how often the person opened the document lately, as a bonus to its score; 0 for most. */
export type Question = { text: string; limit: number; doctype?: string; use?: (doctype: string, name: string) => number };

type Known = { doctype: string; entry: Entry; names: [string, string] };
type Kind = 'whole' | 'beginning' | 'within' | 'typo';

/** How well a word fits: by how it was meant, then by where it stands. Each fits in a byte. */
const worth: Record<Kind, Record<Level, number>> = {
  whole: { name: 40, field: 24, row: 12 },
  beginning: { name: 30, field: 18, row: 9 },
  within: { name: 10, field: 6, row: 3 },
  typo: { name: 8, field: 4, row: 2 },
};

/** A document whose whole name or title was typed, or the beginning of it, comes before any that has the words elsewhere. */
const wholeName = 2_000;
const nameBegins = 1_000;

/** With fewer hits than this for a word, it is looked for inside of words too. */
const few = 20;

/**
 * Which documents hold which words, in memory. Words are found by their beginning; where that finds few, inside of other
 * words, and where that finds nothing, with typing errors. All words of a question must be found in a document.
 */
export class WordIndex {
  /** By number; a number is never given twice, so a replaced document leaves a gap. */
  private known: (Known | undefined)[] = [];
  private readonly numbers = new Map<string, Map<string, number>>();
  /** Of each word the documents that hold it: their number times four, plus the level. */
  private postings = new Map<string, number[]>();
  private words = new WordList();
  private gaps = 0;
  /** Another number after each change. */
  version = 0;

  get size(): number {
    return this.known.length - this.gaps;
  }

  entry(doctype: string, name: string): Entry | undefined {
    const number = this.numbers.get(doctype)?.get(name);
    return number === undefined ? undefined : this.known[number]?.entry;
  }

  /** All of a DocType. */
  entriesOf(doctype: string): Entry[] {
    const numbers = [...(this.numbers.get(doctype)?.values() ?? [])];
    return numbers.map((number) => this.known[number]?.entry).filter((entry) => entry !== undefined);
  }

  doctypes(): string[] {
    return [...this.numbers.keys()];
  }

  set(doctype: string, entry: Entry): void {
    this.remove(doctype, entry.name);
    this.version += 1;
    const number = this.known.length;
    this.known.push({ doctype, entry, names: [fold(entry.title), fold(entry.name)] });
    const numbers = this.numbers.get(doctype) ?? new Map<string, number>();
    this.numbers.set(doctype, numbers.set(entry.name, number));
    this.post(number, entry);
  }

  remove(doctype: string, name: string): void {
    const numbers = this.numbers.get(doctype);
    const number = numbers?.get(name);
    if (numbers === undefined || number === undefined) return;
    this.version += 1;
    numbers.delete(name);
    if (numbers.size === 0) this.numbers.delete(doctype);
    this.known[number] = undefined;
    this.gaps += 1;
    if (this.gaps > 1_000 && this.gaps > this.known.length / 2) this.compact();
  }

  /** The best first. Without words, all of the DocType; none where neither is given. */
  find({ text, limit, doctype, use }: Question): Hit[] {
    const words = askedWords(text);
    const wanted = fold(text.trim());
    if (words.length === 0 && (doctype === undefined || wanted !== '')) return [];
    const scores = words.length === 0 ? null : this.scoresOf(words);
    const best = new Best<Known>(limit, newer);
    this.known.forEach((known, number) => {
      const score = scores === null ? 1 : (scores[number] ?? 0);
      if (score === 0 || known === undefined || (doctype !== undefined && known.doctype !== doctype)) return;
      const { name, linked } = known.entry;
      const named = scores === null ? 0 : nameScore(known.names, wanted);
      best.offer(known, score + named + linkedWorth(linked) + (use?.(known.doctype, name) ?? 0));
    });
    return best.list().map((known) => ({ doctype: known.doctype, name: known.entry.name }));
  }

  /** Sorts what came lately, so that the next question need not. */
  settle(): void {
    this.words.settle();
  }

  private post(number: number, { words }: Entry): void {
    levels.forEach((level, weight) => {
      if (words[level] === '') return;
      for (const word of words[level].split(' ')) {
        const posting = this.postings.get(word);
        if (posting === undefined) {
          this.postings.set(word, [number * 4 + weight]);
          this.words.add(word);
        } else posting.push(number * 4 + weight);
      }
    });
  }

  /** Of each document, by number: the sum of what its words are worth; 0 where one is missing. */
  private scoresOf(words: readonly string[]): Uint16Array {
    const sums = new Uint16Array(this.known.length);
    words.forEach((word, position) => {
      const scores = this.scoresOfWord(word);
      for (let number = 0; number < sums.length; number += 1) {
        const score = scores[number] ?? 0;
        sums[number] = score > 0 && (position === 0 || (sums[number] ?? 0) > 0) ? (sums[number] ?? 0) + score : 0;
      }
    });
    return sums;
  }

  private scoresOfWord(asked: string): Uint8Array {
    const scores = new Uint8Array(this.known.length);
    const kindOf = (word: string): Kind => (word === asked ? 'whole' : 'beginning');
    // One or two letters begin a word of nearly every document: those whose name has one are enough.
    const deepest = asked.length > 2 ? levels.length : 1;
    this.words.beginning(asked, (word) => this.credit(scores, word, kindOf(word), deepest));
    let found = this.upToFew(scores);
    if (found < few && deepest < levels.length) {
      this.words.beginning(asked, (word) => this.credit(scores, word, kindOf(word)));
      found = this.upToFew(scores);
    }
    if (found < few && asked.length > 2) {
      this.words.each((word) => {
        if (word.includes(asked, 1)) this.credit(scores, word, 'within');
      });
      found = this.upToFew(scores);
    }
    const most = typosIn(asked);
    if (found === 0 && most > 0) {
      this.words.each((word) => {
        if (mayMean(asked, word, most)) this.credit(scores, word, 'typo');
      });
    }
    return scores;
  }

  /** `deepest`: how many of the levels count. */
  private credit(scores: Uint8Array, word: string, kind: Kind, deepest: number = levels.length): void {
    const byLevel = levels.map((level, depth) => (depth < deepest ? worth[kind][level] : 0));
    for (const posted of this.postings.get(word) ?? []) {
      const number = posted >>> 2;
      const score = byLevel[posted & 3] ?? 0;
      if (score > (scores[number] ?? 0)) scores[number] = score;
    }
  }

  private upToFew(scores: Uint8Array): number {
    let found = 0;
    for (let number = 0; number < scores.length && found < few; number += 1) {
      if ((scores[number] ?? 0) > 0 && this.known[number] !== undefined) found += 1;
    }
    return found;
  }

  /** Numbers all documents anew, without the gaps, and drops words that none of them has. */
  private compact(): void {
    const alive = this.known.filter((known) => known !== undefined);
    this.known = [];
    this.gaps = 0;
    this.numbers.clear();
    this.postings = new Map();
    this.words = new WordList();
    for (const { doctype, entry } of alive) this.set(doctype, entry);
    this.settle();
  }
}

function nameScore(names: readonly string[], wanted: string): number {
  if (names.includes(wanted)) return wholeName;
  return names.some((name) => name.startsWith(wanted)) ? nameBegins : 0;
}

/** A bonus for what many documents name: up to 20. */
const linkedWorth = (linked: number): number => (linked === 0 ? 0 : Math.min(20, Math.round(3 * Math.log2(1 + linked))));

/** Of two that fit alike, the one that changed last; of those, by title. */
const newer = (one: Known, other: Known): boolean =>
  one.entry.modified === other.entry.modified ? one.entry.title < other.entry.title : one.entry.modified > other.entry.modified;
