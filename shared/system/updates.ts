/** Where the app stands with newer versions of itself. */
export type UpdateState =
  /** `no-feed`: nobody named a place that publishes versions; `unsupported`: this way of running does not install any. */
  | { at: 'off'; why: 'setting' | 'no-feed' | 'unsupported' }
  | { at: 'idle'; checkedAt: number | null }
  | { at: 'checking' }
  | { at: 'found'; version: string; notes: string }
  | { at: 'fetching'; version: string; percent: number }
  /** It is installed when the app ends, or when the person says so; `waits`: work is being sent, which comes first. */
  | { at: 'ready'; version: string; notes: string; waits: boolean }
  | { at: 'failed'; message: string };

export type UpdateChoice = 'off' | 'notify' | 'automatic';

/** An update never comes in between: nothing is fetched or installed while work is being sent. */
export const mayUpdate = (told: { sending: boolean } | null): boolean => told === null || !told.sending;
