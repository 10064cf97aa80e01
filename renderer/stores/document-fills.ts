import type { ComputedRef, ShallowRef } from 'vue';
import type { DocField } from '@shared/erp/docfield';
import type { DocType, DocTypeBundle } from '@shared/erp/doctype';
import type { ChildRow, DocumentValues, FieldValue } from '@shared/erp/document';
import { rowsOf } from '@shared/erp/document';
import { fetchedValues, fetchesOf } from '@shared/form/fetch-from';
import type { FormSession } from '@shared/form/form-session';
import { itemRowValues } from '@shared/form/item-row';
import { partyValues } from '@shared/form/party-details';
import { cellKey } from '@shared/form/validate';
import { useLinks } from './document-links';
import { useProblems } from './problems';

type Patch = Record<string, FieldValue>;

/** The working copy that is filled in. */
type Filled = {
  bundle: ComputedRef<DocTypeBundle | undefined>;
  session: ComputedRef<FormSession>;
  values: Readonly<ShallowRef<DocumentValues>>;
  write: (patch: Patch) => void;
  writeRows: (table: DocField, rows: ChildRow[]) => void;
  compute: () => void;
};

/** What choices bring to other fields, read from what is on this device. It comes a moment later and never replaces what was typed meanwhile. */
export function useFills({ bundle, session, values, write, writeRows, compute }: Filled) {
  const links = useLinks();
  const problems = useProblems();
  const filling = new Set<Promise<void>>();
  /** When each cell was last typed into. */
  const typedAt = new Map<string, number>();
  let typed = 0;

  const cell = (table: DocField, row: string, fieldname: string): string => cellKey({ table: table.fieldname, row, fieldname });

  function typedInto(table: DocField, row: string, fieldname: string): void {
    typed += 1;
    typedAt.set(cell(table, row, fieldname), typed);
  }

  function fill(work: () => Promise<void>): void {
    const done = work().catch((error: unknown) => problems.report(error));
    filling.add(done);
    void done.finally(() => filling.delete(done));
  }

  /** Resolves when nothing more comes by itself: what follows from the last typing is in `values`. */
  async function settled(): Promise<void> {
    while (filling.size > 0) await Promise.all(filling);
  }

  /** The values that other fields fetch from a linked document; `current` are those around the link. */
  function fetchInto(
    field: DocField,
    value: FieldValue,
    doctype: DocType,
    current: () => DocumentValues,
    patch: (values: Patch) => void,
  ): void {
    const fetches = fetchesOf(doctype.fields, field.fieldname);
    const target = field.fieldtype === 'Link' ? field.options : current()[field.options ?? ''];
    if (fetches.length === 0 || typeof target !== 'string') return;
    fill(async () => {
      const linked = typeof value === 'string' && value !== '' ? await links.read(target, value) : null;
      // A linked document that is not here: the server fetches when it saves. Another choice meanwhile: that one counts.
      if ((linked === null && value !== null && value !== '') || current()[field.fieldname] !== value) return;
      patch(fetchedValues(fetches, current(), linked));
      compute();
    });
  }

  function fillParty(field: DocField, name: string): void {
    fill(async () => {
      const party = await links.read(field.options ?? '', name);
      if (party === null || values.value[field.fieldname] !== name) return;
      write(partyValues(bundle.value?.doctype.fields ?? [], values.value, party));
    });
  }

  /** What choosing items brings to their rows, in one step for however many rows there are. */
  function fillItems(table: DocField, child: DocType, wanted: ReadonlyMap<string, string>): void {
    const before = new Map(rowsOf(values.value, table.fieldname).map((row) => [row.name, row]));
    const begun = typed;
    const untouched = (row: ChildRow, fieldname: string): boolean =>
      row[fieldname] === before.get(row.name)?.[fieldname] && (typedAt.get(cell(table, row.name, fieldname)) ?? 0) <= begun;
    fill(async () => {
      const chosen = await links.chosenItems(new Set(wanted.values()), values.value, session.value.today);
      const parent = values.value;
      const rows = rowsOf(parent, table.fieldname).map((row) => {
        const code = wanted.get(row.name);
        const item = code === undefined || row['item_code'] !== code ? undefined : chosen.get(code);
        if (item === undefined) return row;
        const brought = Object.entries(itemRowValues(child, row, parent, item)).filter(([fieldname]) => untouched(row, fieldname));
        return { ...row, ...Object.fromEntries(brought) };
      });
      writeRows(table, rows);
      compute();
    });
  }

  return { typedInto, settled, fetchInto, fillParty, fillItems };
}
