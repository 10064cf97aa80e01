import { useThrottleFn } from '@vueuse/core';
import { liveQuery } from 'dexie';
import type { Subscription } from 'dexie';
import { ReactiveEffect, getCurrentScope, onScopeDispose, readonly, ref, shallowReadonly, shallowRef, watch } from 'vue';
import type { Ref, ShallowRef } from 'vue';
import { AppError } from '@shared/errors';
import { useProblems } from './problems';

export type Live<T> = {
  value: Readonly<ShallowRef<T>>;
  /** The first answer is there. */
  loaded: Readonly<Ref<boolean>>;
  error: Readonly<ShallowRef<AppError | null>>;
};

/** `everyMs`: after one answer is shown, the next waits until so many ms went by, and only the newest is. At once unless given. */
type Options<T> = { initial: T; everyMs?: number };

/**
 * A query of the cache that answers again whenever the cache changes under it, or a reactive value that it read
 * **before its first `await`** changes. Stops with the component (or store) it was made in.
 */
export function useLiveQuery<T>(query: () => Promise<T> | T, options: Options<T>): Live<T> {
  const value = shallowRef(options.initial);
  const loaded = ref(false);
  const error = shallowRef<AppError | null>(null);
  let subscription: Subscription | undefined;
  let scheduled = false;
  let stopped = false;

  // The effect notes which reactive values a query reads; Dexie notes which rows.
  const tracked = new ReactiveEffect(query);

  // Of an async function, and of no other, Dexie notes what is read after an `await`.
  const ask = async (): Promise<T> => tracked.run();

  let newest: { answer: T } | null = null;
  const show = (): void => {
    if (stopped || newest === null) return;
    value.value = newest.answer;
    error.value = null;
    loaded.value = true;
  };
  // Called at once where there is no time between.
  const showSoon = useThrottleFn(show, options.everyMs ?? 0, true);

  const subscribe = (): void => {
    subscription?.unsubscribe();
    subscription = liveQuery(ask).subscribe({
      next: (answer) => {
        newest = { answer };
        void showSoon();
      },
      error: (thrown: unknown) => {
        newest = null;
        error.value = AppError.from(thrown);
        loaded.value = true;
      },
    });
  };

  tracked.scheduler = () => {
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(() => {
      scheduled = false;
      if (!stopped) subscribe();
    });
  };

  if (getCurrentScope()) {
    onScopeDispose(() => {
      stopped = true;
      subscription?.unsubscribe();
      tracked.stop();
    });
  }
  subscribe();
  return { value: shallowReadonly(value), loaded: readonly(loaded), error: shallowReadonly(error) };
}

/** The value alone of `useLiveQuery`, for places where "not yet" and "none" look the same; the shell shows an error. */
export function useLive<T>(query: () => Promise<T> | T, options: Options<T>): Readonly<ShallowRef<T>> {
  const { value, error } = useLiveQuery(query, options);
  watch(error, (failed) => {
    if (failed) useProblems().report(failed);
  });
  return value;
}
