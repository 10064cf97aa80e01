import Big from 'big.js';

/** A decimal of anything a field may hold; null where it is no number. */
export function decimal(value: unknown): Big | null {
  if (typeof value === 'boolean') return new Big(value ? 1 : 0);
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  try {
    return new Big(typeof value === 'string' ? value.trim() : value);
  } catch {
    return null; // big.js says "not a number" by throwing
  }
}

/** As `decimal`, with 0 for what is no number. */
export const amount = (value: unknown): Big => decimal(value) ?? new Big(0);

/** Rounded half to even, as Frappe's default ("Banker's Rounding") does. */
export const rounded = (value: Big, decimals: number): Big => value.round(decimals, Big.roundHalfEven);
