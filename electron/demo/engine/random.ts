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
      // Five letters of base 32 a draw.
      while (name.length < length) name += int(0, 33_554_431).toString(32).padStart(5, '0');
      return name.slice(0, length);
    },
  };
}
