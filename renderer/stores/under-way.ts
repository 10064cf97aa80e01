export type UnderWay = {
  /** Counts the work until it ends, however it does; answers as it does. */
  follow<T>(work: Promise<T>): Promise<T>;
  /** Resolves when nothing is under way, nor what began meanwhile. */
  settled(): Promise<void>;
};

/** What somebody has to wait for before they go on. */
export function underWay(): UnderWay {
  const works = new Set<Promise<unknown>>();
  return {
    async follow(work) {
      works.add(work);
      try {
        return await work;
      } finally {
        works.delete(work);
      }
    },
    async settled() {
      while (works.size > 0) await Promise.allSettled(works);
    },
  };
}
