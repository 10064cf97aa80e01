/** Calls back once after `ms`; the answer takes it back. */
export type Timers = { after(ms: number, callback: () => void): () => void };

/** Those of the system. */
export const systemTimers: Timers = {
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
