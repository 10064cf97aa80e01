import { describe, expect, test } from 'vitest';
import { initialState } from '@shared/sync/sync-state';
import type { SyncState } from '@shared/sync/sync-state';
import { syncPill } from '../../renderer/stores/sync-pill';
import type { PillInput } from '../../renderer/stores/sync-pill';

const now = 1_700_000_000_000;

const state = (changes: Partial<SyncState> = {}): SyncState => ({
  ...initialState('a'),
  lastContact: now,
  lastSync: now - 120_000,
  ...changes,
});
const input = (changes: Partial<PillInput> = {}): PillInput => ({
  state: state(),
  signedIn: true,
  chosenOffline: false,
  storageFull: false,
  waiting: 0,
  needsYou: 0,
  now,
  ...changes,
});

describe('the pill says the first thing that applies', () => {
  const offline = state({ connectivity: { kind: 'offline', since: now, nextTryAt: null } });
  const busy = state({ connectivity: { kind: 'busy', until: now + 90_000 } });

  test('an expired sign-in comes before everything', () => {
    const everything = input({
      state: state({ connectivity: { kind: 'sign-in' } }),
      storageFull: true,
      needsYou: 1,
      chosenOffline: true,
      waiting: 3,
    });
    expect(syncPill(everything)).toEqual({ kind: 'sign-in', tone: 'bad', waiting: 3 });
    expect(syncPill(input({ signedIn: false, state: offline }))).toMatchObject({ kind: 'sign-in' });
  });

  test('a full storage comes next, whether the browser or a download says so', () => {
    expect(syncPill(input({ storageFull: true, needsYou: 1, waiting: 3 }))).toEqual({ kind: 'storage-full', tone: 'bad', waiting: 3 });
    const failed = {
      doctype: 'Item',
      state: 'failed',
      done: 0,
      total: null,
      bytes: 0,
      completedAt: null,
      error: { code: 'storage-full', message: '' },
    } as const;
    const full = { at: 'storage', code: 'storage-full', message: '' } as const;
    expect(syncPill(input({ state: state({ trouble: full }), waiting: 1 }))).toEqual({ kind: 'storage-full', tone: 'bad', waiting: 1 });
    expect(syncPill(input({ state: state({ trouble: { ...full, at: 'start', code: 'key-store' } }) }))).toMatchObject({
      kind: 'storage-failed',
      begun: false,
    });
    expect(syncPill(input({ state: state({ pulls: { Item: failed } }) }))).toMatchObject({ kind: 'storage-full' });
    const safetyCopy = { failing: { code: 'storage-full', message: '' }, unreadable: 0, damaged: 0 } as const;
    expect(syncPill(input({ state: state({ safetyCopy }) }))).toMatchObject({ kind: 'storage-full' });
  });

  test('what needs a person comes before being offline', () => {
    expect(syncPill(input({ state: offline, needsYou: 2, waiting: 5, chosenOffline: true }))).toEqual({
      kind: 'needs-you',
      tone: 'warn',
      count: 2,
    });
  });

  test('offline by choice is told apart from having no connection', () => {
    expect(syncPill(input({ chosenOffline: true, state: offline, waiting: 3 }))).toEqual({
      kind: 'chosen-offline',
      tone: 'grey',
      waiting: 3,
    });
    expect(syncPill(input({ state: state({ connectivity: { kind: 'chosen-offline' } }) }))).toMatchObject({ kind: 'chosen-offline' });
    expect(syncPill(input({ state: offline, waiting: 3 }))).toEqual({ kind: 'offline', tone: 'grey', waiting: 3 });
  });

  test('a busy server says when it is tried again, never in the past', () => {
    expect(syncPill(input({ state: busy, waiting: 1 }))).toEqual({ kind: 'busy', tone: 'warn', retryIn: 90_000 });
    const budget = state({ connectivity: { kind: 'budget', until: now + 60_000 } });
    expect(syncPill(input({ state: budget, waiting: 1 }))).toEqual({ kind: 'budget', tone: 'grey', goesOnIn: 60_000, waiting: 1 });
    expect(syncPill(input({ state: busy, now: now + 200_000 }))).toMatchObject({ retryIn: 0 });
  });

  test('sending counts the one under way, and no further than the last', () => {
    expect(syncPill(input({ state: state({ activity: { kind: 'sending', done: 1, total: 7 } }), waiting: 6 }))).toEqual({
      kind: 'sending',
      tone: 'primary',
      done: 2,
      total: 7,
    });
    expect(syncPill(input({ state: state({ activity: { kind: 'sending', done: 7, total: 7 } }) }))).toMatchObject({ done: 7, total: 7 });
  });

  test('downloading tells how much of the round is done', () => {
    expect(syncPill(input({ state: state({ activity: { kind: 'downloading', part: 0.409 } }) }))).toEqual({
      kind: 'downloading',
      tone: 'primary',
      percent: 40,
    });
  });

  test('it never says "up to date" while something waits', () => {
    expect(syncPill(input({ waiting: 1 }))).toMatchObject({ kind: 'waiting', waiting: 1 });
  });

  test('with nothing to do it tells the age of the last full round', () => {
    expect(syncPill(input())).toEqual({ kind: 'up-to-date', tone: 'ok', age: 120_000 });
    expect(syncPill(input({ state: state({ lastSync: null }) }))).toMatchObject({ age: null });
  });

  test('before the engine has spoken it claims nothing', () => {
    expect(syncPill(input({ state: null }))).toEqual({ kind: 'connecting', tone: 'grey' });
  });
});
