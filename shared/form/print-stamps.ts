import type { DocType } from '../erp/doctype';
import { docstatus } from '../erp/document';
import type { DocumentValues } from '../erp/document';
import type { OperationKind } from '../sync/outbox-entry';

/** What stands across the top of a printed document: that it is not, or no longer, valid, or not on the server as it is here. */
export type PrintStamp = 'draft' | 'cancelled' | 'unsent';

const besides: ReadonlySet<OperationKind> = new Set(['comment', 'attach', 'detach']);

/**
 * Drafts of submittable DocTypes and cancelled documents say so, as in Frappe's standard format.
 * `unsent`: what waits to be sent for the document; a comment or a file on it changes nothing of what is printed.
 */
export function printStamps(doctype: DocType, values: DocumentValues, unsent: readonly { kind: OperationKind }[]): PrintStamp[] {
  const status = typeof values['docstatus'] === 'number' ? values['docstatus'] : docstatus.draft;
  return [
    ...(status === docstatus.draft && doctype.is_submittable === 1 ? (['draft'] as const) : []),
    ...(status === docstatus.cancelled ? (['cancelled'] as const) : []),
    ...(unsent.some(({ kind }) => !besides.has(kind)) ? (['unsent'] as const) : []),
  ];
}
