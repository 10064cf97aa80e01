const ones = [
  'Zero',
  'One',
  'Two',
  'Three',
  'Four',
  'Five',
  'Six',
  'Seven',
  'Eight',
  'Nine',
  'Ten',
  'Eleven',
  'Twelve',
  'Thirteen',
  'Fourteen',
  'Fifteen',
  'Sixteen',
  'Seventeen',
  'Eighteen',
  'Nineteen',
];
const tens = ['', '', 'Twenty', 'Thirty', 'Forty', 'Fifty', 'Sixty', 'Seventy', 'Eighty', 'Ninety'];
const scales: [number, string][] = [
  [1e9, 'Billion'],
  [1e6, 'Million'],
  [1e3, 'Thousand'],
  [100, 'Hundred'],
];

function words(value: number): string {
  if (value < 20) return ones[value] ?? '';
  if (value < 100) return `${tens[Math.floor(value / 10)]}${value % 10 ? `-${ones[value % 10]}` : ''}`;
  const [size, name] = scales.find(([scale]) => value >= scale) ?? [100, 'Hundred'];
  const rest = value % size;
  return `${words(Math.floor(value / size))} ${name}${rest ? ` ${rest < 100 ? 'and ' : ''}${words(rest)}` : ''}`;
}

/** `EUR One Hundred and Twenty-Five and Fifty Cent only.` */
export function inWords(amount: number, currency: string, fraction = 'Cent'): string {
  const cents = Math.round(Math.abs(amount) * 100);
  const part = cents % 100 === 0 ? '' : ` and ${words(cents % 100)} ${fraction}`;
  return `${currency} ${words(Math.floor(cents / 100))}${part} only.`;
}
