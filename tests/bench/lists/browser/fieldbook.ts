import { toRow } from '../../../../renderer/cache/document-row';
import { listDocuments, readDocument } from '../../../../renderer/cache/documents';
import type { ListQuestion } from '../../../../renderer/cache/documents';
import { indexedRows } from '../../../../renderer/cache/list';
import { openCache } from '../../../../renderer/cache/open-cache';
import { LookUp } from '../../../../renderer/search/look-up';
import { metadata, subject } from './documents';
import type { Store, Taken } from './task';
import { systemTimers } from '../../../../renderer/timers';

const newestFirst: ListQuestion = { doctype: subject, filters: [], sort: { fieldname: 'modified', order: 'desc' } };

/** The app's own cache and search, as its search worker has them. */
export function fieldbook(): Store {
  const cache = openCache(crypto.randomUUID(), crypto.getRandomValues(new Uint8Array(32)));
  const look = (): LookUp =>
    new LookUp({
      cache,
      timers: systemTimers,
      report(error) {
        throw error;
      },
    });
  let lookUp = look();
  const list = async (question: ListQuestion, limit: number): Promise<number> =>
    (await listDocuments(cache, { ...question, limit })).rows.length;
  return {
    async fill(parts) {
      const bundles = metadata();
      await cache.doctypes.bulkPut(bundles.map((bundle) => ({ name: bundle.doctype.name, bundle, keptAt: 1 })));
      const doctypes = new Map(bundles.map(({ doctype }) => [doctype.name, doctype]));
      for (const docs of parts)
        await cache.documents.bulkPut(docs.map((doc) => toRow(doc, { doctype: doctypes.get(doc.doctype), origin: 'profile', keptAt: 1 })));
    },
    // What the first screen shows; the whole count comes after it.
    newest: async (limit) => (await indexedRows(cache, { ...newestFirst, limit })).length,
    withStatus: (status, limit) => list({ ...newestFirst, filters: [['status', '=', status]] }, limit),
    greatest: (limit) => list({ ...newestFirst, sort: { fieldname: 'grand_total', order: 'desc' } }, limit),
    async open(doctype, name) {
      const items = (await readDocument(cache, doctype, name))?.doc['items'];
      return Array.isArray(items) ? items.length : 0;
    },
    search: async (text) => (await lookUp.search({ text, limit: 20 })).found.length,
    async extra(): Promise<Taken> {
      const taken: Taken = { 'index-built': [], 'index-loaded': [] };
      lookUp = look();
      taken['index-built']?.push(await timed(() => lookUp.start()));
      await lookUp.keep();
      lookUp.stop();
      lookUp = look();
      taken['index-loaded']?.push(await timed(() => lookUp.start()));
      return taken;
    },
    async end() {
      lookUp.stop();
      await cache.delete();
    },
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
