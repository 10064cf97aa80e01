import { liveQuery } from 'dexie';
import { defineStore } from 'pinia';
import { z } from 'zod';
import type { DocumentValues } from '@shared/erp/document';
import type { AnyFilter, Filter } from '@shared/erp/filters';
import { plainText } from '@shared/erp/plain-text';
import { serverList } from '@shared/erp/server-list';
import { AppError } from '@shared/errors';
import { readDocType } from '../cache/doctypes';
import { readDocument } from '../cache/documents';
import type { Cache } from '../cache/open-cache';
import { titleOf } from '../cache/search-text';
import { besides, searchedDetails } from '../search/describe';
import type { Found } from '../search/describe';
import { parseRows } from '../sync/rows';
import { useSession, useWorkspace } from './session';
import { useSync } from './sync';

/** A document of the server that is not on this device. */
export type Remote = Found & { values: DocumentValues };

/** How many documents one look brings. */
const most = 50;
/** Milliseconds until a document that the server has is here: reading it and its metadata. */
const patience = 20_000;

const answered = z.array(z.looseObject({ value: z.string(), description: z.string().nullish(), label: z.string().nullish() }));

/** What the person asks of the server because this device does not have it. Nothing is asked but what they wait for. */
export const useServerLook = defineStore('server-look', () => {
  const session = useSession();
  const sync = useSync();

  /** Documents that fit a list's filters and search text and are not here; `more`: there are others beyond these. */
  async function find(
    doctype: string,
    ask: { filters: AnyFilter[]; search: string },
    limit = most,
  ): Promise<{ found: Remote[]; more: boolean }> {
    const { cache, accountId } = useWorkspace();
    const meta = (await readDocType(cache, doctype))?.doctype;
    const question = serverList(doctype, meta, ask);
    const { text } = await session.bridge.erp.list({ account: accountId, priority: 'interactive', doctype, ...question, limit: limit + 1 });
    const rows = parseRows(text);
    const here = await namesHere(cache, doctype, rows);
    const found = rows.slice(0, limit).flatMap((values): Remote[] => {
      if (here.has(values.name)) return [];
      const title = titleOf(values.name, values, meta);
      const searched = searchedDetails(meta, values).map((detail) => ({ ...detail, value: plainText(detail.value) }));
      return [{ doctype, name: values.name, title, details: besides(title, [{ value: values.name, field: null }, ...searched]), values }];
    });
    return { found, more: rows.length > limit };
  }

  /** Documents as the server has them now, here or not, the newest first; `more`: there are others beyond these. */
  async function rows(
    doctype: string,
    ask: { fields: string[]; filters: Filter[] },
    limit: number,
  ): Promise<{ rows: DocumentValues[]; more: boolean }> {
    const { accountId } = useWorkspace();
    const question = { account: accountId, priority: 'interactive', doctype, ...ask, orderBy: 'modified desc', limit: limit + 1 } as const;
    const found = parseRows((await session.bridge.erp.list(question)).text);
    return { rows: found.slice(0, limit), more: found.length > limit };
  }

  /** What a Link field may name, by the server's own search; those that are here are left out. */
  async function findLinks(doctype: string, text: string, filters: Filter[]): Promise<Found[]> {
    const { cache, accountId } = useWorkspace();
    const args = { doctype, txt: text, page_length: 20, ...(filters.length === 0 ? {} : { filters: JSON.stringify(filters) }) };
    const { message } = await session.bridge.erp.call({
      account: accountId,
      priority: 'interactive',
      http: 'GET',
      method: 'frappe.desk.search.search_link',
      args,
    });
    const parsed = answered.safeParse(message);
    if (!parsed.success) throw new AppError('not-frappe', 'The server answered the search with something that cannot be read.');
    const rows = parsed.data.map(({ value, label, description }) => ({
      name: value,
      title: label ?? value,
      details: [{ value: plainText(description ?? ''), field: null }],
    }));
    const here = await namesHere(cache, doctype, rows);
    return rows.filter(({ name }) => !here.has(name)).map((row) => ({ doctype, ...row }));
  }

  /**
   * Has the sync engine read a document and keep it; resolves once it is on this device.
   * @throws AppError with the server's words where it does not give the document
   */
  async function bring(doctype: string, name: string): Promise<void> {
    const { cache, accountId } = useWorkspace();
    if ((await readDocument(cache, doctype, name)) !== undefined) return;
    // The engine tells nobody why it could not read a document: that is learnt here.
    await session.bridge.erp.get({ account: accountId, priority: 'interactive', doctype, name });
    sync.send({ kind: 'refresh', doctype, name });
    await arrived(cache, doctype, name);
  }

  return { find, rows, findLinks, bring };
});

async function namesHere(cache: Cache, doctype: string, rows: readonly { name: string }[]): Promise<ReadonlySet<string>> {
  const known = await cache.documents.bulkGet(rows.map(({ name }) => [doctype, name] as [string, string]));
  return new Set(known.flatMap((row) => (row === undefined ? [] : [row.name])));
}

function arrived(cache: Cache, doctype: string, name: string): Promise<void> {
  return new Promise((done, failed) => {
    const late = setTimeout(() => {
      subscription.unsubscribe();
      failed(new AppError('timeout', 'The server has this document, but it did not arrive in time. Try again.'));
    }, patience);
    const subscription = liveQuery(() => cache.documents.where('[doctype+name]').equals([doctype, name]).count()).subscribe({
      next: (count) => {
        if (count === 0) return;
        clearTimeout(late);
        // The first answer may come before `subscribe` has returned.
        queueMicrotask(() => subscription.unsubscribe());
        done();
      },
      error: (error: unknown) => {
        clearTimeout(late);
        failed(AppError.from(error));
      },
    });
  });
}
