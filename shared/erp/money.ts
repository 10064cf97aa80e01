import Big from 'big.js';

/** How a number is written: grouping and decimal signs, and how many decimals. */
export type NumberFormat = { decimal: string; group: string; decimals: number; indian: boolean };

/** What the site's Currency record says; parts that the cache lacks are left out. */
export type CurrencyFormat = { symbol?: string; numberFormat?: string; symbolOnRight?: boolean };

export const defaultNumberFormat = '#,###.##';

/** Frappe's number formats by name (`frappe.utils.get_number_format_info`). */
const known: Record<string, NumberFormat> = {
  '#,###.##': { decimal: '.', group: ',', decimals: 2, indian: false },
  '#.###,##': { decimal: ',', group: '.', decimals: 2, indian: false },
  '# ###.##': { decimal: '.', group: ' ', decimals: 2, indian: false },
  '# ###,##': { decimal: ',', group: ' ', decimals: 2, indian: false },
  "#'###.##": { decimal: '.', group: "'", decimals: 2, indian: false },
  '#, ###.##': { decimal: '.', group: ', ', decimals: 2, indian: false },
  '#,##,###.##': { decimal: '.', group: ',', decimals: 2, indian: true },
  '#,###.###': { decimal: '.', group: ',', decimals: 3, indian: false },
  '#.###': { decimal: '', group: '.', decimals: 0, indian: false },
  '#,###': { decimal: '', group: ',', decimals: 0, indian: false },
};

const fallback: NumberFormat = { decimal: '.', group: ',', decimals: 2, indian: false };

export const numberFormat = (name: string | undefined): NumberFormat =>
  (name !== undefined && Object.hasOwn(known, name) ? known[name] : undefined) ?? fallback;

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

/** A number as the site writes it. `decimals` overrides those of the format. */
export function formatNumber(value: unknown, format: NumberFormat, decimals: number = format.decimals): string {
  const number = decimal(value);
  if (number === null) return '';
  const [whole = '0', fraction = ''] = number.abs().toFixed(decimals, Big.roundHalfEven).split('.');
  const negative = number.lt(0) && /[1-9]/.test(whole + fraction);
  const tail = fraction === '' ? '' : `${format.decimal === '' ? '.' : format.decimal}${fraction}`;
  return `${negative ? '-' : ''}${grouped(whole, format)}${tail}`;
}

function grouped(whole: string, { group, indian }: NumberFormat): string {
  const head = whole.length > 3 ? whole.slice(0, -3) : '';
  if (head === '') return whole;
  const size = indian ? 2 : 3;
  const parts: string[] = [];
  for (let end = head.length; end > 0; end -= size) parts.unshift(head.slice(Math.max(0, end - size), end));
  return [...parts, whole.slice(-3)].join(group);
}

/** Money with its symbol, or with the currency's code where the symbol is not known. */
export function formatMoney(value: unknown, currency: string | null, format: CurrencyFormat, decimals?: number): string {
  const style = numberFormat(format.numberFormat);
  const number = formatNumber(value, style, decimals ?? style.decimals);
  const sign = format.symbol ?? currency;
  if (number === '' || sign === null || sign === '') return number;
  return format.symbolOnRight === true ? `${number} ${sign}` : `${sign} ${number}`;
}

/**
 * What a person typed as a number, e.g. `1.234,50`, `1 234.5`: group signs are dropped, the format's decimal
 * sign is read; null where it is no number.
 */
export function parseNumber(text: string, format: NumberFormat): number | null {
  const bare = text.replaceAll(/[\s']/g, '');
  const usesFormat = format.decimal === ',' ? /^[-+]?[\d.]*(,\d*)?$/.test(bare) : /^[-+]?[\d,]*(\.\d*)?$/.test(bare);
  if (bare === '' || !usesFormat || !/\d/.test(bare)) return null;
  const plain = format.decimal === ',' ? bare.replaceAll('.', '').replace(',', '.') : bare.replaceAll(',', '');
  const number = decimal(plain.replace(/^\+/, '').replace(/\.$/, '').replace(/^(-?)\./, '$10.'));
  return number === null ? null : number.toNumber();
}
