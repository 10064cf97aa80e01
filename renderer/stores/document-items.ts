import { defineStore } from 'pinia';
import type { Doc } from '@shared/erp/document';
import type { Filter } from '@shared/erp/filters';
import { AppError } from '@shared/errors';
import type { ItemFacts } from '@shared/form/item-row';
import { rangeOf, readDocument, listDocuments } from '../cache/documents';
import type { Cache } from '../cache/open-cache';
import { useSession } from './session';

/**
 * Items and their prices as the cache knows them. `pricesHere`: there are Item Prices on this device at all; `currency`: that
 * of the prices, null where there are none.
 */
export type ItemsHere = { facts: ReadonlyMap<string, ItemFacts>; pricesHere: boolean; currency: string | null };

/** What the rows of a transaction ask of the cache: items, prices, and what currencies are worth. */
export const useItems = defineStore('items', () => {
  const session = useSession();

  function cache(): Cache {
    if (session.cache === null) throw new AppError('no-account', 'There is no active account on this device. Sign in first.');
    return session.cache;
  }

  const read = async (doctype: string, name: unknown): Promise<Doc | null> =>
    typeof name === 'string' && name !== '' ? ((await readDocument(cache(), doctype, name))?.doc ?? null) : null;

  async function all(doctype: string, filters: Filter[]): Promise<Doc[]> {
    const { rows } = await listDocuments(cache(), { doctype, filters, sort: { fieldname: 'name', order: 'asc' }, limit: 100_000 });
    return rows.map(({ doc }) => doc);
  }

  /** The items with these codes and their prices in a list (null for no list); the prices are read once for all. */
  async function itemsHere(codes: ReadonlySet<string>, list: string | null): Promise<ItemsHere> {
    const records = await Promise.all(
      [...codes].map(async (code) => {
        const item = await read('Item', code);
        return { code, item, template: item === null ? null : await read('Item', item['variant_of']) };
      }),
    );
    const wanted = records.flatMap(({ code, template }) => (template === null ? [code] : [code, template.name]));
    const prices = await pricesOf(wanted, list);
    const facts = new Map(
      records.map(({ code, item, template }): [string, ItemFacts] => [
        code,
        item === null ? null : { item, template, prices: prices.get(code) ?? [], templatePrices: prices.get(template?.name ?? '') ?? [] },
      ]),
    );
    const count = await cache()
      .documents.where('[doctype+name]')
      .between(...rangeOf('Item Price'))
      .limit(1)
      .count();
    const currency = [...prices.values()].flat().find((price) => typeof price['currency'] === 'string')?.['currency'];
    return { facts, pricesHere: count > 0, currency: typeof currency === 'string' ? currency : null };
  }

  async function pricesOf(codes: readonly string[], list: string | null): Promise<Map<string, Doc[]>> {
    const prices = new Map<string, Doc[]>();
    if (list === null || codes.length === 0) return prices;
    const filters: Filter[] = [
      ['item_code', 'in', [...codes]],
      ['price_list', '=', list],
    ];
    for (const price of await all('Item Price', filters)) {
      const code = String(price['item_code']);
      prices.set(code, [...(prices.get(code) ?? []), price]);
    }
    return prices;
  }

  /** The currency of a price list; null where the list is not here. */
  async function currencyOf(list: string | null): Promise<string | null> {
    const currency = (await read('Price List', list))?.['currency'];
    return typeof currency === 'string' && currency !== '' ? currency : null;
  }

  /** The site's exchange rates into a currency. */
  const exchangesTo = (currency: string): Promise<Doc[]> => all('Currency Exchange', [['to_currency', '=', currency]]);

  return { itemsHere, currencyOf, exchangesTo };
});
