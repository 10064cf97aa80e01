import type { Doc } from '@shared/erp/document';
import { siteTime } from '@shared/sync/site-time';
import type { Live } from './live';
import { tagged, type Leftover } from './made';
import { sceneOf } from './scene';

/** A customer to be made; the name in it begins with the run's tag. */
export async function customerValues(live: Live, word: string): Promise<Record<string, string>> {
  const { customerGroup, territory } = await sceneOf(live);
  return {
    customer_name: tagged(word),
    customer_type: 'Company',
    ...(customerGroup === null ? {} : { customer_group: customerGroup }),
    ...(territory === null ? {} : { territory }),
  };
}

export const makeCustomer = async (live: Live, word: string): Promise<Doc> => live.create('Customer', await customerValues(live, word));

const parties = new WeakMap<Live, Promise<Doc>>();

/** One customer for all cases that need no fresh one: who may make customers may often not delete them. */
export function party(live: Live): Promise<Doc> {
  const known = parties.get(live) ?? makeCustomer(live, 'Party');
  parties.set(live, known);
  return known;
}

/** A party that was deleted is made anew for the next file. */
export async function forgetParty(live: Live, left: Leftover[]): Promise<void> {
  const known = await parties.get(live)?.catch(() => null);
  if (!left.some(({ doctype, name }) => doctype === 'Customer' && name === known?.name)) parties.delete(live);
}

/** Thirty days from now on the site's calendar. */
const dueDate = (live: Live): string => siteTime(Date.now() + 30 * 86_400_000, live.device.account.timeZone).slice(0, 10);

/** A row of an order. */
export async function orderRow(live: Live, which: 'item' | 'otherItem' = 'item', qty = 2): Promise<Record<string, string | number>> {
  const scene = await sceneOf(live);
  const item = (which === 'otherItem' ? scene.otherItem : null) ?? scene.item;
  if (item === null || scene.warehouse === null) throw new Error('the case did not ask for an item and a warehouse');
  return { item_code: item, qty, rate: 100, delivery_date: dueDate(live), warehouse: scene.warehouse };
}

/** An order to be made. The tag is in `po_no`, which ERPNext wants only once a customer. */
export async function orderValues(live: Live, word: string, customer?: string): Promise<Record<string, unknown>> {
  const { company } = await sceneOf(live);
  return {
    customer: customer ?? (await party(live)).name,
    company,
    po_no: tagged(word),
    delivery_date: dueDate(live),
    items: [await orderRow(live)],
  };
}

export const makeOrder = async (live: Live, word: string, more: Record<string, unknown> = {}): Promise<Doc> =>
  live.create('Sales Order', { ...(await orderValues(live, word)), ...more });

/** Submits or cancels as the app does: `modified` is heeded. */
export const setDocstatus = (live: Live, doc: Doc, docstatus: 1 | 2): Promise<Doc> =>
  live.update(doc.doctype, doc.name, { docstatus, modified: doc.modified });
