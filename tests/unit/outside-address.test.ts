import { describe, expect, it } from 'vitest';
import { outsideAddress } from '@shared/form/outside-address';
import { renderedField } from '../support/rendered-field';

const field = (options?: string, fieldtype = 'Data') => ({ fieldname: 'x', fieldtype, ...(options === undefined ? {} : { options }) });

describe('a value leads outside', () => {
  it.each([
    ['Email', 'jane@example.com', 'mailto:jane@example.com'],
    ['Email', 'Jane <jane@example.com>, joe@example.com', 'mailto:jane@example.com,joe@example.com'],
    ['Email', 'a?bcc=b@example.com', 'mailto:a%3Fbcc%3Db@example.com'],
    ['Phone', '+49 (30) 555-01/00', 'tel:+49305550100'],
    ['URL', 'https://example.com/ä?b', 'https://example.com/ä?b'],
  ])('%s: %s', (options, value, address) => {
    expect(outsideAddress(field(options), value)).toBe(address);
  });

  it('where its type is Phone', () => {
    expect(outsideAddress(field(undefined, 'Phone'), '+49-30 5550100')).toBe('tel:+49305550100');
  });

  it.each([
    ['Email', 'ask Jane'],
    ['Phone', '030 5550100 x12'],
    ['Phone', '030 5550100, 030 5550101'],
    ['URL', 'javascript:alert(1)'],
    ['URL', 'ftp://example.com/a'],
    ['URL', 'http://'],
    ['Name', 'Jane'],
    [undefined, 'https://example.com'],
    ['Email', ''],
  ])('not: %s %s', (options, value) => {
    expect(outsideAddress(field(options), value)).toBeNull();
  });

  it('by a link where it can only be read', async () => {
    const mail = { ...field('Email'), label: 'Mail' };
    const link = '<a href="mailto:jane@example.com" target="_blank" rel="noopener noreferrer">jane@example.com</a>';
    expect((await renderedField(mail, { x: 'jane@example.com' }, { readOnly: true })).replaceAll(/ data-v-\w+/g, '')).toContain(link);
    expect(await renderedField(mail, { x: 'jane@example.com' })).not.toContain('<a ');
    expect(await renderedField(mail, { x: '<b>x</b>' }, { readOnly: true })).not.toContain('<a ');
  });
});
