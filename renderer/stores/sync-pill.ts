import type { Tone } from '../components/tone';
import type { SyncState } from '@shared/sync/sync-state';

export type PillInput = {
  /** Null until the engine has spoken. */
  state: SyncState | null;
  signedIn: boolean;
  chosenOffline: boolean;
  storageFull: boolean;
  /** Entries of the outbox that are not parked. */
  waiting: number;
  /** Parked entries. */
  needsYou: number;
  /** Milliseconds since 1970. */
  now: number;
};

export type Pill =
  | { kind: 'sign-in'; tone: Tone; waiting: number }
  | { kind: 'storage-full'; tone: Tone; waiting: number }
  /** This device cannot read or write its own storage: `begun` false where syncing has not begun because of it. */
  | { kind: 'storage-failed'; tone: Tone; waiting: number; begun: boolean }
  | { kind: 'needs-you'; tone: Tone; count: number }
  | { kind: 'chosen-offline'; tone: Tone; waiting: number }
  | { kind: 'offline'; tone: Tone; waiting: number }
  /** `retryIn`: milliseconds, 0 when the pause is over. */
  | { kind: 'busy'; tone: Tone; retryIn: number }
  /** The requests that sync may make in an hour are used up. `goesOnIn`: milliseconds. */
  | { kind: 'budget'; tone: Tone; goesOnIn: number; waiting: number }
  | { kind: 'sending'; tone: Tone; done: number; total: number }
  /** `percent`: whole number. */
  | { kind: 'downloading'; tone: Tone; percent: number }
  | { kind: 'connecting'; tone: Tone }
  | { kind: 'waiting'; tone: Tone; waiting: number }
  /** `age`: milliseconds since the last full round, null before the first. */
  | { kind: 'up-to-date'; tone: Tone; age: number | null };

export type PillKind = Pill['kind'];

/** The one thing the sync pill says: the first that applies. */
export function syncPill(input: PillInput): Pill {
  const { state, waiting, now } = input;
  if (!input.signedIn || state?.connectivity.kind === 'sign-in') return { kind: 'sign-in', tone: 'bad', waiting };
  if (input.storageFull || lacksRoom(state)) return { kind: 'storage-full', tone: 'bad', waiting };
  if (state?.trouble) return { kind: 'storage-failed', tone: 'bad', waiting, begun: state.trouble.at !== 'start' };
  if (input.needsYou > 0) return { kind: 'needs-you', tone: 'warn', count: input.needsYou };
  if (input.chosenOffline || state?.connectivity.kind === 'chosen-offline') return { kind: 'chosen-offline', tone: 'grey', waiting };
  if (!state) return { kind: 'connecting', tone: 'grey' };
  const { connectivity, activity } = state;
  if (connectivity.kind === 'offline') return { kind: 'offline', tone: 'grey', waiting };
  if (connectivity.kind === 'busy') return { kind: 'busy', tone: 'warn', retryIn: Math.max(0, connectivity.until - now) };
  if (connectivity.kind === 'budget') return { kind: 'budget', tone: 'grey', goesOnIn: Math.max(0, connectivity.until - now), waiting };
  if (activity.kind === 'sending') {
    return { kind: 'sending', tone: 'primary', done: Math.min(activity.done + 1, activity.total), total: activity.total };
  }
  if (activity.kind === 'downloading') return { kind: 'downloading', tone: 'primary', percent: Math.floor(100 * activity.part) };
  if (waiting > 0) return { kind: 'waiting', tone: 'primary', waiting };
  return { kind: 'up-to-date', tone: 'ok', age: state.lastSync === null ? null : Math.max(0, now - state.lastSync) };
}

function lacksRoom(state: SyncState | null): boolean {
  if (state === null) return false;
  if (state.trouble?.code === 'storage-full' || state.safetyCopy.failing?.code === 'storage-full') return true;
  return Object.values(state.pulls).some((pull) => pull.error?.code === 'storage-full');
}
