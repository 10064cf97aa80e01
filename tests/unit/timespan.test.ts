import { describe, expect, test } from 'vitest';
import { asAsked, plainFilters } from '@shared/erp/list-filter';
import { rangeOf, timespans } from '@shared/erp/timespan';

describe('the days of a period', () => {
  // A Sunday; the year before was a leap year.
  const sunday = { date: '2025-11-30', weekStart: 'Monday' } as const;
  test.each([
    ['today', '2025-11-30', '2025-11-30'],
    ['yesterday', '2025-11-29', '2025-11-29'],
    ['tomorrow', '2025-12-01', '2025-12-01'],
    ['this week', '2025-11-24', '2025-11-30'],
    ['last week', '2025-11-17', '2025-11-23'],
    ['next week', '2025-12-01', '2025-12-07'],
    ['this month', '2025-11-01', '2025-11-30'],
    ['last month', '2025-10-01', '2025-10-31'],
    ['next month', '2025-12-01', '2025-12-31'],
    ['this quarter', '2025-10-01', '2025-12-31'],
    ['last quarter', '2025-07-01', '2025-09-30'],
    ['next quarter', '2026-01-01', '2026-03-31'],
    ['this year', '2025-01-01', '2025-12-31'],
    ['last year', '2024-01-01', '2024-12-31'],
    ['next year', '2026-01-01', '2026-12-31'],
    ['last 7 days', '2025-11-23', '2025-11-30'],
    ['last 14 days', '2025-11-16', '2025-11-30'],
    ['last 30 days', '2025-10-31', '2025-11-30'],
    ['last 90 days', '2025-09-01', '2025-11-30'],
    ['next 7 days', '2025-11-30', '2025-12-07'],
    ['next 14 days', '2025-11-30', '2025-12-14'],
    ['next 30 days', '2025-11-30', '2025-12-30'],
    ['last 6 months', '2025-04-01', '2025-09-30'],
    ['next 6 months', '2026-01-01', '2026-06-30'],
  ] as const)('%s', (timespan, from, to) => {
    expect(rangeOf(timespan, sunday)).toEqual([from, to]);
  });

  test('of a week begin on the day that the site says', () => {
    expect(rangeOf('this week', { date: '2025-11-30', weekStart: 'Sunday' })).toEqual(['2025-11-30', '2025-12-06']);
    expect(rangeOf('this week', { date: '2025-11-30', weekStart: 'Saturday' })).toEqual(['2025-11-29', '2025-12-05']);
  });

  test('reach over the turn of a year, and to the end of February', () => {
    expect(rangeOf('last month', { date: '2026-01-31', weekStart: 'Monday' })).toEqual(['2025-12-01', '2025-12-31']);
    expect(rangeOf('last 6 months', { date: '2026-02-10', weekStart: 'Monday' })).toEqual(['2025-07-01', '2025-12-31']);
    expect(rangeOf('this month', { date: '2024-02-01', weekStart: 'Monday' })).toEqual(['2024-02-01', '2024-02-29']);
    expect(rangeOf('next week', { date: '2025-12-29', weekStart: 'Monday' })).toEqual(['2026-01-05', '2026-01-11']);
  });

  test('are in order, whatever the day', () => {
    for (const timespan of timespans) {
      const [from, to] = rangeOf(timespan, { date: '2024-02-29', weekStart: 'Wednesday' });
      expect(from <= to).toBe(true);
    }
  });
});

test('a period is asked for as its days of today, and cannot be part of what is downloaded', () => {
  const filters = [
    ['status', '=', 'Draft'],
    ['transaction_date', 'timespan', 'last month'],
  ] as const satisfies Parameters<typeof asAsked>[0];
  expect(asAsked(filters, { date: '2026-03-31', weekStart: 'Sunday' })).toEqual([
    ['status', '=', 'Draft'],
    ['transaction_date', 'between', ['2026-02-01', '2026-02-28']],
  ]);
  expect(plainFilters(filters)).toEqual([['status', '=', 'Draft']]);
});
