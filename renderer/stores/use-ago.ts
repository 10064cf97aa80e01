import { useI18n } from 'vue-i18n';
import type { Messages } from '../messages/i18n';

/** Spans of time in words: "2 min ago", "in 2 min", "2 min". Arguments are milliseconds. */
export function useAgo() {
  const { t } = useI18n<{ message: Messages }>();

  function ago(span: number): string {
    const seconds = Math.floor(span / 1000);
    if (seconds < 10) return t('common.justNow');
    if (seconds < 60) return t('common.secondsAgo', { n: seconds });
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return t('common.minutesAgo', { n: minutes });
    const hours = Math.floor(minutes / 60);
    if (hours < 48) return t('common.hoursAgo', { n: hours });
    return t('common.daysAgo', { n: Math.floor(hours / 24) }, Math.floor(hours / 24));
  }

  function until(span: number): string {
    const seconds = Math.ceil(span / 1000);
    if (seconds < 60) return t('common.inSeconds', { n: seconds });
    const minutes = Math.ceil(seconds / 60);
    return minutes < 60 ? t('common.inMinutes', { n: minutes }) : t('common.inHours', { n: Math.ceil(minutes / 60) });
  }

  function span(length: number): string {
    const seconds = Math.ceil(length / 1000);
    if (seconds < 60) return t('common.seconds', { n: seconds });
    const minutes = Math.ceil(seconds / 60);
    if (minutes < 60) return t('common.minutes', { n: minutes });
    const hours = Math.round(minutes / 60);
    return hours < 48 ? t('common.hours', { n: hours }) : t('common.days', { n: Math.round(hours / 24) }, Math.round(hours / 24));
  }

  return { ago, until, span };
}
