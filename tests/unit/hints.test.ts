import { describe, expect, it } from 'vitest';
import type { LiveHint } from '@shared/bridge/live';
import { documentKey, nextDue, nothingPending, takeDue, withHint, withWritten } from '@shared/sync/hints';
import type { Pending } from '@shared/sync/hints';

const list = (name: string | null, user: string | null = 'office@example.com', doctype = 'Customer'): LiveHint => ({
  kind: 'list',
  doctype,
  name,
  user,
});
const nobody = { user: 'field@example.com', written: new Map<string, number>() };

/** Hints that came at these moments (ms), each with half of the jitter. */
const come = (...hints: [at: number, hint: LiveHint][]): Pending =>
  hints.reduce((pending, [now, hint]) => withHint(pending, hint, { now, random: 0.5 }), nothingPending);

describe('what hints make of themselves', () => {
  it('asks within two seconds of the first hint, never at the very moment at which everybody heard it', () => {
    const due = [0, 0.5, 0.999].map((random) => nextDue(withHint(nothingPending, list('A'), { now: 1_000, random })) ?? 0);
    expect(due).toEqual([...due].sort((a, b) => a - b));
    expect(due[0]).toBeGreaterThan(1_000);
    expect(due[2]).toBeLessThanOrEqual(3_000);
    expect(new Set(due).size).toBe(3);
  });

  it('makes one pull of a burst, and does not put it off', () => {
    const pending = come(...Array.from({ length: 50 }, (_, n): [number, LiveHint] => [n * 20, list(`C-${n}`)]));
    expect(nextDue(pending)).toBe(nextDue(come([0, list('C-0')])));
    const { doctypes, left } = takeDue(pending, 2_000, nobody);
    expect(doctypes).toHaveLength(1);
    expect(doctypes[0]?.names).toHaveLength(50);
    expect(nextDue(left)).toBeNull();
  });

  it('does not look at single names where thousands changed', () => {
    const pending = come(...Array.from({ length: 300 }, (_, n): [number, LiveHint] => [n, list(`C-${n}`)]));
    expect(takeDue(pending, 5_000, nobody).doctypes).toEqual([{ doctype: 'Customer', names: null }]);
  });

  it('leaves two seconds between two pulls of a DocType, and holds up no other', () => {
    const soon = withHint(nothingPending, list('A'), { now: 10_000, random: 0, pulledAt: 9_900 });
    expect(nextDue(soon)).toBe(11_900);
    const other = withHint(soon, list('B', null, 'Item'), { now: 10_000, random: 0 });
    expect(takeDue(other, 10_300, nobody).doctypes.map(({ doctype }) => doctype)).toEqual(['Item']);
  });

  it('is not held up by a clock that was set back since the last pull', () => {
    expect(nextDue(withHint(nothingPending, list('A'), { now: 1_000, random: 0, pulledAt: 9_000_000 }))).toBe(1_300);
  });

  it('drops the echo of what this device wrote, also where its answer came after the hint', () => {
    const pending = come([0, list('Mine', 'field@example.com')]);
    const written = withWritten(new Map(), documentKey('Customer', 'Mine'), 500);
    expect(takeDue(pending, 2_000, { user: 'field@example.com', written }).doctypes).toEqual([]);
  });

  it('takes the same user on another device, an old write and somebody else’s change of the same document for news', () => {
    const written = withWritten(new Map(), documentKey('Customer', 'Mine'), 500);
    const own = { user: 'field@example.com', written };
    expect(takeDue(come([0, list('Other', 'field@example.com')]), 2_000, own).doctypes).toHaveLength(1);
    expect(takeDue(come([0, list('Mine', 'field@example.com')]), 60_000, own).doctypes).toHaveLength(1);
    expect(takeDue(come([0, list('Mine', 'field@example.com')], [10, list('Mine')]), 2_000, own).doctypes).toHaveLength(1);
    expect(takeDue(come([0, list('Mine')], [10, list('Mine', 'field@example.com')]), 2_000, own).doctypes).toHaveLength(1);
  });

  it('asks for everything once after a gap, with the DocTypes that wait', () => {
    const missed = (connectedAt: number): LiveHint => ({ kind: 'missed', connectedAt });
    const pending = come([0, missed(0)], [100, missed(100)], [200, list('A')]);
    const { all, doctypes, left } = takeDue(pending, 10_000, nobody);
    expect([all, doctypes.length, nextDue(left)]).toEqual([true, 1, null]);
  });

  it('tells of an open document once, however often it was saved', () => {
    const saved: LiveHint = { kind: 'document', doctype: 'Customer', name: 'A', modified: null };
    expect(takeDue(come([0, saved], [50, saved]), 3_000, nobody).documents).toEqual([{ doctype: 'Customer', name: 'A' }]);
  });
});
