import { useThrottleFn } from '@vueuse/core';
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { ComputedRef, Ref, ShallowRef } from 'vue';
import type { Found } from '../search/describe';
import { useProblems } from './problems';
import { useWorkspace } from './session';

export type Search = {
  found: Readonly<ShallowRef<Found[]>>;
  /** What is found answers the text as it stands, not what was typed a moment ago. */
  answered: ComputedRef<boolean>;
  /** Everything on this device was looked through; not yet while the index is made. */
  complete: Readonly<Ref<boolean>>;
};

/** Milliseconds between two answers to the same text while a download brings documents. */
const againEvery = 500;

/** The documents of this device that match a text, as it is typed and as they change. One question is under way at a time. */
export function useSearch(text: Ref<string>, limit: number): Search {
  const { search } = useWorkspace();
  const problems = useProblems();
  const found = shallowRef<Found[]>([]);
  const complete = ref(true);
  const answeredText = ref('');
  let asking = false;
  let askAgain = false;

  async function ask(): Promise<void> {
    if (asking) {
      askAgain = true;
      return;
    }
    asking = true;
    try {
      do {
        askAgain = false;
        const asked = text.value.trim();
        const answer = asked === '' ? { found: [], complete: true } : await search.search({ text: asked, limit });
        found.value = answer.found;
        complete.value = answer.complete;
        answeredText.value = asked;
      } while (askAgain || answeredText.value !== text.value.trim());
    } catch (error) {
      problems.report(error);
    } finally {
      asking = false;
    }
  }

  watch(text, () => void ask(), { immediate: true });
  const askSoon = useThrottleFn(
    () => {
      if (text.value.trim() !== '') void ask();
    },
    againEvery,
    true,
  );
  onScopeDispose(search.onChange(() => void askSoon()));
  return { found, answered: computed(() => answeredText.value === text.value.trim()), complete };
}
