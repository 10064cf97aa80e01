import type { Doc } from '@shared/erp/document';
import { FrappeError } from '../../electron/demo/engine/errors';
import type { Random } from '../../electron/demo/engine/random';
import type { DemoSite } from '../../electron/demo/site';
import type { VirtualTime } from '../support/virtual-time';
import type { Conditions } from './conditions';

const ours = ['Customer', 'Sales Order'];
const texts = ['customer_details', 'terms'];

/** How long after its answer a server may go on with what it has saved, in ms. */
export const longestAfterwards = 20_000;

/** What a server does with a document that it has just saved, and answered. */
export function afterAnswer(site: DemoSite, time: VirtualTime, random: Random, { hooks, escapes }: Conditions): (saved: Doc) => void {
  let written = 0;
  return ({ doctype, name }) => {
    if (!ours.includes(doctype)) return;
    if (escapes) escape(site, doctype, name);
    if (!random.chance(hooks)) return;
    written += 1;
    const note = `hook ${written}`;
    time.after(random.int(0, longestAfterwards), () => writeAgain(site, doctype, name, note));
  };
}

/** Text is stored escaped, and was answered as it came. */
function escape(site: DemoSite, doctype: string, name: string): void {
  const doc = site.document(doctype, name);
  if (doc === undefined) return;
  for (const text of texts) {
    const value = doc[text];
    if (typeof value === 'string')
      site.setSilently(doctype, name, { ...site.document(doctype, name), [text]: value.replace(/&(?!amp;)/g, '&amp;') });
  }
}

/** A hook saves the document once more, in a background job. */
function writeAgain(site: DemoSite, doctype: string, name: string, note: string): void {
  const doc = site.document(doctype, name);
  if (doc === undefined || (doc.docstatus ?? 0) !== 0) return;
  try {
    site.as('Administrator').update(doctype, name, { hook_note: note });
  } catch (thrown) {
    if (!(thrown instanceof FrappeError)) throw thrown;
  }
}
