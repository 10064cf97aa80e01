import { describe, expect, test } from 'vitest';
import { formatCurrency } from '@shared/format/currency';
import { formatDate, formatDatetime, formatTime } from '@shared/format/date';
import { formatNumber, formatQuantity, readNumberFormat } from '@shared/format/number';

describe('numbers are written as the site writes them', () => {
  test.each([
    ['#,###.##', '1,234,567.89'],
    ['#.###,##', '1.234.567,89'],
    ['# ###.##', '1\u00a0234\u00a0567.89'],
    ['# ###,##', '1\u00a0234\u00a0567,89'],
    ["#'###.##", "1'234'567.89"],
    ['#, ###.##', '1,\u00a0234,\u00a0567.89'],
    ['#,##,###.##', '12,34,567.89'],
    ['#,###.###', '1,234,567.891'],
    ['#.###', '1.234.568'],
    ['#,###', '1,234,568'],
  ])('%s', (pattern, text) => {
    const value = 1234567.8912;
    expect(formatNumber(value, readNumberFormat(pattern))).toBe(text);
  });

  test('a half is rounded away from zero as a decimal, not as a float', () => {
    expect(formatNumber(1.005, readNumberFormat('#,###.##'))).toBe('1.01');
    expect(formatNumber(-0.004, readNumberFormat('#,###.##'))).toBe('0.00');
    expect(formatNumber(-1234.5, readNumberFormat('#,###.##'))).toBe('-1,234.50');
  });

  test('a quantity has no needless zeros', () => {
    const format = readNumberFormat('#.###,##');
    expect(formatQuantity(2, format, 3)).toBe('2');
    expect(formatQuantity(1234.5, format, 3)).toBe('1.234,5');
  });
});

test('an amount takes the number format and symbol of its currency', () => {
  const fallback = readNumberFormat('#,###.##');
  expect(formatCurrency(1234.5, { symbol: '€', numberFormat: '#.###,##', symbolOnRight: true }, fallback, null)).toBe('1.234,50\u00a0€');
  expect(formatCurrency(1234.5, { symbol: '¥', numberFormat: '#,###', symbolOnRight: false }, fallback, null)).toBe('¥\u00a01,235');
  expect(formatCurrency(1234.5, { symbol: '', numberFormat: null, symbolOnRight: false }, fallback, 3)).toBe('1,234.500');
});

describe('dates and times are written as the site writes them', () => {
  test('a date', () => {
    expect(formatDate('2026-11-03', 'dd.mm.yyyy')).toBe('03.11.2026');
    expect(formatDate('2026-11-03', 'mm/dd/yyyy')).toBe('11/03/2026');
  });
  test('a time', () => {
    expect(formatTime('9:05:07.120000', 'HH:mm')).toBe('09:05');
    expect(formatTime('9:05:07', 'HH:mm:ss')).toBe('09:05:07');
  });
  test('a datetime stays in the time zone of the site', () => {
    expect(formatDatetime('2026-11-03 23:59:59.999999', 'dd-mm-yyyy', 'HH:mm')).toBe('03-11-2026 23:59');
  });
  test('what is no date is shown as it is', () => {
    expect(formatDate('soon', 'dd-mm-yyyy')).toBe('soon');
  });
});
