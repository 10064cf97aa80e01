import type { Bridge } from '@shared/bridge';
import type { Cache } from './open-cache';

export type Log = (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;

/** What writing work needs besides the cache itself; everything that is not a pure function of it is passed in. */
export type Recorder = {
  cache: Cache;
  bridge: Pick<Bridge, 'journal'>;
  account: string;
  /** Milliseconds since 1970. */
  now: () => number;
  uuid: () => string;
  /** In [0, 1). */
  random: () => number;
  /** Hears what is decided; it names no document. */
  log: Log;
};
