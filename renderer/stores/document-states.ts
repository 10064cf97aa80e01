import { computed } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import type { DocField } from '@shared/erp/docfield';
import type { DocType, DocTypeBundle } from '@shared/erp/doctype';
import type { ChildRow, DocumentValues } from '@shared/erp/document';
import type { Rights } from '@shared/erp/permissions';
import { expressionView } from '@shared/form/depends-on';
import type { ExpressionScope } from '@shared/form/expression';
import { fieldState } from '@shared/form/field-state';
import type { FieldState, FormMode } from '@shared/form/field-state';
import type { FormSession } from '@shared/form/form-session';

type Sources = {
  bundle: ComputedRef<DocTypeBundle | undefined>;
  values: Ref<DocumentValues>;
  /** The document before anything was typed. */
  began: Ref<DocumentValues>;
  session: ComputedRef<FormSession>;
  rights: ComputedRef<Rights>;
  isNew: ComputedRef<boolean>;
  locked: ComputedRef<boolean>;
};

/** How every field of a form stands, worked out anew when the document changes. */
export function useFieldStates({ bundle, values, began, session, rights, isNew, locked }: Sources) {
  const mode = computed((): FormMode => {
    const status = values.value['docstatus'];
    return { rights: rights.value, docstatus: typeof status === 'number' ? status : 0, isNew: isNew.value, locked: locked.value };
  });
  const view = computed(() => expressionView(values.value, bundle.value?.doctype.fields ?? [], isNew.value));
  const scope = computed((): ExpressionScope => ({ doc: view.value, parent: view.value, session: session.value }));

  const states = computed(() => {
    const fields = bundle.value?.doctype.fields ?? [];
    return new Map(fields.map((field) => [field.fieldname, fieldState(field, values.value, scope.value, mode.value, began.value)]));
  });

  /** By row, and within it by field; a changed row is another object. */
  let known = new WeakMap<ChildRow, { view: object; states: Map<string, FieldState> }>();
  let knownFor: object | null = null;

  function stateOfCell(child: DocType, row: ChildRow, field: DocField): FieldState {
    if (knownFor !== mode.value) {
      known = new WeakMap();
      knownFor = mode.value;
    }
    const before = known.get(row);
    const kept = before !== undefined && before.view === view.value ? before : { view: view.value, states: new Map<string, FieldState>() };
    known.set(row, kept);
    const state = kept.states.get(field.fieldname) ?? fieldState(field, row, rowScope(child, row), mode.value);
    kept.states.set(field.fieldname, state);
    return state;
  }

  const rowScopes = new WeakMap<ChildRow, ExpressionScope>();
  function rowScope(child: DocType, row: ChildRow): ExpressionScope {
    const before = rowScopes.get(row);
    if (before !== undefined && before.parent === view.value) return before;
    const made = { doc: expressionView(row, child.fields, isNew.value), parent: view.value, session: session.value };
    rowScopes.set(row, made);
    return made;
  }

  return { mode, scope, states, stateOfCell };
}
