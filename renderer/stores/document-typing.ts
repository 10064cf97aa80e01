import { computed, ref, shallowRef, triggerRef, watch } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import type { DocField } from '@shared/erp/docfield';
import type { DocType, DocTypeBundle } from '@shared/erp/doctype';
import type { ChildRow, DocumentValues, FieldValue } from '@shared/erp/document';
import { rowsOf } from '@shared/erp/document';
import { temporaryName } from '@shared/erp/temporary-name';
import { withoutBlankRows } from '@shared/form/blank-rows';
import { computeDocument } from '@shared/form/computed';
import { copyRow } from '@shared/form/copy-document';
import type { DefaultSources } from '@shared/form/defaults';
import { fetchedValues, fetchesOf } from '@shared/form/fetch-from';
import type { FormSession } from '@shared/form/form-session';
import { itemRowValues } from '@shared/form/item-row';
import { newRow } from '@shared/form/new-document';
import { isPartyField, partyValues } from '@shared/form/party-details';
import { cellKey } from '@shared/form/validate';
import { useLinks } from './document-links';
import { useProblems } from './problems';
import { useWorkspace } from './session';
import { rebaseTyping } from './document-rebase';

export type TypingSources = {
  bundle: ComputedRef<DocTypeBundle | undefined>;
  session: ComputedRef<FormSession>;
  defaults: ComputedRef<DefaultSources>;
};

