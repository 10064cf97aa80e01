import type { Filter } from '@shared/erp/filters';
import { AppError } from '@shared/errors';
import type { Live } from './live';

/** What the site has that documents are made of; null where this user finds none. */
export type Scene = {
  company: string | null;
  customerGroup: string | null;
  territory: string | null;
  item: string | null;
  /** A second item, where there is one. */
  otherItem: string | null;
  warehouse: string | null;
};

const scenes = new WeakMap<Live, Promise<Scene>>();

/** Asked of the server once. */
export function sceneOf(live: Live): Promise<Scene> {
  const known = scenes.get(live) ?? look(live);
  scenes.set(live, known);
  return known;
}

async function look(live: Live): Promise<Scene> {
  const names = async (doctype: string, filters: Filter[], limit = 1): Promise<string[]> => {
    try {
      return (await live.list(doctype, ['name'], filters, limit, 'creation asc')).map(({ name }) => name);
    } catch (thrown) {
      // What the user may not read does not exist for them.
      if (AppError.from(thrown).code === 'forbidden') return [];
      throw thrown;
    }
  };
  const one = async (doctype: string, filters: Filter[]): Promise<string | null> => (await names(doctype, filters))[0] ?? null;
  const leaf: Filter = ['is_group', '=', 0];
  const company = live.device.account.defaults['company'] ?? (await one('Company', [leaf])) ?? (await one('Company', []));
  const [item, otherItem] = await names(
    'Item',
    [
      ['disabled', '=', 0],
      ['has_variants', '=', 0],
      ['is_sales_item', '=', 1],
    ],
    2,
  );
  return {
    company,
    customerGroup: await one('Customer Group', [leaf]),
    territory: await one('Territory', [leaf]),
    item: item ?? null,
    otherItem: otherItem ?? null,
    warehouse: company === null ? null : await one('Warehouse', [leaf, ['disabled', '=', 0], ['company', '=', company]]),
  };
}
