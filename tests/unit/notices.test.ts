import { expect, it } from 'vitest';
import { noticesOf, placeOf } from '@shared/system/notices';
import { told } from '../support/told';

const minute = 60_000;

it('says that something needs the person when it is more than before', () => {
  expect(noticesOf(told(), told({ needsYou: 2 }))).toEqual([{ kind: 'needs-you', count: 2 }]);
  expect(noticesOf(told({ needsYou: 2 }), told({ needsYou: 2 }))).toEqual([]);
  expect(noticesOf(told({ needsYou: 2 }), told({ needsYou: 1 }))).toEqual([]);
});

it('says once that the sign-in has expired', () => {
  expect(noticesOf(told(), told({ pill: 'sign-in', unsent: 3 }))).toEqual([{ kind: 'sign-in', unsent: 3 }]);
  expect(noticesOf(told({ pill: 'sign-in' }), told({ pill: 'sign-in', unsent: 3 }))).toEqual([]);
});

it('says that a long download is complete, and nothing of a short one or one that broke off', () => {
  const running = told({ download: { since: 5 * minute, lastSync: null } });
  expect(noticesOf(running, told({ download: { since: null, lastSync: 7 * minute } }))).toEqual([{ kind: 'downloaded' }]);
  expect(noticesOf(running, told({ download: { since: null, lastSync: 5 * minute + 3_000 } }))).toEqual([]);
  expect(noticesOf(running, told({ download: { since: null, lastSync: null } }))).toEqual([]);
  expect(noticesOf(running, told({ download: { since: null, lastSync: 2 * minute } }))).toEqual([]);
});

it('takes neither the first state after a start nor that of another account for news', () => {
  expect(noticesOf(null, told({ needsYou: 2, pill: 'sign-in' }))).toEqual([]);
  expect(noticesOf(told(), told({ account: 'f'.repeat(32), needsYou: 2 }))).toEqual([]);
  expect(noticesOf(told({ account: null }), told({ needsYou: 2 }))).toEqual([]);
});

it('leads to the screen that it speaks of', () => {
  expect(placeOf({ kind: 'needs-you', count: 1 })).toBe('needs-you');
  expect(placeOf({ kind: 'sign-in', unsent: 0 })).toBe('sign-in');
  expect(placeOf({ kind: 'downloaded' })).toBe('get-ready');
});
