import { expect, it } from 'vitest';
import { clockOff } from '@shared/sync/clock-off';

const date = 'Fri, 27 Nov 2026 10:00:00 GMT';
const at = Date.parse(date);
const minute = 60_000;

it('tells how far a clock is off in either direction, and nothing where it is near or the answer does not say', () => {
  expect(clockOff(at + 60 * minute, date)).toBe(60 * minute);
  expect(clockOff(at - 60 * minute, date)).toBe(-60 * minute);
  expect(clockOff(at + 5 * minute, date)).toBeNull();
  expect(clockOff(at - 5 * minute, date)).toBeNull();
  expect(clockOff(at, 'yesterday')).toBeNull();
});
