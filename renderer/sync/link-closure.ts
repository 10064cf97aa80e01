import { AppError } from '@shared/errors';
import type { Doc } from '@shared/erp/document';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { linkedDocuments } from '@shared/sync/linked-documents';
import { bundleOf } from './site';
import type { Site } from './site';
import { fetchByName } from './pull/fetch-by-name';

/** Names asked for in one page. */
const atOnce = 100;

/**
 * Gathers what stored documents link to, and fetches what is not on this device, so that a linked master can be looked
 * up without a network. What the user may not read is not asked for again.
 */
export class LinkClosure {
  readonly #wanted = new Map<string, Set<string>>();
  readonly #refused = new Set<string>();
  readonly #absent = new Set<string>();

  add(docs: Doc[], bundle: DocTypeBundle): void {
    for (const doc of docs) {
      for (const [doctype, names] of linkedDocuments(doc, bundle)) {
        if (this.#refused.has(doctype)) continue;
        const wanted = this.#wanted.get(doctype) ?? new Set();
        names.forEach((name) => wanted.add(name));
        this.#wanted.set(doctype, wanted);
      }
    }
  }

  /** Fetches what is missing; a DocType that is refused does not stop the others. */
  async fetch(site: Site): Promise<void> {
    for (const [doctype, names] of [...this.#wanted]) {
      if (!site.watch.mayAsk) return;
      const missing = await this.#missing(site, doctype, [...names]);
      if (missing.length > 0) await this.#fetchOf(site, doctype, missing);
      this.#wanted.delete(doctype);
    }
  }

  async #missing(site: Site, doctype: string, names: string[]): Promise<string[]> {
    const asked = names.filter((name) => !this.#absent.has(`${doctype}\n${name}`));
    const known = await site.cache.documents.bulkGet(asked.map((name) => [doctype, name] as [string, string]));
    return asked.filter((_, position) => known[position] === undefined);
  }

  async #fetchOf(site: Site, doctype: string, names: string[]): Promise<void> {
    try {
      const bundle = await bundleOf(site, doctype);
      if (bundle === undefined || bundle.doctype.issingle === 1 || bundle.doctype.istable === 1) {
        this.#refused.add(doctype);
        return;
      }
      for (let start = 0; start < names.length; start += atOnce) {
        const some = names.slice(start, start + atOnce);
        const { found } = await fetchByName(site, bundle, some, 'linked');
        some.filter((name) => !found.has(name)).forEach((name) => this.#absent.add(`${doctype}\n${name}`));
      }
    } catch (thrown) {
      const error = AppError.from(thrown);
      site.log('debug', `linked ${doctype} not fetched (${error.code})`);
      if (error.code === 'forbidden' || error.code === 'not-found' || error.code === 'server-error') this.#refused.add(doctype);
    }
  }
}
