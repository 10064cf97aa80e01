import Big from 'big.js';

/** How a site writes numbers, read from Frappe's pattern, e.g. `#,##,###.##`. */
export type NumberFormat = { group: string; decimal: string; precision: number; indian: boolean };

/** Reads Frappe's `number_format`; an unknown pattern is read as far as it goes. */
export function readNumberFormat(pattern: string): NumberFormat {
  const decimalPart = /([.,])(#+)$/.exec(pattern);
  const groups = [...pattern.matchAll(/#([^#]+)(?=#)/g)].map((match) => match[1] ?? '');
  // `#.###` and `#,###` end in a group of thousands, not in three decimals, unless another sign groups before it.
  const endsInThousands = decimalPart?.[2] === '###' && groups.length < 2;
  const decimal = decimalPart && !endsInThousands ? decimalPart : null;
  const group = (decimal ? groups.slice(0, -1) : groups)[0] ?? '';
  const sign = decimal?.[1] ?? (group === '.' ? ',' : '.');
  return {
    group: group.includes(' ') ? `${group.replaceAll(' ', '')}\u00a0` : group,
    decimal: sign,
    precision: decimal?.[2]?.length ?? 0,
    indian: /#\D##\D###/.test(pattern),
  };
}

/** A number in the site's format with `precision` decimals; rounded half away from zero, as decimal, not as float. */
export function formatNumber(value: number | string, format: NumberFormat, precision = format.precision): string {
  const [whole = '0', fraction] = new Big(value).toFixed(precision).replace('-', '').split('.');
  const digits = fraction === undefined ? '' : format.decimal + fraction;
  const text = groupDigits(whole, format) + digits;
  const negative = new Big(value).round(precision).lt(0);
  return negative ? `-${text}` : text;
}

function groupDigits(whole: string, { group, indian }: NumberFormat): string {
  if (group === '' || whole.length < 4) return whole;
  const head = whole.slice(0, -3);
  const step = indian ? /\B(?=(\d{2})+$)/g : /\B(?=(\d{3})+$)/g;
  return `${head.replace(step, group)}${group}${whole.slice(-3)}`;
}

/** Without needless zeros at the end: quantities read better as `2` than as `2.000`. */
export function formatQuantity(value: number | string, format: NumberFormat, precision: number): string {
  const shortest = new Big(value).round(precision).toFixed();
  return formatNumber(value, format, shortest.split('.')[1]?.length ?? 0);
}
