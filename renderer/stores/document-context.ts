import { computed, shallowRef, toValue } from 'vue';
import type { DocField } from '@shared/erp/docfield';
import type { ChildRow } from '@shared/erp/document';
import { cellKey } from '@shared/form/validate';
import type { FieldScope, FormContext, RowScope } from '../fields/form-context';
import { useCalledAlike } from './called-alike';
import type { DocumentForm } from './document-form';

/** What only the screen can do for its fields. */
export type FormHost = Pick<FormContext, 'open' | 'alikes' | 'createLinked' | 'attachTo' | 'waitingFor'>;

const hidden = { visible: false, required: false, readOnly: true, problem: null, provisional: false };

/** A form as its fields see it. */
export function formContext(form: DocumentForm, host: FormHost, idPrefix = 'field'): FormContext {
  const { typing, states, problemAt, isProvisional } = form;

  const scope = computed((): FieldScope => ({
    values: form.values.value,
    parent: null,
    at: null,
    idPrefix,
    stateOf: (field) => {
      const state = states.states.value.get(field.fieldname);
      const cell = cellKey({ fieldname: field.fieldname });
      return state === undefined ? hidden : { ...state, problem: problemAt(cell), provisional: isProvisional(cell) };
    },
    set: form.set,
  }));

  const rowScope = (table: DocField, row: ChildRow): RowScope => {
    const child = typing.childOf(table);
    const closed = states.states.value.get(table.fieldname)?.readOnly ?? true;
    return {
      values: row,
      parent: form.values.value,
      at: { table: table.fieldname, row: row.name },
      idPrefix: `${idPrefix}-${table.fieldname}-${row.name}`,
      stateOf: (field) => {
        if (child === undefined) return hidden;
        const state = states.stateOfCell(child, row, field);
        const cell = cellKey({ table: table.fieldname, row: row.name, fieldname: field.fieldname });
        return { ...state, readOnly: state.readOnly || closed, problem: problemAt(cell), provisional: isProvisional(cell) };
      },
      set: (fieldname, value) => typing.setCell(table, row.name, fieldname, value),
      setAll: (given) => typing.setCells(table, row.name, given),
    };
  };

  return {
    doctype: toValue(form.key).doctype,
    name: form.source.name,
    session: form.session,
    scope,
    target: shallowRef(null),
    childOf: typing.childOf,
    rowScope,
    addRows: (table, rows) => typing.addRows(table, rows.at, rows.values ?? [{}]),
    copyRow: typing.copyOf,
    removeRows: typing.removeRows,
    moveRow: typing.moveRow,
    ...useCalledAlike(form),
    settled: typing.settled,
    ...host,
  };
}
