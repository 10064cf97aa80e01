import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { budgetOf } from '@shared/api-use/budget';
import { endpointKey, endpointOf, endpointOfKey } from '@shared/api-use/endpoint';
import { percentile, stepOf } from '@shared/api-use/latency';
import { useReport } from '@shared/api-use/report';
import { counted, emptyRing, ringSchema, within } from '@shared/api-use/ring';
import type { Change, Ring } from '@shared/api-use/ring';
import { rates } from '../simulation/fleet/stampede';

const minute = 60_000;
const hour = 60 * minute;
const now = Date.UTC(2026, 10, 23, 9, 30, 20);
const order = endpointKey(endpointOf('GET /api/resource/Sales Order'));

const ringOf = (changes: [at: number, key: string, change: Change][]): Ring =>
  changes.reduce((ring, [at, key, change]) => counted(ring, at, key, change), emptyRing());

describe('what a request was about', () => {
  test.each([
    ['GET /api/resource/Sales Order', { kind: 'doctype', name: 'Sales Order' }],
    ['PUT /api/resource/Sales Order/…', { kind: 'doctype', name: 'Sales Order' }],
    ['POST /api/method/frappe.client.get_list (Item)', { kind: 'doctype', name: 'Item' }],
    ['GET /api/method/frappe.client.get_time_zone', { kind: 'method', name: 'frappe.client.get_time_zone' }],
    ['POST /api/method/upload_file', { kind: 'files', name: '' }],
    ['GET /files/…', { kind: 'files', name: '' }],
    ['GET /api/method/frappe.utils.print_format.download_pdf', { kind: 'files', name: '' }],
    ['GET /login', { kind: 'other', name: '' }],
  ])('%s', (label, endpoint) => {
    expect(endpointOf(label)).toEqual(endpoint);
    expect(endpointOfKey(endpointKey(endpointOf(label)))).toEqual(endpoint);
  });
});

describe('the last hour and day', () => {
  test('are told by the minute and the quarter of an hour, empty ones too, and by what was asked for', () => {
    const ring = ringOf([
      [now - 2 * hour, order, { requests: 1 }],
      [now - 5 * minute, order, { requests: 1 }],
      [now - 5 * minute, order, { received: 900, sent: 10, ms: 120 }],
      [now, 'method:ping', { requests: 1, retried: 1 }],
      [now, 'method:ping', { failed: 1 }],
    ]);
    const last = useReport(ring, 'hour', now);
    expect(last.points).toHaveLength(61);
    expect(last.points.at(-6)).toMatchObject({ at: now - 20_000 - 5 * minute, requests: 1, received: 900, sent: 10 });
    expect(last.points.at(-2)).toMatchObject({ requests: 0, median: null });
    expect(last.total).toMatchObject({ requests: 2, failed: 1, retried: 1 });
    expect(last.endpoints.map(({ endpoint }) => endpoint.name)).toEqual(['ping', 'Sales Order']);
    const day = useReport(ring, 'day', now);
    expect(day.points).toHaveLength(97);
    expect(day.total.requests).toBe(3);
    expect(day.endpoints[0]).toMatchObject({ endpoint: { name: 'Sales Order' }, requests: 2 });
  });

  test('stay bounded, however much and however many different things are asked for', () => {
    let ring = emptyRing();
    for (let at = now; at < now + 30 * hour; at += 3 * minute) ring = counted(ring, at, order, { requests: 1 });
    for (let n = 0; n < 500; n += 1) ring = counted(ring, now + 30 * hour, `method:a${n}`, { requests: 1 });
    expect(ring.minutes.length).toBeLessThanOrEqual(61);
    expect(ring.quarters.length).toBeLessThanOrEqual(97);
    expect(Object.keys(ring.minutes.at(-1)!.by).length).toBeLessThanOrEqual(121);
    expect(useReport(ring, 'hour', now + 30 * hour).endpoints.find(({ endpoint }) => endpoint.kind === 'other')?.requests).toBeGreaterThan(
      350,
    );
    expect(ringSchema.parse(JSON.parse(JSON.stringify(ring)))).toEqual(ring);
  });

  test('are not upset by a clock that is set back', () => {
    const ring = ringOf([
      [now, order, { requests: 5 }],
      [now - 3 * hour, order, { requests: 1 }],
    ]);
    expect(useReport(ring, 'hour', now - 3 * hour).total.requests).toBe(1);
  });
});

test('a percentile is at most a tenth longer than the time that it stands for, and never shorter', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 1, max: 300_000, noNaN: true }), { minLength: 1, maxLength: 200 }),
      fc.constantFrom(0.5, 0.95),
      (all, part) => {
        const times: Record<string, number> = {};
        for (const ms of all) times[stepOf(ms)] = (times[stepOf(ms)] ?? 0) + 1;
        const sorted = [...all].sort((a, b) => a - b);
        const exact = sorted[Math.ceil(sorted.length * part) - 1]!;
        const told = percentile(times, part)!;
        expect(told).toBeGreaterThanOrEqual(Math.floor(exact));
        expect(told).toBeLessThanOrEqual(exact * 1.1 + 1);
      },
    ),
  );
  expect(percentile({}, 0.5)).toBeNull();
});

describe('a budget of requests in an hour', () => {
  const minutes = (counts: [ago: number, requests: number][]) =>
    within(ringOf(counts.map(([ago, requests]) => [now - ago * minute, order, { requests }])), 'hour', now);

  test('tells what is left, and when sync goes on once it is used up: when a tenth of it is free again', () => {
    const some = minutes([
      [50, 30],
      [20, 40],
      [1, 20],
    ]);
    expect(budgetOf(100, some, now)).toEqual({ limit: 100, used: 90, left: 10, goesOnAt: null });
    // The 30 of fifty minutes ago leave when all of their minute is an hour old.
    const gone = now - 20_000 - 50 * minute + hour + minute;
    expect(budgetOf(90, some, now)).toMatchObject({ used: 90, left: 0, goesOnAt: gone });
    expect(budgetOf(90, some, gone).left).toBe(30);
    // Thirty free ones are not enough where sixty were too many.
    expect(budgetOf(30, some, now).goesOnAt).toBe(now - 20_000 - 20 * minute + hour + minute);
  });

  test('is never more than its hour holds: going on when it says so, there is room', () => {
    const ago = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(ago, fc.integer({ min: 1, max: 50 })), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 500 }),
        (asked, limit) => {
          const all = minutes([...asked].sort((a, b) => b[0] - a[0]));
          const { used, left, goesOnAt } = budgetOf(limit, all, now);
          expect(left).toBe(Math.max(0, limit - used));
          if (goesOnAt === null) return;
          expect(goesOnAt).toBeGreaterThan(now);
          expect(goesOnAt).toBeLessThanOrEqual(now + hour + minute);
          expect(budgetOf(limit, all, goesOnAt).left).toBeGreaterThanOrEqual(Math.min(limit, Math.max(1, Math.ceil(limit / 10))));
        },
      ),
    );
  });
});

test('the worst ten seconds of a fleet are told from its mean', () => {
  const steady = Array.from({ length: 1_000 }, (_, n) => n * 100);
  expect(rates(steady, 0, 100_000)).toEqual({ peak: 10, mean: 10 });
  const { peak, mean } = rates(
    [...steady, ...Array.from({ length: 300 }, () => 50_000)].sort((a, b) => a - b),
    0,
    100_000,
  );
  expect(peak).toBe(40);
  expect(mean).toBe(13);
});
