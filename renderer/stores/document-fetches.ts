import { isLinkField } from '@shared/erp/docfield';
import type { DocField } from '@shared/erp/docfield';
import type { DocType } from '@shared/erp/doctype';
import type { ChildRow, DocumentValues, FieldValue } from '@shared/erp/document';
import { rowsOf } from '@shared/erp/document';
import { fetchedValues, fetchesOf } from '@shared/form/fetch-from';
import { useLinks } from './document-links';
import type { Filled, Patch } from './filled';
import type { TypedCells } from './typed-cells';

/** `fetch_from`: what fields take over from a linked document, as far as it is on this device. `fill` does it a moment later. */
export function useFetches({ values, write, writeRows, compute }: Filled, cells: TypedCells, fill: (work: () => Promise<void>) => void) {
  const links = useLinks();
  const keyOf = (doctype: string, name: string): string => `${doctype}\u0000${name}`;

  const targetOf = (field: DocField, around: DocumentValues): DocumentValues[string] =>
    field.fieldtype === 'Link' ? field.options : around[field.options ?? ''];

  /** The values that other fields of the document fetch from a linked document. */
  function fetchInto(field: DocField, value: FieldValue, doctype: DocType): void {
    const fetches = fetchesOf(doctype.fields, field.fieldname);
    const target = targetOf(field, values.value);
    if (fetches.length === 0 || typeof target !== 'string') return;
    fill(async () => {
      const linked = typeof value === 'string' && value !== '' ? await links.read(target, value) : null;
      // A linked document that is not here: the server fetches when it saves. Another choice meanwhile: that one counts.
      if ((linked === null && value !== null && value !== '') || values.value[field.fieldname] !== value) return;
      write(fetchedValues(fetches, values.value, linked));
      compute();
    });
  }

  /** The same for links in rows, in one step for however many there are; a linked document is read once. */
  function fetchIntoRows(table: DocField, child: DocType, rows: ReadonlyMap<string, Readonly<Patch>>, since: number): void {
    const fetching = child.fields
      .filter(isLinkField)
      .map((field) => ({ field, fetches: fetchesOf(child.fields, field.fieldname) }))
      .filter(({ field, fetches }) => fetches.length > 0 && [...rows.values()].some((given) => given[field.fieldname] !== undefined));
    if (fetching.length === 0) return;
    fill(async () => {
      const read = new Map<string, DocumentValues | null>();
      for (const row of rowsOf(values.value, table.fieldname)) {
        for (const { field } of rows.has(row.name) ? fetching : []) {
          const [target, name] = [targetOf(field, row), row[field.fieldname]];
          if (typeof target !== 'string' || typeof name !== 'string' || name === '' || read.has(keyOf(target, name))) continue;
          read.set(keyOf(target, name), await links.read(target, name));
        }
      }
      const fetchedBy = (row: ChildRow): Patch => {
        const given = rows.get(row.name);
        const patch: Patch = {};
        for (const { field, fetches } of fetching) {
          const [target, value] = [targetOf(field, row), row[field.fieldname] ?? null];
          // Another choice meanwhile: that one counts. A linked document that is not here: the server fetches when it saves.
          if (given?.[field.fieldname] === undefined || value !== given[field.fieldname]) continue;
          const linked = value === null || value === '' ? null : (read.get(keyOf(String(target), String(value))) ?? null);
          if (linked === null && value !== null && value !== '') continue;
          Object.assign(patch, fetchedValues(fetches, { ...row, ...patch }, linked));
        }
        return Object.fromEntries(
          Object.entries(patch).filter(([fieldname]) => !cells.typedAfter({ table: table.fieldname, row: row.name, fieldname }, since)),
        );
      };
      const before = rowsOf(values.value, table.fieldname);
      const after = before.map((row) => {
        const patch = fetchedBy(row);
        return Object.keys(patch).length === 0 ? row : { ...row, ...patch };
      });
      if (after.some((row, index) => row !== before[index])) writeRows(table, after);
      compute();
    });
  }

  return { fetchInto, fetchIntoRows };
}
