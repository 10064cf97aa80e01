import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useLiveSite } from '../../stores/live';
import { useSync } from '../../stores/sync';
import { useAgo } from '../../stores/use-ago';

/** How the device hears of what others change, in a sentence: by the site itself, by asking now and then, or not at all, and why. */
export function useLiveWords() {
  const { t } = useI18n();
  const live = useLiveSite();
  const sync = useSync();
  const { span, until } = useAgo();

  return computed((): string => {
    const { state } = live;
    const every = sync.state?.pollEveryMs;
    const polls = every == null ? t('live.state.notPolling') : t('live.state.polls', { span: span(every) });
    switch (state.at) {
      case 'live':
        return t(`live.state.live.${state.by}`);
      case 'connecting':
        return `${t('live.state.connecting')} ${polls}`;
      case 'polling': {
        const next = t('live.state.next', { when: until(Math.max(0, state.nextTryAt - sync.now.getTime())) });
        return `${t(`live.state.failed.${state.why}`)} ${polls} ${next}`;
      }
      case 'off':
        return state.why === 'demo' || state.why === 'not-asked'
          ? `${t(`live.state.off.${state.why}`)} ${polls}`
          : t(`live.state.off.${state.why}`);
    }
  });
}
