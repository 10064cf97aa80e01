import { rowsOf, type Doc } from '@shared/erp/document';
import type { Engine } from '../engine/engine';
import { number, text } from '../engine/values';

/**
 * Tells each Bin what open orders have promised of it and will bring to it, as ERPNext's reserved and ordered quantities.
 * Out of what is there already: it draws no random number, so that a seed's company stays as it is.
 */
export function promise({ store }: Engine): void {
  const bins = new Map(store.all('Bin').map((bin) => [keyOf(bin), { ...bin }]));
  const add = (order: Doc, fieldname: 'reserved_qty' | 'ordered_qty', done: string): void => {
    for (const row of order.docstatus === 1 ? rowsOf(order, 'items') : []) {
      const open = number(row, 'qty') - number(row, done);
      const bin = bins.get(keyOf(row));
      if (bin === undefined || open <= 0) continue;
      bin[fieldname] = number(bin, fieldname) + open;
      bin['projected_qty'] = number(bin, 'projected_qty') + (fieldname === 'reserved_qty' ? -open : open);
    }
  };
  for (const order of store.all('Sales Order')) add(order, 'reserved_qty', 'delivered_qty');
  for (const order of store.all('Purchase Order')) add(order, 'ordered_qty', 'received_qty');
  for (const bin of bins.values()) store.put(bin);
}

const keyOf = (entity: Parameters<typeof text>[0]): string => JSON.stringify([text(entity, 'item_code'), text(entity, 'warehouse')]);
