import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backOff } from '@shared/sync/backoff';
import { notThereCounts } from '@shared/sync/marker';
import { triage } from '@shared/sync/triage';
import type { OperationKind } from '@shared/sync/outbox-entry';

const kinds: OperationKind[] = ['create', 'update', 'submit', 'cancel', 'delete', 'workflow', 'comment', 'attach', 'detach'];
const kind = fc.constantFrom(...kinds);

describe('triage', () => {
  it('never sends again unlooked what may have been done', () => {
    fc.assert(
      fc.property(
        kind,
        fc.constantFrom('timeout' as const, 'lost' as const, 'not-frappe' as const),
        fc.nat(20),
        (operation, error, attempts) => {
          expect(triage(operation, { code: error, details: {} }, attempts)).toBe('uncertain');
        },
      ),
    );
  });

  it('parks nothing because of the network, the sign-in or the moment', () => {
    for (const operation of kinds) {
      for (const error of ['offline', 'timeout', 'lost', 'not-frappe', 'rate-limited', 'busy', 'try-again', 'sign-in'] as const) {
        expect(triage(operation, { code: error, details: {} }, 99)).not.toBe('park');
      }
    }
  });

  it('gives a 500 of Frappe three tries, and one of a proxy a look', () => {
    const failed = { code: 'server-error' as const, details: { excType: 'TypeError' } };
    expect([1, 2, 3].map((attempts) => triage('update', failed, attempts))).toEqual(['again', 'again', 'park']);
    expect(triage('create', { code: 'server-error', details: {} }, 1)).toBe('uncertain');
  });

  it('takes a document that is not there for a deleted one, or goes to find it', () => {
    const missing = { code: 'not-found' as const, details: {} };
    expect(kinds.map((operation) => triage(operation, missing, 1))).toEqual([
      'park',
      'find',
      'find',
      'find',
      'done',
      'find',
      'find',
      'find',
      'find',
    ]);
  });
});

describe('back-off', () => {
  it('is never longer than five minutes, and never shorter than the server asked', () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.option(fc.integer({ min: 0, max: 7200 }), { nil: undefined }),
        (attempts, random, retryAfter) => {
          const wait = backOff(attempts, random, retryAfter);
          if (retryAfter === undefined) expect(wait).toBeLessThanOrEqual(300_000);
          else expect(wait).toBeGreaterThanOrEqual(retryAfter * 1000);
        },
      ),
    );
  });
});

describe('a hundred devices that come back at once', () => {
  const devices = Array.from({ length: 100 }, (_, device) => device / 100);

  it('do not try again in step, with or without a pause that the server asked for', () => {
    for (const attempts of [1, 4, 30]) {
      for (const retryAfter of [undefined, 60]) {
        const waits = devices.map((random) => backOff(attempts, random, retryAfter));
        const span = Math.max(...waits) - Math.min(...waits);
        expect(new Set(waits).size, `attempt ${attempts}`).toBeGreaterThan(90);
        expect(span).toBeGreaterThan(2_000);
      }
    }
  });
});

describe('a look that finds nothing', () => {
  const date = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toUTCString();

  it('counts only 150 s after the attempt, by this clock and by the server’s', () => {
    expect(notThereCounts({ since: 0, lookedAt: date(0) }, 149_999, date(200))).toBe(false);
    expect(notThereCounts({ since: 0, lookedAt: date(0) }, 150_000, date(150))).toBe(true);
    expect(notThereCounts({ since: 0, lookedAt: date(0) }, 9_000_000, date(20))).toBe(false);
    expect(notThereCounts({ since: 0 }, 9_000_000, date(20))).toBe(false);
    expect(notThereCounts({ since: 0 }, 150_000, null)).toBe(true);
  });
});
