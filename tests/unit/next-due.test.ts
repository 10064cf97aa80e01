import { expect, test } from 'vitest';
import { nextDue } from '@shared/sync/dependencies';
import type { OutboxEntry } from '@shared/sync/outbox-entry';

const now = 1_000_000;

const entry = (id: string, kind: 'create' | 'submit', state: OutboxEntry['state'], name = 'fb-new-one'): OutboxEntry => ({
  id,
  seq: Number(id),
  revision: 1,
  doctype: 'Sales Order',
  name,
  operation: kind === 'create' ? { kind, values: {} } : { kind, seen: {} },
  modified: null,
  marker: null,
  state,
  attempts: 0,
  createdAt: 0,
  lastError: null,
});

const refused: OutboxEntry['state'] = {
  at: 'parked',
  since: 0,
  problem: { kind: 'refused', code: 'refused', message: '', serverMessages: [], fields: [] },
};

test('no time comes for what stands behind a refused change of its document: a person has to act first', () => {
  const behind = [entry('1', 'create', refused), entry('2', 'submit', { at: 'queued' })];
  expect(nextDue(behind, now)).toBe(null);
  const later = entry('3', 'create', { at: 'queued', notBefore: now + 5_000 }, 'fb-new-two');
  expect(nextDue([...behind, later], now)).toBe(now + 5_000);
});

test('nor for what stands behind one that waits for another document', () => {
  const waits = entry('1', 'create', { at: 'waiting', on: [{ doctype: 'Customer', name: 'fb-new-c' }] });
  expect(nextDue([waits, entry('2', 'submit', { at: 'queued' })], now)).toBe(null);
});
