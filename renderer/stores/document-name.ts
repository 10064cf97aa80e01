import { computed, ref } from 'vue';
import type { ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { namedAfter } from '@shared/erp/name-that-follows';
import { checkGivenName } from '@shared/form/given-name';
import type { FormProblem } from '@shared/form/validate';
import { takenName } from '../cache/taken';
import { useWorkspace } from './session';

/** Stands for the name that a person gives, among the problems of a document: no field of Frappe's may be called so. */
export const givenNameField = 'name';

/** Where naming is by prompt: the name that the person gives a new document. */
export function useGivenName(bundle: ComputedRef<DocTypeBundle | undefined>, isNew: ComputedRef<boolean>) {
  const { t } = useI18n();
  const { cache } = useWorkspace();
  const typed = ref('');
  const asks = computed(() => isNew.value && bundle.value !== undefined && namedAfter(bundle.value.doctype) === 'prompt');
  const given = computed(() => typed.value.trim());
  /** The last name that was found to be another document's, and what that one is called. */
  const taken = ref<{ name: string; by: string } | null>(null);

  const problems = computed((): FormProblem[] => {
    if (!asks.value || bundle.value === undefined) return [];
    const at = { path: { fieldname: givenNameField }, label: t('document.givenName', { doctype: bundle.value.doctype.name }) };
    const wrong = checkGivenName(typed.value);
    if (wrong !== null) return [{ ...wrong, ...at }];
    return taken.value?.name === given.value ? [{ key: 'notUnique', params: { by: taken.value.by }, ...at }] : [];
  });

  async function look(): Promise<void> {
    const [doctype, name] = [bundle.value?.doctype.name, given.value];
    if (!asks.value || doctype === undefined || name === '') return;
    const by = await takenName(cache, doctype, name);
    taken.value = by === null ? null : { name, by };
  }

  const give = (name: string): void => void (typed.value = name);

  return { asks, typed, given, problems, look, give };
}
