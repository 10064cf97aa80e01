import { isTableField } from '../erp/docfield';
import type { DocType, DocTypeBundle } from '../erp/doctype';
import type { DocumentValues, FieldValue } from '../erp/document';
import { rowsOf, valueOf } from '../erp/document';
import type { CellPath } from '../sync/outbox-entry';
import type { DefaultSources } from './defaults';
import { newDocument, newRow } from './new-document';

export type Move = { path: CellPath; value: FieldValue };

/**
 * What follows when a document changes its company: whatever still stands as the former company would have begun it (currency,
 * cost centre) becomes what the new one would. What differs from that was typed or came from elsewhere, and stays.
 */
export function companyMoves(bundle: DocTypeBundle, values: DocumentValues, before: DefaultSources, after: DefaultSources): Move[] {
  const begins = (sources: DefaultSources): DocumentValues => newDocument(bundle.doctype, sources);
  const moves: Move[] = differing(bundle.doctype, begins(before), begins(after))
    .filter(({ fieldname, was }) => fieldname !== 'company' && same(valueOf(values, fieldname), was))
    .map(({ fieldname, now }) => ({ path: { fieldname }, value: now }));
  for (const table of bundle.doctype.fields.filter(isTableField)) {
    const child = bundle.children.find((each) => each.name === table.options);
    if (child === undefined) continue;
    const rowBegins = (sources: DefaultSources): DocumentValues => newRow(child, {}, sources, '', 1);
    const changes = differing(child, rowBegins(before), rowBegins(after));
    for (const row of rowsOf(values, table.fieldname))
      for (const { fieldname, was, now } of changes)
        if (same(valueOf(row, fieldname), was)) moves.push({ path: { table: table.fieldname, row: row.name, fieldname }, value: now });
  }
  return moves;
}

type Difference = { fieldname: string; was: FieldValue; now: FieldValue };

function differing(doctype: DocType, was: DocumentValues, now: DocumentValues): Difference[] {
  return doctype.fields
    .filter((field) => !isTableField(field))
    .map(({ fieldname }) => ({ fieldname, was: plain(valueOf(was, fieldname)), now: plain(valueOf(now, fieldname)) }))
    .filter((each) => each.was !== each.now);
}

const plain = (value: DocumentValues[string]): FieldValue => (value === undefined || Array.isArray(value) ? null : value);

/** Nothing and an empty text are the same here. */
const same = (value: DocumentValues[string], was: FieldValue): boolean => !Array.isArray(value) && (value ?? '') === (was ?? '');
