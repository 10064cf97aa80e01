import { describe, expect, test } from 'vitest';
import { layoutTypes } from '@shared/erp/docfield';
import { barcodeValue } from '@shared/erp/barcode';
import { knownTypes } from '@shared/erp/fieldtypes';
import { fieldComponent } from '../../renderer/fields/field-component';
import { fieldtypes } from '../support/fieldtypes';
import { renderedField } from '../support/rendered-field';

/** They shape the form and are no field of it. */
const breaks = ['Column Break', 'Section Break', 'Tab Break', 'Fold'];
const unknown = fieldComponent('A type of the year 2040');

describe('fieldtypes', () => {
  test.each(fieldtypes.filter((fieldtype) => !breaks.includes(fieldtype)))('%s has a component of its own', (fieldtype) => {
    expect(fieldComponent(fieldtype)).toBeDefined();
    expect(fieldComponent(fieldtype)).not.toBe(unknown);
  });

  test.each(breaks)('%s lays out the form and holds no value', (fieldtype) => {
    expect(layoutTypes.has(fieldtype)).toBe(true);
  });

  test('a type that nobody knows shows its value', () => {
    expect(unknown).toBeDefined();
  });

  test.each(fieldtypes.filter((fieldtype) => !layoutTypes.has(fieldtype)))(
    'a value of the type %s is judged before saving',
    (fieldtype) => {
      expect(knownTypes.has(fieldtype)).toBe(true);
    },
  );

  test('a required one that is empty says that the server judges, and only then', async () => {
    const field = { fieldname: 'x', fieldtype: 'Hologram', label: 'X' };
    const says = 'whether the server takes it so';
    expect(await renderedField(field, {}, { required: true })).toContain(says);
    expect(await renderedField(field, { x: 'full' }, { required: true })).not.toContain(says);
    expect(await renderedField(field, {}, {})).not.toContain(says);
  });

  test.each([
    [{}, 93_784, '1d 2h 3m 4s', ['d', 'h', 'm', 's']],
    [{ hide_days: 1 as const }, 93_784, '26h 3m 4s', ['h', 'm', 's']],
    [{ hide_seconds: 1 as const }, 93_784, '1d 2h 3m', ['d', 'h', 'm']],
    [{ hide_days: 1 as const, hide_seconds: 1 as const }, 30, '0m', ['h', 'm']],
  ])('a Duration with %j is written and asked for in its units', async (hidden, seconds, text, units) => {
    const field = { fieldname: 'x', fieldtype: 'Duration', label: 'X', ...hidden };
    expect(await renderedField(field, { x: seconds }, { readOnly: true })).toContain(`>${text}<`);
    const html = await renderedField(field, { x: seconds });
    expect([...html.matchAll(/aria-label="X, (.)"/g)].map(([, unit]) => unit)).toEqual(units);
  });

  test('a barcode is read from the drawing that the desk stores, or as it stands', () => {
    expect(barcodeValue('<svg id="x" data-barcode-value="4006381333931" width="10"><rect/></svg>')).toBe('4006381333931');
    expect(barcodeValue('4006381333931')).toBe('4006381333931');
    expect(barcodeValue('<svg onload="x()"></svg>')).toBe('');
    expect(barcodeValue(null)).toBe('');
  });
});
