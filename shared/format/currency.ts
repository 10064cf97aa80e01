import { formatNumber, readNumberFormat } from './number';
import type { NumberFormat } from './number';

/** What a Currency document says of how its amounts are written. */
export type CurrencyStyle = { symbol: string; numberFormat: string | null; symbolOnRight: boolean };

/**
 * An amount in the currency's own number format, with its symbol.
 * `precision`: decimals, from the field or System Settings; null takes the currency's own.
 */
export function formatCurrency(value: number | string, style: CurrencyStyle, fallback: NumberFormat, precision: number | null): string {
  const format = style.numberFormat ? readNumberFormat(style.numberFormat) : fallback;
  const amount = formatNumber(value, format, precision ?? format.precision);
  if (style.symbol === '') return amount;
  return style.symbolOnRight ? `${amount}\u00a0${style.symbol}` : `${style.symbol}\u00a0${amount}`;
}
