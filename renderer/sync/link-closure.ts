import { AppError } from '@shared/errors';
import type { Doc } from '@shared/erp/document';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { dayMs, isDue } from '@shared/sync/due';
import { linkedDocuments } from '@shared/sync/linked-documents';
import { docOf } from '../cache/document-row';
import { signedInAt } from '../cache/doctypes';
import { askForRefused, forgetLinksDue, linksDueSince, linksRefusedSince, noteLinksRefused } from '../cache/links-due';
import { linksLeft, noteLinksLeft } from '../cache/links-left';
import { readBundle } from './site';
import type { Site } from './site';
import { fetchByName } from './pull/fetch-by-name';
import { rereadLinking } from './reread-linking';

/** So many errors of the server in a row count as a refusal. */
const mostErrors = 3;

/**
 * Gathers what stored documents link to, and fetches what is not on this device, so that a linked master can be looked
 * up without a network. What the user may not read, or is not there, is asked for again after a day and after a sign-in.
 * What a crash or a lost network cut off is gone on with: the time since when something is due is kept with the documents.
 */
export class LinkClosure {
  readonly #wanted = new Map<string, Set<string>>();
  readonly #refused = new Set<string>();
  readonly #absent = new Set<string>();
  /** Errors of the server in a row, by DocType. */
  readonly #errors = new Map<string, number>();
  #resumed = false;
  #left: ReadonlySet<string> = new Set();

  /** What documents of these DocTypes link to is not taken up, by choice. A DocType that was one of them has its Links followed now. */
  async leave(site: Site, doctypes: string[]): Promise<void> {
    const before = await linksLeft(site.cache);
    this.#left = new Set(doctypes);
    if (JSON.stringify(before) === JSON.stringify(doctypes)) return;
    if (before.some((doctype) => !this.#left.has(doctype))) {
      await askForRefused(site.cache);
      this.#askAgain();
    }
    await noteLinksLeft(site.cache, doctypes);
  }

  add(docs: Doc[], bundle: DocTypeBundle): void {
    if (this.#left.has(bundle.doctype.name)) return;
    for (const [doctype, names] of linkedDocuments(docs, bundle)) {
      if (this.#refused.has(doctype)) continue;
      const wanted = this.#wanted.get(doctype) ?? new Set();
      names.forEach((name) => wanted.add(name));
      this.#wanted.set(doctype, wanted);
    }
  }

  /** Nothing is known any more: the documents were forgotten. */
  reset(): void {
    this.#wanted.clear();
    this.#askAgain();
  }

  #askAgain(): void {
    for (const known of [this.#refused, this.#absent, this.#errors]) known.clear();
    this.#resumed = false;
  }

  /** Fetches what is missing; a DocType that is refused does not stop the others. */
  async fetch(site: Site): Promise<void> {
    const later = new Map<string, Set<string>>();
    // What is read again for an absent one may add to the map, which goes through that as well.
    for (const [doctype, names] of this.#wanted) {
      if (!site.watch.mayAsk) break;
      this.#wanted.delete(doctype);
      const missing = await this.#missing(site, doctype, [...names]);
      if (missing.length > 0 && !(await this.#fetchOf(site, doctype, missing))) later.set(doctype, new Set(missing));
    }
    for (const [doctype, names] of later) this.#wanted.set(doctype, new Set([...names, ...(this.#wanted.get(doctype) ?? [])]));
    await forgetLinksDue(site.cache, () => this.#wanted.size === 0);
  }

  /** Takes up what an engine before this one left due. Called before anything is stored, or that would be read again. */
  async resume(site: Site): Promise<void> {
    const { cache } = site;
    if (await mayHaveChanged(site)) {
      await askForRefused(cache);
      this.#askAgain();
    }
    if (this.#resumed) return;
    const due = await linksDueSince(cache);
    if (due !== null) {
      const bundles = new Map((await cache.doctypes.toArray()).map(({ name, bundle }) => [name, bundle]));
      await cache.documents
        .filter(({ keptAt, origin, mark }) => (origin === 'profile' || origin === 'opened' || mark !== undefined) && keptAt >= due)
        .each((row) => {
          const bundle = bundles.get(row.doctype);
          if (bundle !== undefined) this.add([docOf(row)], bundle);
        });
    }
    this.#resumed = true;
  }

  async #missing(site: Site, doctype: string, names: string[]): Promise<string[]> {
    const asked = names.filter((name) => !this.#absent.has(`${doctype}\n${name}`));
    const known = await site.cache.documents.bulkGet(asked.map((name) => [doctype, name] as [string, string]));
    return asked.filter((_, position) => known[position] === undefined);
  }

  /** False where it is worth another try. */
  async #fetchOf(site: Site, doctype: string, names: string[]): Promise<boolean> {
    try {
      const bundle = await readBundle(site, doctype);
      if (bundle.doctype.issingle === 1 || bundle.doctype.istable === 1) {
        this.#refused.add(doctype);
        return true;
      }
      const { docs } = await fetchByName(site, bundle, names, 'linked');
      const found = new Set(docs.map(({ name }) => name));
      const absent = new Set(names.filter((name) => !found.has(name)));
      await rereadLinking(site, doctype, absent);
      absent.forEach((name) => this.#absent.add(`${doctype}\n${name}`));
      if (absent.size > 0) await noteLinksRefused(site.cache, site.now());
      this.#errors.delete(doctype);
      return true;
    } catch (thrown) {
      const error = AppError.from(thrown);
      site.log('debug', `linked ${doctype} not fetched (${error.code})`);
      if (error.code === 'server-error') this.#errors.set(doctype, (this.#errors.get(doctype) ?? 0) + 1);
      const refused = error.code === 'forbidden' || error.code === 'not-found' || (this.#errors.get(doctype) ?? 0) >= mostErrors;
      if (!refused) return false;
      this.#refused.add(doctype);
      await noteLinksRefused(site.cache, site.now());
      return true;
    }
  }
}

/** Something was refused a day ago, or before the last sign-in: this person may be permitted more by now. */
async function mayHaveChanged({ cache, now }: Site): Promise<boolean> {
  const since = await linksRefusedSince(cache);
  return since !== null && (since <= (await signedInAt(cache)) || isDue(since, now(), dayMs));
}
