import { shallowRef, watch } from 'vue';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { AppError } from '@shared/errors';
import { useDocTypeForm } from '../../stores/doctype-form';

/** The fields of a DocType: those of this device or, before its first download, as the server tells them. */
export function useBundle(ask: () => { doctype: string; here: DocTypeBundle | undefined }) {
  const { fetchForm } = useDocTypeForm();
  const bundle = shallowRef<DocTypeBundle | null>(null);
  const error = shallowRef<AppError | null>(null);

  async function look(doctype: string): Promise<void> {
    error.value = null;
    try {
      const fetched = await fetchForm(doctype);
      if (ask().doctype === doctype) bundle.value ??= fetched;
    } catch (thrown) {
      error.value = AppError.from(thrown);
    }
  }

  watch(
    ask,
    ({ doctype, here }, before) => {
      if (here !== undefined) bundle.value = here;
      else if (before?.doctype !== doctype) {
        bundle.value = null;
        void look(doctype);
      }
    },
    { immediate: true },
  );

  return { bundle, error };
}
