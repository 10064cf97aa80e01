import { useDebounceFn } from '@vueuse/core';
import { onScopeDispose, shallowRef, watch } from 'vue';
import type { Ref } from 'vue';
import { withoutPasswords } from '@shared/form/without-passwords';
import { diffDocuments, hasChanges } from '@shared/sync/changes';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { dropDraft, keepDraft, readDraft } from '../cache/drafts';
import type { Draft, DraftKey } from '../cache/drafts';
import type { Typing } from './document-typing';
import { useProblems } from './problems';
import { useWorkspace } from './session';

/** Milliseconds of rest after which typing is kept: a crash costs at most this much. */
const rest = 400;

/** Keeps unsaved typing on this device and offers it again after a crash. */
export function useDrafts(typing: Typing, key: () => DraftKey, bundle: Ref<DocTypeBundle | undefined>) {
  const { cache } = useWorkspace();
  const problems = useProblems();
  const found = shallowRef<Draft | null>(null);
  let stopped = false;

  /** Keeps what is typed now; what is not typed, or is kept no more, is nothing to keep. */
  async function keep(): Promise<void> {
    if (stopped || !typing.dirty.value) return;
    const modified = typing.began.value['modified'];
    try {
      await keepDraft(cache, key(), {
        values: bundle.value === undefined ? typing.values.value : withoutPasswords(bundle.value, typing.values.value, typing.began.value),
        modified: typeof modified === 'string' ? modified : null,
        savedAt: Date.now(),
      });
    } catch (error) {
      problems.report(error);
    }
  }
  const keepSoon = useDebounceFn(keep, rest);

  watch(typing.values, () => {
    if (typing.dirty.value) void keepSoon();
  });
  onScopeDispose(() => {
    stopped = true;
  });

  /** Looks whether typing was left behind; what is the same as the document is not worth a question. */
  async function look(): Promise<void> {
    const draft = await readDraft(cache, key());
    if (draft === null || typing.dirty.value) return;
    if (key().name !== null && !hasChanges(diffDocuments(typing.values.value, draft.values, bundle.value))) return forget();
    found.value = draft;
  }

  function restore(): void {
    if (found.value === null) return;
    typing.start(typing.began.value, { ...found.value.values });
    found.value = null;
  }

  const forget = (): Promise<void> => forgetKey(key());

  /** For a new document that has a name by now: its draft is the one without. */
  async function forgetKey(saved: DraftKey): Promise<void> {
    found.value = null;
    await dropDraft(cache, saved);
  }

  return { found, keep, look, restore, forget, forgetKey };
}
