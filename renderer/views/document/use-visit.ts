import { watch } from 'vue';
import { noteVisit } from '../../cache/visits';
import type { DocumentForm } from '../../stores/document-form';
import { useProblems } from '../../stores/problems';
import { useWorkspace } from '../../stores/session';

/** Notes which document is looked at: the search offers what was opened lately, and ranks by it. */
export function useVisit(doctype: () => string, form: DocumentForm): void {
  const { cache } = useWorkspace();
  const problems = useProblems();
  watch(
    () => (form.source.stored.value.value === undefined ? null : form.source.name.value),
    (name) => {
      if (name !== null) noteVisit(cache, { doctype: doctype(), name }, Date.now()).catch(problems.report);
    },
    { immediate: true },
  );
}
