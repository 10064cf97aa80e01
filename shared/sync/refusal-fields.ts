import type { DocTypeBundle } from '../erp/doctype';
import { isTableField } from '../erp/docfield';
import type { DocField } from '../erp/docfield';
import { rowsOf } from '../erp/document';
import type { Doc } from '../erp/document';
import type { ServerMessage } from '../errors';
import type { CellPath } from './outbox-entry';

export type FieldMessage = { path: CellPath; message: string };

/**
 * Which fields the server's words concern: those whose label they name, in the row that they name ("Row #2:"). A label
 * counts as a whole word only; of labels that contain one another ("Item", "Item Code") the longest counts.
 * A message that names no field concerns none.
 */
export function refusalFields(messages: ServerMessage[], doc: Doc, bundle?: DocTypeBundle): FieldMessage[] {
  if (bundle === undefined) return [];
  return messages.flatMap(({ message }) => fieldsIn(message, doc, bundle).map((path) => ({ path, message })));
}

function fieldsIn(message: string, doc: Doc, bundle: DocTypeBundle): CellPath[] {
  const row = /\brow\s*#?\s*(\d+)/i.exec(message)?.[1];
  if (row !== undefined) {
    const inRow = bundle.doctype.fields.filter(isTableField).flatMap((table) => {
      const child = bundle.children.find((candidate) => candidate.name === table.options);
      const found = rowsOf(doc, table.fieldname)[Number(row) - 1];
      if (child === undefined || found === undefined) return [];
      return named(message, child.fields).map((fieldname): CellPath => ({ table: table.fieldname, row: found.name, fieldname }));
    });
    if (inRow.length > 0) return inRow;
  }
  return named(message, bundle.doctype.fields).map((fieldname) => ({ fieldname }));
}

function named(message: string, fields: DocField[]): string[] {
  let rest = message.toLowerCase();
  const labelled = fields.filter((field) => field.hidden !== 1 && (field.label ?? '').length > 2);
  const found: string[] = [];
  for (const field of labelled.sort((a, b) => (b.label ?? '').length - (a.label ?? '').length)) {
    const label = (field.label ?? '').toLowerCase();
    const at = rest.indexOf(label);
    if (at === -1 || isLetter(rest[at - 1]) || isLetter(rest[at + label.length])) continue;
    found.push(field.fieldname);
    rest = rest.replace(label, ' ');
  }
  return found;
}

const isLetter = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}_]/u.test(char);
