import { isRecord, parseEnvelope } from './envelope';
import { plainText } from './plain-text';

/** A field before and after, in the words the server kept them in; '' for nothing. */
export type FieldChange = { fieldname: string; from: string; to: string };

/** `idx`: the row's number, from 1; null where the server did not say. */
export type RowChange =
  { table: string; kind: 'added' | 'removed'; idx: number | null } | { table: string; kind: 'changed'; idx: number; fields: FieldChange[] };

/** What one save changed: Frappe's `Version`, which it keeps of DocTypes with `track_changes`. `creation`: site time. */
export type DocVersion = { name: string; owner: string; creation: string; fields: FieldChange[]; rows: RowChange[] };

/** A form shows no more of a value, and of a version no more lines: an import may have written thousands. */
const longest = 300;
const most = 100;

/** Out of a row of `docinfo.versions`, whose `data` is JSON in itself [docinfo]. Null for one that tells nothing. */
export function parseVersion(raw: Record<string, unknown>): DocVersion | null {
  const data = typeof raw['data'] === 'string' ? parseEnvelope(raw['data']) : null;
  if (data === null) return null;
  const fields = listOf(data['changed']).flatMap(fieldChange);
  const rows = [
    ...listOf(data['added']).flatMap((row) => wholeRow('added', row)),
    ...listOf(data['removed']).flatMap((row) => wholeRow('removed', row)),
    ...listOf(data['row_changed']).flatMap(changedRow),
  ];
  if (fields.length + rows.length === 0) return null;
  const text = (key: string): string => (typeof raw[key] === 'string' ? raw[key] : '');
  return { name: text('name'), owner: text('owner'), creation: text('creation'), fields, rows };
}

const listOf = (value: unknown): unknown[][] => (Array.isArray(value) ? value.slice(0, most).filter(Array.isArray) : []);

function fieldChange([fieldname, from, to]: unknown[]): FieldChange[] {
  return typeof fieldname === 'string' ? [{ fieldname, from: words(from), to: words(to) }] : [];
}

function wholeRow(kind: 'added' | 'removed', [table, row]: unknown[]): RowChange[] {
  const idx = isRecord(row) && typeof row['idx'] === 'number' ? row['idx'] : null;
  return typeof table === 'string' ? [{ table, kind, idx }] : [];
}

/** The server counts these rows from 0. */
function changedRow([table, position, , changes]: unknown[]): RowChange[] {
  const fields = listOf(changes).flatMap(fieldChange);
  return typeof table === 'string' && typeof position === 'number' ? [{ table, kind: 'changed', idx: position + 1, fields }] : [];
}

/** Values are formatted there as a person reads them, with HTML where the field holds it. */
function words(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return '';
  const text = plainText(String(value));
  return text.length > longest ? `${text.slice(0, longest)} …` : text;
}
