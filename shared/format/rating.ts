import type { DocField } from '../erp/docfield';
import { decimal } from '../erp/money';

/** Stars of a Rating field: 3 to 10, as its options say, else 5. */
export const starsAtMost = (field: DocField): number => Math.min(10, Math.max(3, Number.parseInt(field.options ?? '', 10) || 5));

/** The stars of a value, which is a share between 0 and 1, as Frappe 14 and later store it; what is no share has none. */
export function starsOf(field: DocField, value: unknown): number {
  const share = decimal(value)?.toNumber() ?? 0;
  return Math.min(1, Math.max(0, share)) * starsAtMost(field);
}
