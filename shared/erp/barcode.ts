import type { FieldValue } from './document';

/**
 * The code of a Barcode field. The desk stores its drawing with the code inside (`<svg … data-barcode-value="4006381333931">`)
 * and draws a code that stands alone anew.
 */
export function barcodeValue(value: FieldValue | undefined): string {
  const text = value === null || value === undefined ? '' : String(value);
  return text.startsWith('<svg') ? (/data-barcode-value="([^"]*)"/.exec(text)?.[1] ?? '') : text;
}
