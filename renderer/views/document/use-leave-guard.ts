import { until } from '@vueuse/core';
import { ref } from 'vue';
import type { Ref } from 'vue';
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router';
import type { DocumentForm } from '../../stores/document-form';

export type LeaveChoice = 'save' | 'leave' | 'stay';

/**
 * Asks before unsaved typing is left; the dialog stands while `asking` is true. `aside` leaves without asking: what was typed
 * is found again when the form is opened the next time. Files cannot be laid aside, so that with those it is asked all the same.
 */
export function useLeaveGuard(form: DocumentForm): {
  asking: Ref<boolean>;
  answer(choice: LeaveChoice): void;
  aside(leave: () => Promise<unknown>): Promise<void>;
} {
  const asking = ref(false);
  let laidAside = false;
  let answered: (choice: LeaveChoice) => void = () => undefined;

  async function mayLeave(): Promise<boolean> {
    await until(form.saving).toBe(false);
    // Those of a document that is saved reach it without the form.
    if (form.source.name.value === null) await form.files.settled();
    if (!form.losable.value || laidAside) return true;
    asking.value = true;
    const choice = await new Promise<LeaveChoice>((done) => (answered = done));
    asking.value = false;
    if (choice === 'stay') return false;
    if (choice === 'save') return (await form.save()) !== null;
    form.typing.drop();
    form.files.drop();
    await form.drafts.forget();
    return true;
  }

  async function aside(leave: () => Promise<unknown>): Promise<void> {
    if (form.files.held.value.length === 0) {
      await form.drafts.keep();
      laidAside = true;
    }
    try {
      await leave();
    } finally {
      laidAside = false;
    }
  }

  onBeforeRouteLeave(mayLeave);
  // Another query of the same document leaves nothing.
  onBeforeRouteUpdate((to, from) => to.path === from.path || mayLeave());
  return { asking, answer: (choice) => answered(choice), aside };
}
