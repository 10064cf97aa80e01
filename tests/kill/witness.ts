import { rowsOf } from '../../shared/erp/document';
import type { DemoSite } from '../../electron/demo/site';
import type { Unsent } from './page-deeds';

/** One saved change: a text that is nowhere else, and how often the site has it. */
export type Intent = {
  token: string;
  kind: string;
  /** The save returned: from then on it must never be lost. Before, it may or may not have happened, but not twice. */
  promised: boolean;
  count(site: DemoSite): number;
};

const ordersWith = (site: DemoSite, text: string): number =>
  site.documents('Sales Order').reduce((sum, order) => sum + rowsOf(order, 'items').filter((row) => row['description'] === text).length, 0);

const everyComment = (site: DemoSite) =>
  ['Customer', 'Sales Order'].flatMap((doctype) => site.documents(doctype).flatMap(({ name }) => site.comments(doctype, name)));

/** How each kind of change is counted on the site itself, past HTTP and app. */
export const counting = {
  customer: (token: string) => (site: DemoSite) => site.documents('Customer').filter((doc) => doc['customer_name'] === token).length,
  order: (token: string) => (site: DemoSite) => site.documents('Sales Order').filter((doc) => doc['po_no'] === token).length,
  row: (token: string) => (site: DemoSite) => ordersWith(site, token),
  field: (token: string, doctype: string, name: string) => (site: DemoSite) =>
    site.document(doctype, name)?.['website'] === token ? 1 : 0,
  submit: (name: string) => (site: DemoSite) => (site.document('Sales Order', name)?.docstatus === 1 ? 1 : 0),
  comment: (token: string) => (site: DemoSite) => everyComment(site).filter((comment) => String(comment['content']).includes(token)).length,
  file: (token: string) => (site: DemoSite) => site.files().filter(({ bytes }) => new TextDecoder().decode(bytes) === token).length,
};

export type Verdict = { lost: string[]; doubled: string[]; arrived: number };

/** What became of all saved changes: each is on the site once, or still on the device. `unsent` is read before the site. */
export function judge(site: DemoSite, intents: readonly Intent[], unsent: readonly Unsent[]): Verdict {
  const verdict: Verdict = { lost: [], doubled: [], arrived: 0 };
  for (const { token, kind, promised, count } of intents) {
    const times = count(site);
    if (times > 0) verdict.arrived += 1;
    if (times > 1) verdict.doubled.push(`${kind} ${token} is on the server ${times} times`);
    if (times === 0 && promised && !unsent.some(({ text }) => text.includes(token))) verdict.lost.push(`${kind} ${token}`);
  }
  return verdict;
}
