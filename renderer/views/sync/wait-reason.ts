import type { DocumentKey, EntryState } from '@shared/sync/outbox-entry';
import type { SyncState } from '@shared/sync/sync-state';

/** Why an entry has not been sent. `in`: milliseconds until it is tried, 0 for now. */
export type WaitReason =
  | { why: 'sending' }
  | { why: 'uncertain'; ago: number | null }
  | { why: 'on'; on: DocumentKey[] }
  | { why: 'trouble' | 'signIn' | 'chosenOffline' | 'offline' | 'turn' }
  | { why: 'busy' | 'budget' | 'backOff'; in: number };

/** What to say of an entry that is not parked; `now` in milliseconds. */
export function waitReason(state: EntryState, sync: Pick<SyncState, 'connectivity' | 'trouble'> | null, now: number): WaitReason {
  const connectivity = sync?.connectivity;
  if (state.at === 'sending') return { why: 'sending' };
  if (state.at === 'uncertain') return { why: 'uncertain', ago: state.since === 0 ? null : Math.max(0, now - state.since) };
  if (sync?.trouble) return { why: 'trouble' };
  if (connectivity?.kind === 'sign-in') return { why: 'signIn' };
  if (connectivity?.kind === 'chosen-offline') return { why: 'chosenOffline' };
  if (connectivity?.kind === 'offline') return { why: 'offline' };
  if (state.at === 'waiting') return { why: 'on', on: state.on };
  if (connectivity?.kind === 'busy') return { why: 'busy', in: Math.max(0, connectivity.until - now) };
  if (connectivity?.kind === 'budget') return { why: 'budget', in: Math.max(0, connectivity.until - now) };
  if (state.at === 'queued' && state.notBefore !== undefined && state.notBefore > now) return { why: 'backOff', in: state.notBefore - now };
  return { why: 'turn' };
}
