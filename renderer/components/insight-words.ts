import { useI18n } from 'vue-i18n';
import type { LeftOut } from '@shared/insights/keeping';
import type { OpenSum } from '@shared/insights/open-amounts';
import type { Quantities, Stock } from '@shared/insights/stock';
import { plural } from '../messages/plural';
import { useFormats } from '../stores/formats';
import { useSync } from '../stores/sync';
import { useAgo } from '../stores/use-ago';

/** What documents tell of another, in words. */
export function useInsightWords() {
  const { t } = useI18n();
  const formats = useFormats();
  const sync = useSync();
  const { ago } = useAgo();

  const quantity = (actual: number, unit: string): string =>
    t('insights.stock.quantity', { quantity: formats.quantity(actual), unit }).trim();
  const inAll = (totals: readonly Quantities[]): string => totals.map(({ actual, unit }) => quantity(actual, unit)).join(' + ');
  const money = (value: number, currency: string): string => formats.money(value, currency === '' ? null : currency);

  /** "132 Nos in 2 warehouses", or in the only one by its name. */
  function stock({ places, totals }: Stock): string {
    const [first] = places;
    if (first === undefined) return t('insights.stock.none');
    if (places.length === 1) return t('insights.stock.at', { quantity: inAll(totals), place: first.place });
    return t('insights.stock.total', { quantity: inAll(totals), n: places.length });
  }

  /** "€ 80.00": with the company where there are several. */
  const amount = ({ total, currency, company }: OpenSum, sums: readonly OpenSum[]): string =>
    sums.some((other) => other.company !== company)
      ? t('insights.open.of', { amount: money(total, currency), company })
      : money(total, currency);

  /** "on 3 Sales Invoices". */
  const count = ({ count: n }: OpenSum, source: string): string =>
    t('insights.open.count', { n, doctype: source, doctypes: plural(source) }, n);

  /** "€ 20.00 overdue, on one of them"; null where nothing is. */
  const overdue = (sum: OpenSum): string | null =>
    sum.late === 0 ? null : t('insights.open.overdue', { amount: money(sum.overdue, sum.currency), n: sum.late }, sum.late);

  /** Of what it is told, where this device leaves some of the documents out. */
  function leftOut(left: LeftOut, source: string): string {
    const doctypes = plural(source);
    if (left.by === 'filter') return t('insights.leftOut.filter', { doctypes });
    const how = left.field === 'modified' || left.field === 'creation' ? 'changed' : 'dated';
    return t(`insights.leftOut.${how}`, { doctypes, date: formats.date(left.since) });
  }

  /** How long ago (ms since 1970) that was. */
  const since = (at: number): string => ago(Math.max(0, sync.now.getTime() - at));

  return { quantity, inAll, stock, amount, count, overdue, leftOut, since };
}
