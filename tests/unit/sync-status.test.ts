import { describe, expect, it } from 'vitest';
import type { PullProgress, SyncState } from '@shared/sync/sync-state';
import { SyncStatus } from '../../renderer/sync/sync-status';

const pull = (doctype: string, changes: Partial<PullProgress> = {}): PullProgress => ({
  doctype,
  state: 'downloading',
  done: 0,
  total: null,
  bytes: 0,
  completedAt: null,
  error: null,
  ...changes,
});

function statusOf() {
  const told: SyncState['activity'][] = [];
  const status = new SyncStatus(
    'a',
    { state: { kind: 'online' }, lastContact: null, clockOff: null, pauses: { count: 0, last: null } },
    (state) => told.push(state.activity),
  );
  return { status, told };
}

describe('how much of a download is done', () => {
  it('counts each DocType of the round alike, those to come included, and what they link to as one more', () => {
    const { status, told } = statusOf();
    status.downloading(['Customer', 'Item', 'Sales Order']);
    status.pulled(pull('Customer', { done: 50, total: 100 }));
    expect(told.at(-1)).toEqual({ kind: 'downloading', part: 0.125 });
    status.pulled(pull('Customer', { state: 'done', done: 100, total: 100 }));
    status.pulled(pull('Item', { state: 'failed' }));
    status.pulled(pull('Sales Order', { state: 'done' }));
    expect(told.at(-1)).toEqual({ kind: 'downloading', part: 0.75 });
  });

  it('is under way from the first DocType to the end, also between two', () => {
    const { status, told } = statusOf();
    status.downloading(['Customer', 'Item']);
    status.pulled(pull('Customer', { state: 'done' }));
    expect(told.map(({ kind }) => kind)).toEqual(['downloading', 'downloading']);
    status.downloaded(7);
    expect(told.at(-1)).toEqual({ kind: 'idle' });
    expect(status.state.lastSync).toBe(7);
  });

  it('never falls within a round', () => {
    const { status, told } = statusOf();
    status.downloading(['Customer']);
    status.pulled(pull('Customer', { done: 80, total: 100 }));
    status.pulled(pull('Customer', { done: 80, total: 400 }));
    expect(told.at(-1)).toEqual({ kind: 'downloading', part: 0.4 });
  });
});

describe('what a comparison of names cost', () => {
  const found = { fetched: 1, silent: 0, renamed: 0, gone: 2 };

  it('is told for each DocType, its last one, and together for a round', () => {
    const { status } = statusOf();
    status.compared('Item', { requests: 1, names: 5, found }, 100, 150);
    status.compared('Customer', { requests: 3, names: 7, found }, 100, 200);
    expect(status.state.comparison).toMatchObject({ requests: 4, names: 12 });
    status.compared('Item', { requests: 1, names: 6, found }, 900, 950);
    expect(status.state.comparison).toMatchObject({ requests: 1, names: 6 });
    expect(status.state.comparisons).toEqual({
      Customer: { requests: 3, names: 7, found, at: 200 },
      Item: { requests: 1, names: 6, found, at: 950 },
    });
  });
});
