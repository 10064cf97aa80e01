import { computed } from 'vue';
import type { DocField } from '@shared/erp/docfield';
import type { ChildRow, FieldValue } from '@shared/erp/document';
import { rowsOf } from '@shared/erp/document';
import { gridColumns } from '@shared/form/in-list-view';
import type { FieldProps } from '../field-props';
import { useForm } from '../form-context';
import type { CellState, FieldScope } from '../form-context';

/** A child table as rows and columns, and what may be done to each cell. */
export function useGrid(props: Readonly<FieldProps>) {
  const form = useForm();
  const child = computed(() => form.childOf(props.field));
  const rows = computed(() => rowsOf(props.scope.values, props.field.fieldname));
  const columns = computed(() => (child.value === undefined ? [] : gridColumns(child.value)));
  const fieldAt = (column: number): DocField | undefined => columns.value[column]?.field;

  /** One scope a row and document, for all its cells. */
  const scopes = computed(() => ({ of: form.scope.value, made: new WeakMap<ChildRow, FieldScope>() }));
  function scopeOf(row: ChildRow): FieldScope {
    const made = scopes.value.made.get(row) ?? form.rowScope(props.field, row);
    scopes.value.made.set(row, made);
    return made;
  }

  const stateOf = (row: ChildRow, field: DocField): CellState => {
    const state = scopeOf(row).stateOf(field);
    return { ...state, readOnly: state.readOnly || props.readOnly };
  };
  function mayEdit(row: ChildRow | undefined, field: DocField | undefined): boolean {
    if (row === undefined || field === undefined || props.readOnly) return false;
    const state = stateOf(row, field);
    return state.visible && !state.readOnly;
  }

  const set = (row: ChildRow, field: DocField, value: FieldValue): void => form.rowScope(props.field, row).set(field.fieldname, value);
  const setAll = (row: ChildRow, given: Readonly<Record<string, FieldValue>>): void => form.rowScope(props.field, row).setAll(given);
  const valueOf = (row: ChildRow, field: DocField): FieldValue => row[field.fieldname] ?? null;
  const addRows = (values?: Record<string, FieldValue>[]): void => {
    form.addRows(props.field, { at: rows.value.length, ...(values === undefined ? {} : { values }) });
  };

  return { child, rows, columns, fieldAt, scopeOf, mayEdit, set, setAll, valueOf, addRows };
}

export type Grid = ReturnType<typeof useGrid>;
