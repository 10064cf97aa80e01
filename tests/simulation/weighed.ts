import type { Random } from '../../electron/demo/engine/random';

/** One of them, each as often as `often` says: 1 where it says nothing. */
export const pickWeighed = <T>(random: Random, items: readonly T[], often: (item: T) => number | undefined): T =>
  random.pick(items.flatMap((item) => Array.from({ length: often(item) ?? 1 }, () => item)));
