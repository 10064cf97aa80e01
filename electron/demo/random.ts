/** Repeatable randomness: the same seed gives the same company, row names and API keys. */
export type Random = {
  /** 0 ≤ value < 1 */
  next(): number;
  int(from: number, to: number): number;
  pick<T>(items: readonly T[]): T;
  chance(probability: number): boolean;
  /** A name as Frappe's `hash` rule makes them. */
  hash(length?: number): string;
};

const alphabet = '0123456789abcdefghijklmnopqrstuv';

export function createRandom(seed: number): Random {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    int,
    pick(items) {
      const item = items[int(0, items.length - 1)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    chance: (probability) => next() < probability,
    hash(length = 10) {
      let name = '';
      while (name.length < length) name += alphabet.charAt(int(0, 31));
      return name;
    },
  };
}
