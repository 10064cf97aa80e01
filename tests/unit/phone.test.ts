import { describe, expect, it } from 'vitest';
import { callingCodes } from '@shared/form/calling-codes';
import { checkValue } from '@shared/form/check-value';
import { countryOf, phoneParts, phoneValue } from '@shared/form/phone';
import { renderedField } from '../support/rendered-field';

describe('a telephone number', () => {
  it.each([
    ['+49-1512345', '49', '1512345'],
    ['+49 151 / 23-45', '49', '151 / 23-45'],
    ['+491512345', '49', '1512345'],
    ['+1-2025550123', '1', '2025550123'],
    ['+12685550123', '1268', '5550123'],
    ['+1-2685550123', '1', '2685550123'],
    ['+358-', '358', ''],
  ])('%s is called in +%s by %s', (value, code, number) => {
    expect(phoneParts(value)).toEqual({ code, number });
  });

  it.each(['030 5550100', 'call me', '+999 12', '+49 30 x12', ''])('%j tells no country', (value) => {
    expect(phoneParts(value)).toBeNull();
  });

  it.each([
    ['49', '30 5550100', '+49-30 5550100'],
    [null, '30 5550100', '30 5550100'],
    ['49', '', ''],
    ['49', 'ask Jo', '+49-ask Jo'],
    // A plus tells another country than the chosen one; as long as it tells none it stays as it is.
    ['49', '+43 1 5550', '+43-1 5550'],
    ['49', '+4', '+4'],
    [null, '+43', '+43'],
  ])('beside %s, %j is kept as %j', (code, typed, value) => {
    expect(phoneValue(code, typed)).toBe(value);
  });

  it('shows the country that was chosen among those of its code', () => {
    expect([countryOf('1', null), countryOf('1', 'CA'), countryOf('1', 'DE'), countryOf('999', null)]).toEqual(['US', 'CA', 'US', null]);
  });

  it('of each country in the list is one that saving takes', () => {
    expect(new Set(callingCodes.map(({ country }) => country)).size).toBe(callingCodes.length);
    for (const { country, code } of callingCodes) {
      expect(checkValue({ fieldname: 'x', fieldtype: 'Phone' }, phoneValue(code, '5550100')), country).toBeNull();
      expect(phoneParts(phoneValue(code, '5550100'))?.code).toBe(code);
    }
    const names = new Intl.DisplayNames(['en'], { type: 'region' });
    expect(callingCodes.filter(({ country }) => names.of(country) === country)).toEqual([]);
  });

  it('is shown with its country, where it tells one', async () => {
    const field = { fieldname: 'x', fieldtype: 'Phone', label: 'Phone' };
    expect(await renderedField(field, { x: '+49-30 5550100' })).toMatch(/>\+49</);
    expect(await renderedField(field, { x: 'ask Jo' })).not.toMatch(/>\+\d/);
  });
});
