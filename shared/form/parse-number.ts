import { decimal } from '../erp/money';
import type { NumberFormat } from '../format/number';

/**
 * What a person typed as a number, e.g. `1.234,50` or `1 234.5`: group signs are dropped, the format's decimal sign is
 * read; null where it is no number. A group sign that cannot stand before thousands (`12.50`, `0.500`) is what a numeric
 * keypad or a habit wrote for the decimal sign: read as a group it would make a price a hundred times as high.
 */
export function parseNumber(text: string, format: Pick<NumberFormat, 'decimal'>): number | null {
  const comma = format.decimal === ',';
  const typed = text.replaceAll(/[\s']/g, '');
  const bare = /^[-+]?(0?[.,]\d+|\d+[.,](\d{1,2}|\d{4,}))$/.test(typed) ? typed.replace(/[.,]/, format.decimal) : typed;
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
