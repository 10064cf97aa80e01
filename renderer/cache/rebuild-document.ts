import type { DocTypeBundle } from '@shared/erp/doctype';
import type { Doc } from '@shared/erp/document';
import { replay } from '@shared/sync/collapse';
import { isOpen } from '@shared/sync/entry-state';
import type { OutboxEntry } from '@shared/sync/outbox-entry';
import { toRow } from './document-row';
import type { Recorder } from './recorder';
import type { DocumentRow } from './rows';
import { putEntry, writeClean, writeRebased } from './work';

/**
 * The document as it is with these entries on top of a version of the server; `base` null stands for a document that
 * the server has not seen. Open edits are based on that version from now on; a submit is not, since the person has
 * not seen it.
 */
export async function rebuildDocument(
  recorder: Recorder,
  row: DocumentRow,
  base: Doc | null,
  entries: OutboxEntry[],
  bundle: DocTypeBundle | undefined,
): Promise<void> {
  const now = recorder.now();
  const edits = entries.filter(({ operation }) => operation.kind === 'create' || operation.kind === 'update');
  const doc = replay(base ?? { doctype: row.doctype, name: row.name, docstatus: 0 }, edits);
  if (base === null) {
    await recorder.cache.documents.put(toRow(doc, { doctype: bundle?.doctype, origin: 'local', keptAt: now, alias: row.alias }));
    return;
  }
  if (edits.length === 0) await writeClean(recorder.cache, row, base, bundle, now);
  else await writeRebased(recorder.cache, row, base, doc, bundle, now);
  const modified = base.modified ?? null;
  for (const entry of edits.filter(isOpen)) {
    if (entry.modified !== modified) await putEntry(recorder, { ...entry, modified });
  }
}
