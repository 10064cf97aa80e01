import { decimal } from '../erp/money';
import type { NumberFormat } from '../format/number';

/**
 * What a person typed as a number, e.g. `1.234,50` or `1 234.5`: group signs are dropped, the format's decimal sign is
 * read; null where it is no number.
 */
export function parseNumber(text: string, format: Pick<NumberFormat, 'decimal'>): number | null {
  const bare = text.replaceAll(/[\s']/g, '');
  const comma = format.decimal === ',';
  const fits = comma ? /^[-+]?[\d.]*(,\d*)?$/.test(bare) : /^[-+]?[\d,]*(\.\d*)?$/.test(bare);
  if (!fits || !/\d/.test(bare)) return null;
  const plain = comma ? bare.replaceAll('.', '').replace(',', '.') : bare.replaceAll(',', '');
  return (
    decimal(
      plain
        .replace(/^\+/, '')
        .replace(/\.$/, '')
        .replace(/^(-?)\./, '$10.'),
    )?.toNumber() ?? null
  );
}
