import { ID_INJECTION_KEY, ZINDEX_INJECTION_KEY } from 'element-plus';
import { createPinia } from 'pinia';
import { computed, createSSRApp, defineComponent, h, shallowRef } from 'vue';
import { renderToString } from 'vue/server-renderer';
import type { DocField } from '@shared/erp/docfield';
import type { DocumentValues } from '@shared/erp/document';
import FormField from '../../renderer/fields/FormField.vue';
import { provideForm } from '../../renderer/fields/form-context';
import type { CellState, FieldScope } from '../../renderer/fields/form-context';
import { i18n } from '../../renderer/messages/i18n';
import { session } from './form-fixtures';

/** The HTML of one field of a form that holds `values`, drawn without a browser. */
export async function renderedField(field: DocField, values: DocumentValues, state: Partial<CellState> = {}): Promise<string> {
  const whole: CellState = { visible: true, required: false, readOnly: false, problem: null, provisional: false, ...state };
  const scope: FieldScope = {
    values,
    parent: null,
    at: null,
    idPrefix: 'field',
    stateOf: () => whole,
    set: () => undefined,
  };
  const screen = defineComponent(() => {
    provideForm({
      doctype: 'X',
      name: computed(() => null),
      session: computed(() => session),
      scope: computed(() => scope),
      target: shallowRef(null),
      childOf: () => undefined,
      rowScope: () => ({ ...scope, setAll: () => undefined }),
      addRows: () => [],
      copyRow: () => undefined,
      removeRows: () => undefined,
      moveRow: () => undefined,
      namedBy: computed(() => new Set<string>()),
      alike: shallowRef(null),
      alikes: { kind: 'open', choose: () => undefined },
      settled: async () => undefined,
      open: () => undefined,
      createLinked: async () => null,
      attachTo: async () => false,
      waitingFor: () => null,
    });
    return () => h(FormField, { field, scope, state: whole });
  });
  const app = createSSRApp(screen).use(createPinia()).use(i18n);
  app.provide(ZINDEX_INJECTION_KEY, { current: 0 }).provide(ID_INJECTION_KEY, { prefix: 1, current: 0 });
  return renderToString(app);
}
