import type { DocumentValues } from '../erp/document';

/** Which rate of a currency is asked for. `on`: `YYYY-MM-DD`. */
export type Exchange = { from: string; to: string; on: string; side: 'selling' | 'buying' };

/**
 * What one unit of `from` is worth in `to`, by the site's Currency Exchange records as ERPNext's `get_exchange_rate` reads
 * them: the latest of that day or before, of those meant for selling or buying. Null where no record tells.
 */
export function exchangeRate(exchanges: readonly DocumentValues[], { from, to, on, side }: Exchange): number | null {
  if (from === to) return 1;
  const dateOf = (exchange: DocumentValues): string => String(exchange['date'] ?? '');
  const [latest] = exchanges
    .filter(
      (each) => each['from_currency'] === from && each['to_currency'] === to && dateOf(each) <= on && Number(each[`for_${side}`]) === 1,
    )
    .toSorted((a, b) => (dateOf(a) < dateOf(b) ? 1 : -1));
  const rate = Number(latest?.['exchange_rate']);
  return Number.isFinite(rate) && rate > 0 ? rate : null;
}
