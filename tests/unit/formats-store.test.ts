import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DocField } from '@shared/erp/docfield';
import type { Account } from '@shared/bridge/accounts';
import type { FieldValue } from '@shared/erp/document';
import { toRow } from '../../renderer/cache/document-row';
import { useFormats } from '../../renderer/stores/formats';
import { testCache } from '../support/cache';
import { accountOf, composed } from '../support/composed';

const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

let formats: ReturnType<typeof useFormats>;
async function open(defaults: Account['defaults']): Promise<void> {
  const ports = testCache();
  const keep = (doctype: string, name: string, values: Record<string, FieldValue>) =>
    ports.cache.documents.put(toRow({ doctype, name, ...values }, { doctype: undefined, origin: 'profile', keptAt: 1, alias: undefined }));
  await keep('Currency', 'INR', { symbol: '₹', number_format: '#,##,###.##' });
  await keep('Currency', 'JPY', { symbol: '¥', number_format: '#,###' });
  await keep('Company', 'Wind Power LLC', { default_currency: 'INR' });
  await keep('Company', 'Tokyo KK', { default_currency: 'JPY' });
  const { value, end } = composed(useFormats, ports, accountOf({ defaults }));
  ends.push(end);
  formats = value;
  await vi.waitUntil(() => value.styleOf('JPY').symbol === '¥' && value.currencyOf(companyMoney, { company: 'Tokyo KK' }) === 'JPY');
}

const companyMoney: DocField = { fieldname: 'outstanding', fieldtype: 'Currency', options: 'Company:company:default_currency' };
const shown = (fieldtype: string, value: FieldValue, options?: string): string =>
  formats.cell({ fieldname: 'x', fieldtype, ...(options === undefined ? {} : { options }) }, value, { x: value });

describe('values as people read them, in lists, rows and read-only fields', () => {
  beforeEach(() =>
    open({ currency: 'INR', date_format: 'dd-mm-yyyy', time_format: 'HH:mm:ss', number_format: '#.###,##', float_precision: '2' }),
  );

  it.each<[string, FieldValue, string, string?]>([
    ['Duration', 93_784, '1d 2h 3m 4s'],
    ['Duration', 'soon', 'soon'],
    ['Rating', 0.7, '3,5/5'],
    ['Rating', 0.7, '7/10', '10'],
    ['Rating', 'many', 'many'],
    ['Check', 1, 'Yes'],
    ['Check', '1', 'Yes'],
    ['Check', 0, 'No'],
    ['Password', '*****', '••••••'],
    ['Date', '2026-11-23', '23-11-2026'],
    ['Datetime', '2026-11-23 09:05:07.1', '23-11-2026 09:05:07'],
    ['Float', 1234.567, '1.234,57'],
    ['Int', 1234, '1.234'],
  ])('%s %j is %s', (fieldtype, value, text, options) => {
    expect(shown(fieldtype, value, options)).toBe(text);
  });

  it('money of a company is written in that company’s currency, in a row by its document’s', () => {
    expect(formats.cell(companyMoney, 1234.5, { company: 'Tokyo KK' })).toBe('¥\u00a01,235');
    expect(formats.cell(companyMoney, 1234.5, { company: 'Wind Power LLC' })).toBe('₹\u00a01,234.50');
    expect(formats.cell(companyMoney, 1234.5, {}, { company: 'Tokyo KK' })).toBe('¥\u00a01,235');
    expect(formats.cell(companyMoney, 1234.5, {})).toBe('₹\u00a01,234.50');
  });

  it('beside a title in a search, dates and numbers too; of amounts the currency is not known there', () => {
    const detail = (value: string, fieldtype?: string) => ({
      value,
      field: fieldtype === undefined ? null : { fieldname: 'x', fieldtype },
    });
    const line = [
      detail('SAL-1'),
      detail('2026-11-23', 'Date'),
      detail('1234.5', 'Currency'),
      detail('7', 'Float'),
      detail('Kochi', 'Data'),
    ];
    expect(formats.details(line)).toBe('SAL-1 · 23-11-2026 · 1.234,50 · 7 · Kochi');
    expect(formats.details([])).toBe('');
  });
});
