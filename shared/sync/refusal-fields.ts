import type { DocType, DocTypeBundle } from '../erp/doctype';
import { isTableField } from '../erp/docfield';
import type { DocField } from '../erp/docfield';
import { rowsOf } from '../erp/document';
import { namedAfter } from '../erp/name-that-follows';
import type { Doc, DocumentValues } from '../erp/document';
import type { ServerMessage } from '../errors';
import type { CellPath } from './outbox-entry';

export type FieldMessage = { path: CellPath; message: string };

/**
 * Which fields the server's words concern: those whose label they name, in the row that they name ("Row #2:"). A label
 * counts as a whole word only; of labels that contain one another ("Item", "Item Code") the longest counts.
 * Also those that link to a document which they name ("Item LAMP-1 is disabled"), in whatever row.
 * A message that names neither concerns none.
 */
export function refusalFields(messages: ServerMessage[], doc: Doc, bundle?: DocTypeBundle): FieldMessage[] {
  if (bundle === undefined) return [];
  return messages.flatMap(({ message }) => fieldsIn(message, doc, bundle).map((path) => ({ path, message })));
}

/** A name that is taken concerns the field that it follows from, which the server does not say. */
export function takenName(message: string, doctype: DocType | undefined): FieldMessage[] {
  const after = doctype === undefined ? null : namedAfter(doctype);
  return after === null || after === 'prompt' ? [] : [{ path: { fieldname: after.field }, message }];
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
  const byLabel = named(message, bundle.doctype.fields).map((fieldname): CellPath => ({ fieldname }));
  const byLink = linked(message, doc, bundle).filter(
    (path) => 'table' in path || !byLabel.some((each) => each.fieldname === path.fieldname),
  );
  return [...byLabel, ...byLink];
}

/** Cells whose Link leads to a document that the message names with its DocType. */
function linked(message: string, doc: Doc, bundle: DocTypeBundle): CellPath[] {
  const own = linksNamed(message, bundle.doctype.fields, doc).map((fieldname): CellPath => ({ fieldname }));
  const inRows = bundle.doctype.fields.filter(isTableField).flatMap((table) => {
    const fields = bundle.children.find((candidate) => candidate.name === table.options)?.fields ?? [];
    return rowsOf(doc, table.fieldname).flatMap((row) =>
      linksNamed(message, fields, row).map((fieldname): CellPath => ({ table: table.fieldname, row: row.name, fieldname })),
    );
  });
  return [...own, ...inRows];
}

function linksNamed(message: string, fields: readonly DocField[], values: DocumentValues): string[] {
  const text = message.toLowerCase();
  return fields
    .filter((field) => {
      const target =
        field.fieldtype === 'Link' ? field.options : field.fieldtype === 'Dynamic Link' ? values[field.options ?? ''] : undefined;
      const name = values[field.fieldname];
      if (field.hidden === 1 || typeof target !== 'string' || typeof name !== 'string' || name === '') return false;
      const words = `${target} ${name}`.toLowerCase();
      const at = text.indexOf(words);
      return at !== -1 && !isLetter(text[at - 1]) && !isLetter(text[at + words.length]);
    })
    .map((field) => field.fieldname);
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
