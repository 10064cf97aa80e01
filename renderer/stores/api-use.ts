import { useDocumentVisibility, useIntervalFn } from '@vueuse/core';
import { shallowRef, watch } from 'vue';
import type { Ref } from 'vue';
import type { ApiUse } from '@shared/bridge/api-use';
import type { Span } from '@shared/api-use/ring';
import { useProblems } from './problems';
import { useSession, useWorkspace } from './session';

const everyMs = 5_000;

/** What was asked of the server in a time, read anew while somebody can see it. Asks no server. */
export function useApiUse(span: Ref<Span>) {
  const session = useSession();
  const { accountId } = useWorkspace();
  const problems = useProblems();
  const visibility = useDocumentVisibility();
  const use = shallowRef<ApiUse | null>(null);

  async function read(): Promise<void> {
    if (visibility.value === 'hidden') return;
    const asked = span.value;
    try {
      const told = await session.bridge.apiUse.read({ account: accountId, span: asked });
      if (asked === span.value) use.value = told;
    } catch (thrown) {
      problems.report(thrown);
    }
  }

  watch([span, visibility], () => void read(), { immediate: true });
  useIntervalFn(() => void read(), everyMs);
  return { use, read };
}