/** The working copy of a document: what was typed, what follows from it at once, and whether it differs from what is kept. */
export function useTyping({ bundle, session, defaults }: TypingSources) {
  const links = useLinks();
  const problems = useProblems();
  const { recorder } = useWorkspace();

  // One object: a form that is still being opened holds no typing.
  const nothing: DocumentValues = {};
  const values = shallowRef(nothing);
  const began = shallowRef(nothing);
  const ready = ref(false);
  const changedBelow: Ref<{ both: string[] } | null> = ref(null);
  const dirty = computed(() => values.value !== began.value);

  /** What is being read to fill fields in; and when each cell was last typed into, since what is read never replaces that. */
  const filling = new Set<Promise<void>>();
  const typedAt = new Map<string, number>();
  let typed = 0;

  function fill(work: Promise<void>): void {
    filling.add(work);
    void work.finally(() => filling.delete(work));
  }

  /** Resolves when nothing more comes by itself: what follows from the last typing is in `values`. */
  async function settled(): Promise<void> {
    while (filling.size > 0) await Promise.all(filling);
  }

  /** Shows a version of the document; typing on an older one is put on top of it. */
  function follow(now: DocumentValues): void {
    const meta = bundle.value;
    if (!ready.value || !dirty.value || meta === undefined) return start(now, now);
    const { values: rebased, both, changed } = rebaseTyping(meta, began.value, values.value, now);
    if (changed) changedBelow.value = { both: [...new Set([...(changedBelow.value?.both ?? []), ...both])] };
    start(now, rebased);
  }

  function start(from: DocumentValues, typed: DocumentValues): void {
    began.value = from;
    values.value = typed;
    ready.value = true;
  }

  /** What is shown now is about to be kept; `failed` says that it was not. */
  function saving(): { saved: DocumentValues; failed(): void } {
    const before = began.value;
    const saved = values.value;
    began.value = saved;
    changedBelow.value = null;
    return { saved, failed: () => void (began.value = before) };
  }

  function drop(): void {
    values.value = began.value;
    changedBelow.value = null;
  }

  const fieldOf = (fieldname: string): DocField | undefined => bundle.value?.doctype.fields.find((field) => field.fieldname === fieldname);
  const childOf = (table: DocField): DocType | undefined => bundle.value?.children.find((each) => each.name === table.options);

  function set(fieldname: string, value: FieldValue): void {
    write({ [fieldname]: value, ...goesWith(fieldname) });
    const meta = bundle.value;
    const field = fieldOf(fieldname);
    if (meta === undefined || field === undefined) return;
    const dependents = meta.doctype.fields.filter((each) => each.fieldtype === 'Dynamic Link' && each.options === fieldname);
    if (dependents.length > 0) write(Object.fromEntries(dependents.map((each) => [each.fieldname, null])));
    if (isLink(field)) fill(fetchInto(field, value, meta.doctype, () => values.value, write));
    if (isPartyField(field) && typeof value === 'string' && value !== '') fill(fillParty(field, value));
    compute();
  }

  async function fillParty(field: DocField, name: string): Promise<void> {
    try {
      const party = await links.read(field.options ?? '', name);
      if (party === null || values.value[field.fieldname] !== name) return;
      write(partyValues(bundle.value?.doctype.fields ?? [], values.value, party));
    } catch (error) {
      problems.report(error);
    }
  }

  /** The server books on the day of the sync unless it is told that the day was chosen. */
  function goesWith(fieldname: string): Record<string, FieldValue> {
    const chosen = fieldname === 'posting_date' || fieldname === 'posting_time';
    return chosen && fieldOf('set_posting_time') !== undefined ? { set_posting_time: 1 } : {};
  }

  function setCell(table: DocField, rowName: string, fieldname: string, value: FieldValue): void {
    const child = childOf(table);
    typedAt.set(cellKey({ table: table.fieldname, row: rowName, fieldname }), (typed += 1));
    writeRow(table, rowName, { [fieldname]: value });
    const field = child?.fields.find((each) => each.fieldname === fieldname);
    if (child === undefined || field === undefined) return;
    const dependents = child.fields.filter((each) => each.fieldtype === 'Dynamic Link' && each.options === fieldname);
    if (dependents.length > 0) writeRow(table, rowName, Object.fromEntries(dependents.map((each) => [each.fieldname, null])));
    const current = (): DocumentValues => rowOf(table, rowName) ?? {};
    if (isLink(field)) fill(fetchInto(field, value, child, current, (patch) => writeRow(table, rowName, patch)));
    if (fieldname === 'item_code' && typeof value === 'string') fill(fillItems(table, child, new Map([[rowName, value]])));
    compute();
  }

  const rowOf = (table: DocField, name: string): ChildRow | undefined =>
    rowsOf(values.value, table.fieldname).find((row) => row.name === name);
  const isLink = (field: DocField): boolean => field.fieldtype === 'Link' || field.fieldtype === 'Dynamic Link';

  async function fetchInto(
    field: DocField,
    value: FieldValue,
    doctype: DocType,
    current: () => DocumentValues,
    patch: (values: Record<string, FieldValue>) => void,
  ): Promise<void> {
    const fetches = fetchesOf(doctype.fields, field.fieldname);
    const target = field.fieldtype === 'Link' ? field.options : current()[field.options ?? ''];
    if (fetches.length === 0 || typeof target !== 'string') return;
    try {
      const linked = typeof value === 'string' && value !== '' ? await links.read(target, value) : null;
      // A linked document that is not here: the server fetches when it saves. Another choice meanwhile: that one counts.
      if ((linked === null && value !== null && value !== '') || current()[field.fieldname] !== value) return;
      patch(fetchedValues(fetches, current(), linked));
      compute();
    } catch (error) {
      problems.report(error);
    }
  }

  /** What choosing items brings to their rows, in one step for however many rows there are; what was typed meanwhile stays. */
  async function fillItems(table: DocField, child: DocType, wanted: ReadonlyMap<string, string>): Promise<void> {
    const before = new Map(rowsOf(values.value, table.fieldname).map((row) => [row.name, row]));
    const begun = typed;
    const untouched = (row: ChildRow, fieldname: string): boolean =>
      row[fieldname] === before.get(row.name)?.[fieldname] &&
      (typedAt.get(cellKey({ table: table.fieldname, row: row.name, fieldname })) ?? 0) <= begun;
    try {
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
    } catch (error) {
      problems.report(error);
    }
  }

  function write(patch: Record<string, FieldValue>): void {
    const differs = Object.entries(patch).some(([fieldname, value]) => (values.value[fieldname] ?? null) !== value);
    if (differs) values.value = { ...values.value, ...patch };
  }

  function writeRow(table: DocField, name: string, patch: Record<string, FieldValue>): void {
    const row = rowOf(table, name);
    if (row === undefined || !Object.entries(patch).some(([fieldname, value]) => (row[fieldname] ?? null) !== value)) return;
    writeRows(
      table,
      rowsOf(values.value, table.fieldname).map((each) => (each === row ? { ...each, ...patch } : each)),
    );
  }

  function writeRows(table: DocField, rows: ChildRow[]): void {
    const numbered = rows.map((row, index) => (row.idx === index + 1 ? row : { ...row, idx: index + 1 }));
    values.value = { ...values.value, [table.fieldname]: numbered };
  }

  function addRows(table: DocField, at: number, given: readonly Record<string, FieldValue>[]): ChildRow[] {
    const child = childOf(table);
    if (child === undefined) return [];
    const added = given.map((each): ChildRow => ({
      ...newRow(child, values.value, defaults.value, temporaryName(recorder.uuid()), at),
      ...each,
    }));
    writeRows(table, rowsOf(values.value, table.fieldname).toSpliced(at, 0, ...added));
    const items = added.flatMap((row): [string, string][] => (typeof row['item_code'] === 'string' ? [[row.name, row['item_code']]] : []));
    if (items.length > 0) fill(fillItems(table, child, new Map(items)));
    compute();
    return added;
  }

  function copyOf(table: DocField, row: ChildRow): void {
    const child = childOf(table);
    if (child === undefined) return;
    const rows = rowsOf(values.value, table.fieldname);
    const at = rows.findIndex((each) => each.name === row.name) + 1;
    writeRows(table, rows.toSpliced(at, 0, copyRow(child, row, temporaryName(recorder.uuid()), at + 1)));
    compute();
  }

  function removeRows(table: DocField, names: ReadonlySet<string>): void {
    writeRows(
      table,
      rowsOf(values.value, table.fieldname).filter((row) => !names.has(row.name)),
    );
    compute();
  }

  /** Rows that were added and left as they were are no part of the document. */
  function dropBlankRows(): void {
    if (bundle.value !== undefined && dirty.value) values.value = withoutBlankRows(bundle.value, values.value, defaults.value);
  }

  function moveRow(table: DocField, name: string, by: number): void {
    const rows = rowsOf(values.value, table.fieldname);
    const from = rows.findIndex((row) => row.name === name);
    const to = from + by;
    const row = rows[from];
    if (row === undefined || to < 0 || to >= rows.length) return;
    writeRows(table, rows.toSpliced(from, 1).toSpliced(to, 0, row));
    compute();
  }

  /** Amounts and totals, as the server is expected to give them; only on drafts, and only after typing. */
  function compute(): void {
    const meta = bundle.value;
    if (meta === undefined || !dirty.value || (values.value['docstatus'] ?? 0) !== 0) return;
    const changed = computeDocument(meta, values.value, session.value).filter((each) => each.changed);
    if (changed.length === 0) return;
    const next: DocumentValues = { ...values.value };
    const cells = new Map<string, Map<string, Record<string, FieldValue>>>();
    for (const { path, value } of changed) {
      if (!('table' in path)) {
        next[path.fieldname] = value;
        continue;
      }
      const rows = cells.get(path.table) ?? new Map<string, Record<string, FieldValue>>();
      rows.set(path.row, { ...rows.get(path.row), [path.fieldname]: value });
      cells.set(path.table, rows);
    }
    for (const [table, rows] of cells)
      next[table] = rowsOf(next, table).map((row) => (rows.has(row.name) ? { ...row, ...rows.get(row.name) } : row));
    values.value = next;
  }

  /** Cells whose value the server computes on saving (keys as of `cellKey`). */
  const computedCells = computed((): ReadonlySet<string> => {
    const meta = bundle.value;
    return meta === undefined || (values.value['docstatus'] ?? 0) !== 0
      ? new Set()
      : new Set(computeDocument(meta, values.value, session.value).map(({ path }) => cellKey(path)));
  });

  // Metadata that arrives or changes lays the same values out anew.
  watch(bundle, () => triggerRef(values));

  return {
    values,
    began,
    ready,
    dirty,
    changedBelow,
    computedCells,
    follow,
    start,
    settled,
    saving,
    drop,
    set,
    setCell,
    addRows,
    copyOf,
    removeRows,
    moveRow,
    dropBlankRows,
    childOf,
  };
}

export type Typing = ReturnType<typeof useTyping>;
