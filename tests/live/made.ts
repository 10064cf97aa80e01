import type { Filter } from '@shared/erp/filters';
import { AppError } from '@shared/errors';
import type { Live } from './live';

/** Begins the name, or a text field, of everything that a run makes. */
export const tag = `FB-TEST-${Date.now().toString(36)}`;

let count = 0;
/** A text that no other document of any run has. */
export const tagged = (word: string): string => `${tag}-${(count += 1)} ${word}`;

/** Where the tag stands in documents that the server names itself. */
const tagField: Record<string, string> = { 'Sales Order': 'po_no', Customer: 'customer_name', Brand: 'brand' };

export const taggedOnes = (doctype: 'Sales Order' | 'Customer' | 'Brand'): Filter => [tagField[doctype] ?? 'name', 'like', `${tag}%`];

export type Leftover = { doctype: string; name: string; reason: string };

const keyOf = ({ doctype, name }: { doctype: string; name: string }): string => `${doctype}\n${name}`;

/** What a run made on the server, in order. */
export class Made {
  readonly #documents: { doctype: string; name: string }[] = [];
  /** What may not be deleted by this user, and is not tried again. */
  readonly #refused = new Map<string, Leftover>();

  add(doctype: string, name: string): void {
    this.#documents.push({ doctype, name });
  }

  /** Deletes everything, the last first; answers what stays, of earlier times too. */
  async cleanUp(live: Live): Promise<Leftover[]> {
    const known = this.#documents.splice(0).reverse();
    // What a failed case left behind, or a renamed one is called now, is found by its tag.
    const all = [...known, ...(await this.#findTagged(live))];
    let rest = [...new Map(all.map((one) => [keyOf(one), one])).values()].filter((one) => !this.#refused.has(keyOf(one)));
    // What something else still links to can go once that is gone.
    for (;;) {
      const left: Leftover[] = [];
      for (const { doctype, name } of rest) {
        const reason = await remove(live, doctype, name);
        if (reason !== null) left.push({ doctype, name, reason });
      }
      if (left.length === 0 || left.length === rest.length) {
        for (const one of left) this.#refused.set(keyOf(one), one);
        return [...this.#refused.values()];
      }
      rest = left;
    }
  }

  async #findTagged(live: Live): Promise<{ doctype: string; name: string }[]> {
    const found: { doctype: string; name: string }[] = [];
    for (const [doctype, field] of Object.entries(tagField)) {
      try {
        const rows = await live.list(doctype, ['name'], [[field, 'like', `${tag}%`]], 0, 'creation desc');
        found.push(...rows.map(({ name }) => ({ doctype, name })));
      } catch (thrown) {
        // A user who may not read the DocType made none of it.
        if (!['forbidden', 'not-found', 'server-error'].includes(AppError.from(thrown).code)) throw thrown;
      }
    }
    return found;
  }
}

/** Cancels where it must, and deletes; null when it is gone, otherwise why it stays. */
async function remove({ erp, account }: Live, doctype: string, name: string): Promise<string | null> {
  try {
    const { doc } = await erp.get({ account, doctype, name });
    if (doc.docstatus === 1) await erp.update({ account, doctype, name, body: { docstatus: 2, modified: doc.modified } });
    await erp.remove({ account, doctype, name });
    return null;
  } catch (thrown) {
    const error = AppError.from(thrown);
    return error.code === 'not-found' ? null : `${error.code}: ${error.message}`;
  }
}
