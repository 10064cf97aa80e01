import { computed, ref, shallowRef, triggerRef, watch } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import type { DocField } from '@shared/erp/docfield';
import type { DocType, DocTypeBundle } from '@shared/erp/doctype';
import type { ChildRow, Doc, DocumentValues, FieldValue } from '@shared/erp/document';
import { rowsOf } from '@shared/erp/document';
import { temporaryName } from '@shared/erp/temporary-name';
import { withoutBlankRows } from '@shared/form/blank-rows';
import { computeDocument } from '@shared/form/computed';
import { diffDocuments, hasChanges, scalar } from '@shared/sync/changes';
import { rebaseTyping } from '@shared/sync/rebase-typing';
import { copyRow } from '@shared/form/copy-document';
import type { DefaultSources } from '@shared/form/defaults';
import type { FormSession } from '@shared/form/form-session';
import { newRow } from '@shared/form/new-document';
import { missingRates } from '@shared/form/price-currency';
import type { MissingRate } from '@shared/form/price-currency';
import { cellKey } from '@shared/form/validate';
import { useFills } from './document-fills';
import { useWorkspace } from './session';

export type TypingSources = {
  bundle: ComputedRef<DocTypeBundle | undefined>;
  session: ComputedRef<FormSession>;
  defaults: ComputedRef<DefaultSources>;
};

/** The working copy of a document: what was typed, what follows from it at once, and whether it differs from what is kept. */
export function useTyping({ bundle, session, defaults }: TypingSources) {
  const { recorder } = useWorkspace();

  // One object: a form that is still being opened holds no typing.
  const nothing: DocumentValues = {};
  const values = shallowRef(nothing);
  const began = shallowRef(nothing);
  const ready = ref(false);
  const changedBelow: Ref<{ both: string[] } | null> = ref(null);
  const dirty = computed(() => values.value !== began.value);

  const nameRow = (): string => temporaryName(recorder.uuid());
  let version = 0;
  const companyCurrency = computed((): string | null => {
    const own = defaults.value.company?.['default_currency'] ?? session.value.defaults['currency'];
    return typeof own === 'string' && own !== '' ? own : null;
  });
  const fills = useFills({ bundle, session, companyCurrency, values, version: () => version, nameRow, write, writeRows, compute });

  /** Exchange rates that the document wants and nobody knows here. */
  const ratesMissing = computed((): MissingRate[] => {
    const open = bundle.value !== undefined && (values.value['docstatus'] ?? 0) === 0;
    return open ? missingRates(bundle.value.doctype, values.value, companyCurrency.value) : [];
  });

  /** Shows a version of the document; typing on an older one is put on top of it. */
  function follow(now: Doc): void {
    if (beingKept) return void (news = now);
    const meta = bundle.value;
    if (!ready.value || !dirty.value || meta === undefined) return start(now, now);
    const { values: rebased, both, changed } = rebaseTyping(meta, began.value, values.value, now);
    if (changed || both.length > 0) changedBelow.value = { both: [...new Set([...(changedBelow.value?.both ?? []), ...both])] };
    start(now, rebased);
  }

  function start(from: DocumentValues, typed: DocumentValues): void {
    version += 1;
    began.value = from;
    values.value = typed;
    ready.value = true;
  }

  // Until a save is done, news of the document would take what is being kept for what is there already.
  let beingKept = false;
  let news: Doc | null = null;

  /** What is shown now is about to be kept: it, what it was typed on, and whom to tell whether it was kept. */
  function saving(): { from: DocumentValues; saved: DocumentValues; ended(how: 'kept' | 'failed'): void } {
    const from = began.value;
    const saved = values.value;
    version += 1;
    began.value = saved;
    changedBelow.value = null;
    beingKept = true;
    const ended = (how: 'kept' | 'failed'): void => {
      if (how === 'failed') began.value = from;
      beingKept = false;
      const waiting = news;
      news = null;
      if (waiting !== null) follow(waiting);
    };
    return { from, saved, ended };
  }

  function drop(): void {
    version += 1;
    values.value = began.value;
    changedBelow.value = null;
  }

  /** What the version below has in a field, instead of what was typed there. */
  function takeServers(fieldname: string): void {
    write({ [fieldname]: scalar(began.value, fieldname) ?? null });
    compute();
    if (changedBelow.value !== null) changedBelow.value = { both: changedBelow.value.both.filter((each) => each !== fieldname) };
    if (bundle.value !== undefined && !hasChanges(diffDocuments(began.value, values.value, bundle.value))) values.value = began.value;
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
    fills.typed(field, value);
    compute();
  }

  /** The server books on the day of the sync unless it is told that the day was chosen. */
  function goesWith(fieldname: string): Record<string, FieldValue> {
    const chosen = fieldname === 'posting_date' || fieldname === 'posting_time';
    return chosen && fieldOf('set_posting_time') !== undefined ? { set_posting_time: 1 } : {};
  }

  const setCell = (table: DocField, rowName: string, fieldname: string, value: FieldValue): void =>
    setCells(table, rowName, { [fieldname]: value });

  /** Cells of a row that the person gave at once: what one of them brings does not replace another. */
  function setCells(table: DocField, rowName: string, given: Readonly<Record<string, FieldValue>>): void {
    const child = childOf(table);
    const others = child?.fields.filter(
      (each) => each.fieldtype === 'Dynamic Link' && given[each.options ?? ''] !== undefined && given[each.fieldname] === undefined,
    );
    writeRow(table, rowName, { ...given, ...Object.fromEntries((others ?? []).map((each) => [each.fieldname, null])) });
    if (child === undefined) return;
    fills.typedInRows(table, child, new Map([[rowName, given]]));
    compute();
  }

  const rowOf = (table: DocField, name: string): ChildRow | undefined =>
    rowsOf(values.value, table.fieldname).find((row) => row.name === name);

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
      ...newRow(child, values.value, defaults.value, nameRow(), at),
      ...each,
    }));
    writeRows(table, rowsOf(values.value, table.fieldname).toSpliced(at, 0, ...added));
    fills.typedInRows(table, child, new Map(added.map((row, index) => [row.name, given[index] ?? {}])));
    compute();
    return added;
  }

  function copyOf(table: DocField, row: ChildRow): void {
    const child = childOf(table);
    if (child === undefined) return;
    const rows = rowsOf(values.value, table.fieldname);
    const at = rows.findIndex((each) => each.name === row.name) + 1;
    writeRows(table, rows.toSpliced(at, 0, copyRow(child, row, nameRow(), at + 1)));
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

  watch(companyCurrency, (now, before) => {
    if (now !== null && before !== null && dirty.value) fills.companyChanged();
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
    ratesMissing,
    follow,
    start,
    settled: fills.settled,
    saving,
    drop,
    takeServers,
    set,
    setCell,
    setCells,
    addRows,
    copyOf,
    removeRows,
    moveRow,
    dropBlankRows,
    childOf,
  };
}

export type Typing = ReturnType<typeof useTyping>;
