import { computed, ref, watch } from 'vue';
import type { Ref } from 'vue';
import type { AnyFilter } from '@shared/erp/filters';
import { AppError } from '@shared/errors';
import { useServerLook } from '../../stores/server-look';
import type { Remote } from '../../stores/server-look';

export type ServerAsk = { doctype: string; filters: AnyFilter[]; search: string };

/** What the server has that fits a list and is not here, once a person asks; another question empties it. */
export function useServerResults(ask: Readonly<Ref<ServerAsk>>) {
  const server = useServerLook();
  const answer = ref<{ found: Remote[]; more: boolean } | null>(null);
  const failure = ref<AppError | null>(null);
  const looking = ref(false);
  /** The document that is on its way. */
  const bringing = ref<string | null>(null);

  function forget(): void {
    answer.value = null;
    failure.value = null;
  }
  const question = computed(() => JSON.stringify(ask.value));
  watch(question, forget);

  async function look(): Promise<void> {
    const asked = question.value;
    looking.value = true;
    failure.value = null;
    try {
      const { doctype, filters, search } = ask.value;
      const found = await server.find(doctype, { filters, search });
      if (question.value === asked) answer.value = found;
    } catch (thrown) {
      if (question.value === asked) failure.value = AppError.from(thrown);
    } finally {
      looking.value = false;
    }
  }

  /** Keeps a document on this device; false where the server does not give it. */
  async function bring(name: string): Promise<boolean> {
    bringing.value = name;
    failure.value = null;
    try {
      await server.bring(ask.value.doctype, name);
      return true;
    } catch (thrown) {
      failure.value = AppError.from(thrown);
      return false;
    } finally {
      bringing.value = null;
    }
  }

  return { answer, failure, looking, bringing, look, bring, forget };
}
