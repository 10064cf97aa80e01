import { computed, ref, watch } from 'vue';
import type { ComputedRef } from 'vue';
import { useAliases } from '../stores/aliases';
import { useLinks } from '../stores/document-links';
import { useProblems } from '../stores/problems';

/** What a person knows a linked document by; its name until that is read, and where there is nothing else. */
export function useLinkTitle(doctype: () => string, name: () => string): ComputedRef<string> {
  const links = useLinks();
  const aliases = useAliases();
  const problems = useProblems();
  const title = ref('');

  watch(
    [doctype, name],
    async ([target, value]) => {
      title.value = value;
      if (target === '' || value === '') return;
      try {
        const known = await links.titleOf(target, value);
        if (name() === value) title.value = known;
      } catch (error) {
        problems.report(error);
      }
    },
    { immediate: true },
  );
  return computed(() => aliases.shown(title.value || name()));
}
