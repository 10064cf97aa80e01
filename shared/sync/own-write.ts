import type { DocTypeBundle } from '../erp/doctype';
import { rowsOf } from '../erp/document';
import type { ChildRow, DocumentValues, FieldValue } from '../erp/document';
import { scalar } from './changes';
import { fieldsOf } from './document-fields';
import type { FieldsOf } from './document-fields';
import { frappeEqual } from './frappe-equal';
import type { Versions } from './merge';
import type { Changes } from './outbox-entry';

/**
 * The versions to merge after an attempt whose answer was lost: where the server has what that attempt sent, or what it
 * made of it (rounded, trimmed, tidied), its value is no other side of a clash but what a later edit starts from.
 * `sent`: the changes of the attempt; `user`: who sent it.
 */
export function withOwnWrite(versions: Versions, sent: Changes, user: string, bundle?: DocTypeBundle): Versions {
  const { base, mine, theirs } = versions;
  const made = theirs['modified_by'] === user;
  const fields = fieldsOf(bundle);
  const known = cells({ base, mine, theirs }, sent.fields, fields, made);
  const result = { base: { ...base, ...known.base }, mine: { ...mine, ...known.mine }, theirs };
  for (const [table, change] of Object.entries(sent.tables)) {
    const added = Object.fromEntries(change.added.map((row) => [row.name, withoutPlace(row)]));
    const rows = { base: rowsOf(base, table), mine: rowsOf(mine, table), theirs: rowsOf(theirs, table) };
    for (const [name, values] of Object.entries({ ...added, ...change.edited })) {
      const [there, here] = [find(rows.theirs, name), find(rows.mine, name)];
      if (there === undefined || here === undefined) continue;
      const before = find(rows.base, name);
      const row = cells({ base: before ?? { name }, mine: here, theirs: there }, values, fields.rows(table), made);
      rows.base = before === undefined ? [...rows.base, { name, ...row.base }] : put(rows.base, { ...before, ...row.base });
      rows.mine = put(rows.mine, { ...here, ...row.mine });
    }
    Object.assign(result.base, { [table]: rows.base });
    Object.assign(result.mine, { [table]: rows.mine });
  }
  return result;
}

const find = (rows: ChildRow[], name: string): ChildRow | undefined => rows.find((row) => row.name === name);
const put = (rows: ChildRow[], row: ChildRow): ChildRow[] => rows.map((each) => (each.name === row.name ? row : each));
const withoutPlace = ({ name: _name, idx: _idx, ...cells }: ChildRow): DocumentValues => cells;

type Cells = Record<string, FieldValue>;

/** The cells in which the server has what was sent: its value is the base, and mine too unless it was edited since. */
function cells(
  sides: { base: DocumentValues; mine: DocumentValues; theirs: DocumentValues },
  sent: DocumentValues,
  fields: FieldsOf,
  made: boolean,
): { base: Cells; mine: Cells } {
  const known: { base: Cells; mine: Cells } = { base: {}, mine: {} };
  for (const fieldname of Object.keys(sent)) {
    const field = fields.field(fieldname);
    const [was, there] = [scalar(sent, fieldname), scalar(sides.theirs, fieldname)];
    if (!frappeEqual(was, there, field) && !(made && isTidied(was, there))) continue;
    known.base[fieldname] = there ?? null;
    if (frappeEqual(scalar(sides.mine, fieldname), was, field)) known.mine[fieldname] = there ?? null;
  }
  return known;
}

/** Is `found` what a server stores for `sent`: the number rounded, or the text without blanks and markup that it drops? */
export function isTidied(sent: FieldValue | undefined, found: FieldValue | undefined): boolean {
  const [x, y] = [toNumber(sent), toNumber(found)];
  if (x !== null && y !== null) return isRounded(x, y);
  return typeof sent === 'string' && typeof found === 'string' && tidy(sent) === tidy(found);
}

const toNumber = (value: FieldValue | undefined): number | null => {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : null;
};

/** `y` is `x` rounded to the places that `y` has, half to either side. */
function isRounded(x: number, y: number): boolean {
  const places = (/\.(\d+)$/.exec(String(y))?.[1] ?? '').length;
  return Math.abs(x - y) <= 0.5 * 10 ** -places * (1 + 1e-9);
}

const tidy = (text: string): string =>
  text
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39|#x27|nbsp);/g, (whole, name: string) => entities[name] ?? whole)
    .replace(/\s+/g, ' ')
    .trim();

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'", nbsp: ' ' };
