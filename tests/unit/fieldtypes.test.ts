import { describe, expect, test } from 'vitest';
import { layoutTypes } from '@shared/erp/docfield';
import { barcodeValue } from '@shared/erp/barcode';
import { fieldComponent } from '../../renderer/fields/field-component';
import { fieldtypes } from '../support/fieldtypes';

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

  test('a barcode is read from the drawing that the desk stores, or as it stands', () => {
    expect(barcodeValue('<svg id="x" data-barcode-value="4006381333931" width="10"><rect/></svg>')).toBe('4006381333931');
    expect(barcodeValue('4006381333931')).toBe('4006381333931');
    expect(barcodeValue('<svg onload="x()"></svg>')).toBe('');
    expect(barcodeValue(null)).toBe('');
  });
});
