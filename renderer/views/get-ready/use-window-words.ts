import { useI18n } from 'vue-i18n';
import { windowChoices } from '@shared/sync/profile';
import type { ProfileWindow } from '@shared/sync/profile';

/** A time window in words. */
export function useWindowWords() {
  const { t } = useI18n();
  const word = (kind: 'choice' | 'span', days: number): string =>
    t(`getReady.window.${kind}.${windowChoices.includes(days) ? String(days) : 'other'}`, { n: days });

  /** As one of several to choose from: "Last 3 months". */
  const choice = (days: number | null): string => (days === null ? t('getReady.window.all') : word('choice', days));

  /** What it means for the documents of a DocType. */
  function meaning(window: ProfileWindow | null): string {
    if (window === null) return t('getReady.window.means.all');
    const which = window.field === 'modified' ? 'changed' : window.field === 'creation' ? 'made' : 'dated';
    return `${t(`getReady.window.means.${which}`, { span: word('span', window.days) })} ${t('getReady.window.means.older')}`;
  }

  return { choice, meaning };
}
