import type { DocField } from '../erp/docfield';
import type { DocType, DocTypeBundle } from '../erp/doctype';
import type { DocVersion, FieldChange } from '../erp/doc-version';
import type { Rights } from '../erp/permissions';

/** One line of what a version changed. `from`, `to`: '' for nothing; labels are the metadata's. */
export type VersionLine =
  | { kind: 'docstatus'; docstatus: 1 | 2 }
  | { kind: 'field'; label: string; from: string; to: string }
  | { kind: 'row-field'; table: string; idx: number; label: string; from: string; to: string }
  | { kind: 'added' | 'removed'; table: string; idx: number | null };

/**
 * What a person may see of a version. As the desk's timeline: a field that is hidden, or whose permlevel they may not read,
 * stays out, and one that the DocType has no more.
 */
export function versionLines({ fields, rows }: DocVersion, { doctype, children }: DocTypeBundle, rights: Rights): VersionLine[] {
  const seen = (owner: DocType | undefined, fieldname: string): DocField | undefined =>
    owner?.fields.find((field) => field.fieldname === fieldname && field.hidden !== 1 && rights.readLevels.has(field.permlevel ?? 0));
  const own = fields.flatMap((change): VersionLine[] => {
    if (change.fieldname === 'docstatus') return docstatusLine(change);
    const field = seen(doctype, change.fieldname);
    return field === undefined ? [] : [{ kind: 'field', label: labelOf(field), from: change.from, to: change.to }];
  });
  const ofRows = rows.flatMap((row): VersionLine[] => {
    const table = seen(doctype, row.table);
    if (table === undefined) return [];
    if (row.kind !== 'changed') return [{ kind: row.kind, table: labelOf(table), idx: row.idx }];
    const child = children.find(({ name }) => name === table.options);
    return row.fields.flatMap(({ fieldname, from, to }): VersionLine[] => {
      const field = seen(child, fieldname);
      return field === undefined ? [] : [{ kind: 'row-field', table: labelOf(table), idx: row.idx, label: labelOf(field), from, to }];
    });
  });
  return [...own, ...ofRows];
}

const labelOf = ({ label, fieldname }: DocField): string => label ?? fieldname;

function docstatusLine({ to }: FieldChange): VersionLine[] {
  return to === '1' || to === '2' ? [{ kind: 'docstatus', docstatus: to === '1' ? 1 : 2 }] : [];
}
