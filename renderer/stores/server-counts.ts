import { watchDebounced } from '@vueuse/core';
import { computed, onScopeDispose, shallowRef } from 'vue';
import type { Filter } from '@shared/erp/filters';
import { AppError } from '@shared/errors';
import { profileFilters } from '@shared/sync/profile';
import type { ProfileEntry } from '@shared/sync/profile';
import { siteTime } from '@shared/sync/site-time';
import { useSession } from './session';
import { useSync } from './sync';

export type ServerCount = { kind: 'counted'; count: number } | { kind: 'forbidden' } | { kind: 'failed'; message: string };

type Question = { doctype: string; filters: Filter[] };

/**
 * How many documents the server has for each entry of the profile, by DocType: with its filters and its window as the
 * site's date has it today. Asked once, again where these change, one after another so as not to be a burden, and only
 * while `may` says so.
 */
export function useServerCounts(entries: () => readonly ProfileEntry[], may: () => boolean) {
  const session = useSession();
  const sync = useSync();
  const today = computed(() => siteTime(sync.now.getTime(), session.account?.timeZone ?? 'UTC').slice(0, 10));
  const answers = shallowRef<ReadonlyMap<string, ServerCount>>(new Map());
  const questions = computed(() =>
    entries().map((entry): Question => ({ doctype: entry.doctype, filters: profileFilters(entry, today.value) })),
  );
  const open = computed(() => questions.value.filter((question) => !answers.value.has(keyOf(question))));

  const counts = computed((): Record<string, ServerCount | undefined> =>
    Object.fromEntries(questions.value.map((question) => [question.doctype, answers.value.get(keyOf(question))])),
  );

  async function ask(account: string, question: Question): Promise<ServerCount> {
    try {
      return { kind: 'counted', count: await session.bridge.erp.count({ account, ...question, priority: 'interactive' }) };
    } catch (thrown) {
      const error = AppError.from(thrown);
      return error.code === 'forbidden' ? { kind: 'forbidden' } : { kind: 'failed', message: error.message };
    }
  }

  let asking = false;
  let left = false;
  onScopeDispose(() => (left = true));

  async function askAll(): Promise<void> {
    const account = session.account?.id;
    if (account === undefined || asking) return;
    asking = true;
    for (let next = open.value[0]; next !== undefined && may() && !left; next = open.value[0])
      answers.value = new Map([...answers.value, [keyOf(next), await ask(account, next)]]);
    asking = false;
  }

  // Somebody who changes several things in a row is asked for once.
  watchDebounced([open, may], askAll, { debounce: 300, maxWait: 1_000, immediate: true });

  return counts;
}

const keyOf = (question: Question): string => JSON.stringify([question.doctype, question.filters]);
