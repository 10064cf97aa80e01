import { isTemporaryName } from '@shared/erp/temporary-name';
import { rowsOf } from '@shared/erp/document';
import { tableFields } from '@shared/sync/document-fields';
import type { DocumentKey } from '@shared/sync/outbox-entry';
import { bodyHolds } from '../../cache/body';
import { docOf } from '../../cache/document-row';
import type { Cache } from '../../cache/open-cache';

/** Which document made here a temporary name belongs to: its own name, or that of one of its rows. */
export async function readOwners(cache: Cache): Promise<(name: string) => DocumentKey | null> {
  const owners = new Map<string, DocumentKey>();
  for (const row of await cache.documents.orderBy('mark').toArray()) {
    const key = { doctype: row.doctype, name: row.name };
    if (isTemporaryName(row.name)) owners.set(row.name, key);
    if (!bodyHolds(row.body, 'fb-new-')) continue;
    const doc = docOf(row);
    for (const table of tableFields(doc)) {
      for (const child of rowsOf(doc, table)) if (isTemporaryName(child.name)) owners.set(child.name, key);
    }
  }
  return (name) => owners.get(name) ?? null;
}
