import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useAgo } from '../../stores/use-ago';
import { useSync } from '../../stores/sync';

/** The state of syncing in the words of the pill, which the tray says too. */
export function usePillWords(): ComputedRef<string> {
  const { t } = useI18n();
  const { ago, until } = useAgo();
  const sync = useSync();

  function withWaiting(state: string, waiting: number, key: 'waiting' | 'safe' = 'waiting'): string {
    if (waiting === 0) return state;
    return t('shell.pill.withCount', { state, count: t(`shell.pill.${key}`, { n: waiting }, waiting) });
  }

  return computed(() => {
    const pill = sync.pill;
    switch (pill.kind) {
      case 'sign-in':
        return withWaiting(t('shell.pill.signIn'), pill.waiting);
      case 'storage-full':
        return withWaiting(t('shell.pill.storageFull'), pill.waiting, 'safe');
      case 'storage-failed':
        return withWaiting(t(`shell.pill.${pill.begun ? 'storageFailed' : 'notBegun'}`), pill.waiting, 'safe');
      case 'needs-you':
        return t('shell.pill.needsYou', { n: pill.count }, pill.count);
      case 'chosen-offline':
        return withWaiting(t('shell.pill.chosenOffline'), pill.waiting);
      case 'offline':
        return withWaiting(t('shell.pill.offline'), pill.waiting);
      case 'busy':
        return pill.retryIn > 0 ? t('shell.pill.busy', { when: until(pill.retryIn) }) : t('shell.pill.busyNow');
      case 'budget':
        return withWaiting(t('shell.pill.budget', { when: until(pill.goesOnIn) }), pill.waiting);
      case 'sending':
        return t('shell.pill.sending', { done: pill.done, total: pill.total });
      case 'downloading':
        return t('shell.pill.downloading', { percent: pill.percent });
      case 'connecting':
        return t('shell.pill.connecting');
      case 'waiting':
        return t('shell.pill.waiting', { n: pill.waiting }, pill.waiting);
      case 'up-to-date':
        return pill.age === null ? t('shell.pill.upToDateNever') : t('shell.pill.upToDate', { when: ago(pill.age) });
    }
    return '';
  });
}
