import { describe, expect, test } from 'vitest';
import { parseDate, parseTime } from '@shared/form/parse-date';

const today = '2026-11-23';

describe('dates as people type them', () => {
  test.each([
    ['2026-11-05', 'dd-mm-yyyy', '2026-11-05'],
    ['5/12/2026', 'dd-mm-yyyy', '2026-12-05'],
    ['12/5/2026', 'mm-dd-yyyy', '2026-12-05'],
    ['5.12.', 'dd.mm.yyyy', '2026-12-05'],
    ['5.12.27', 'dd.mm.yyyy', '2027-12-05'],
    ['0512', 'dd-mm-yyyy', '2026-12-05'],
    ['051227', 'dd-mm-yyyy', '2027-12-05'],
    ['05122027', 'dd-mm-yyyy', '2027-12-05'],
    ['20271205', 'yyyy-mm-dd', '2027-12-05'],
    ['12-05', 'yyyy-mm-dd', '2026-12-05'],
    ['5', 'dd-mm-yyyy', '2026-11-05'],
    ['5 dec', 'dd-mm-yyyy', '2026-12-05'],
    ['dec 5', 'dd-mm-yyyy', '2026-12-05'],
    ['5 December 2027', 'mm-dd-yyyy', '2027-12-05'],
    ['today', 'dd-mm-yyyy', today],
    ['t', 'dd-mm-yyyy', today],
    ['+8', 'dd-mm-yyyy', '2026-12-01'],
    ['-1', 'dd-mm-yyyy', '2026-11-22'],
    ['tomorrow', 'dd-mm-yyyy', '2026-11-24'],
    ['31/2/2026', 'dd-mm-yyyy', null],
    ['soon', 'dd-mm-yyyy', null],
    ['', 'dd-mm-yyyy', null],
    ['1/2/3/4', 'dd-mm-yyyy', null],
  ])('%s in %s is %s', (text, format, expected) => {
    expect(parseDate(text, format, today)).toBe(expected);
  });
});

describe('times as people type them', () => {
  test.each([
    ['9', '09:00:00'],
    ['9:05', '09:05:00'],
    ['905', '09:05:00'],
    ['0905', '09:05:00'],
    ['9.05', '09:05:00'],
    ['9:05:30', '09:05:30'],
    ['9pm', '21:00:00'],
    ['12 am', '00:00:00'],
    ['25:00', null],
    ['9:75', null],
    ['noon', null],
  ])('%s is %s', (text, expected) => {
    expect(parseTime(text)).toBe(expected);
  });
});
