import { watchDebounced } from '@vueuse/core';
import { computed, shallowReadonly, shallowRef, toValue } from 'vue';
import { calledBy, namingFields } from '@shared/form/naming-fields';
import type { CalledAlike, FormContext } from '../fields/form-context';
import type { DocumentForm } from './document-form';
import { useProblems } from './problems';
import { useWorkspace } from './session';

/** Milliseconds of rest after which what was typed is looked for. */
const rest = 250;
/** How many are named; of the others it is told how many there are. */
const named = 3;

/** Documents of this device that are called like a new one, as its name is typed: it may be here already. */
export function useCalledAlike(form: DocumentForm): Pick<FormContext, 'namedBy' | 'alike'> {
  const { search } = useWorkspace();
  const problems = useProblems();
  const alike = shallowRef<CalledAlike | null>(null);
  const choices = computed(() => (form.isNew.value && form.bundle.value !== undefined ? namingFields(form.bundle.value.doctype) : []));
  const namedBy = computed((): ReadonlySet<string> => new Set(choices.value.flat().map(({ fieldname }) => fieldname)));
  const called = computed(() => calledBy(choices.value, form.values.value));

  let asked = 0;
  async function look(): Promise<void> {
    const mine = (asked += 1);
    if (called.value === null) {
      alike.value = null;
      return;
    }
    const { fieldname, text } = called.value;
    try {
      const answer = await search.alike({ doctype: toValue(form.key).doctype, text, limit: named });
      if (mine === asked) alike.value = answer.found.length === 0 ? null : { ...answer, fieldname };
    } catch (error) {
      problems.report(error);
    }
  }
  watchDebounced(
    () => JSON.stringify(called.value),
    () => void look(),
    { debounce: rest },
  );

  return { namedBy, alike: shallowReadonly(alike) };
}
