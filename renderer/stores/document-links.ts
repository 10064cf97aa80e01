import { defineStore } from 'pinia';
import type { DocType } from '@shared/erp/doctype';
import type { Doc } from '@shared/erp/document';
import type { Filter } from '@shared/erp/filters';
import { isTemporaryName } from '@shared/erp/temporary-name';
import { AppError } from '@shared/errors';
import { listDocuments, readDocument } from '../cache/documents';
import { readDocType } from '../cache/doctypes';
import type { Cache } from '../cache/open-cache';
import type { Found } from '../search/describe';
import { useSession, useWorkspace } from './session';

export type LinkSearch = { found: Found[]; /** No document of the DocType is on this device at all. */ nothingHere: boolean };

/** What Link fields ask of the cache. */
export const useLinks = defineStore('links', () => {
  const session = useSession();

  function cache(): Cache {
    if (session.cache === null) throw new AppError('no-account', 'There is no active account on this device. Sign in first.');
    return session.cache;
  }

  const metaOf = async (doctype: string): Promise<DocType | undefined> => (await readDocType(cache(), doctype))?.doctype;

  async function search(doctype: string, text: string, filters: Filter[], limit: number): Promise<LinkSearch> {
    const { found } = await useWorkspace().search.links({ doctype, text, filters, limit });
    if (found.length > 0) return { found, nothingHere: false };
    const { total } = await listDocuments(cache(), { doctype, filters: [], sort: { fieldname: 'name', order: 'asc' }, limit: 1 });
    return { found, nothingHere: total === 0 };
  }

  const read = async (doctype: string, name: string): Promise<Doc | null> => (await readDocument(cache(), doctype, name))?.doc ?? null;

  /**
   * The name a person knows a linked document by: its title where the DocType asks for that, else its name. A master that
   * the server has not named yet goes by its title too; an order, of which a customer may have many, by its alias.
   */
  async function titleOf(doctype: string, name: string): Promise<string> {
    const meta = await metaOf(doctype);
    const byTitle = meta?.show_title_field_in_link === 1 || (isTemporaryName(name) && meta?.is_submittable !== 1);
    if (!byTitle || meta?.title_field === undefined) return name;
    const title = (await read(doctype, name))?.[meta.title_field];
    return typeof title === 'string' && title !== '' ? title : name;
  }

  /** The price list that a new document begins with: the site's standard one, else the only one there is. */
  async function priceLists(): Promise<{ selling: string | null; buying: string | null }> {
    const { rows } = await listDocuments(cache(), {
      doctype: 'Price List',
      filters: [['enabled', '=', 1]],
      sort: { fieldname: 'name', order: 'asc' },
      limit: 100,
    });
    const of = (kind: 'selling' | 'buying'): string | null => {
      const lists = rows.filter(({ doc }) => doc[kind] === 1).map(({ doc }) => doc.name);
      const standard = `Standard ${kind === 'selling' ? 'Selling' : 'Buying'}`;
      return lists.includes(standard) ? standard : lists.length === 1 ? (lists[0] ?? null) : null;
    };
    return { selling: of('selling'), buying: of('buying') };
  }

  return { priceLists, search, read, metaOf, titleOf };
});
