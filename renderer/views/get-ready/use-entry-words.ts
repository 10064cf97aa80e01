import { useI18n } from 'vue-i18n';
import type { Filter } from '@shared/erp/filters';
import type { ProfileEntry } from '@shared/sync/profile';
import { useWindowWords } from './use-window-words';

/** What is kept of a DocType: in a few words, "Last 3 months · 2 filters", or with its conditions, as far as they are short. */
export function useEntryWords() {
  const { t } = useI18n();
  const { choice } = useWindowWords();

  function words({ filters, window, links, files }: ProfileEntry, filterWords: string): string {
    const parts = window || filters.length === 0 ? [choice(window?.days ?? null)] : [];
    if (filters.length > 0) parts.push(filterWords);
    if (links === false) parts.push(t('keeping.entry.noLinks'));
    if (files === true) parts.push(t('keeping.entry.filesShort'));
    return parts.join(' · ');
  }

  const short = (entry: ProfileEntry): string =>
    words(entry, t('getReady.profile.filtered', { n: entry.filters.length }, entry.filters.length));
  const whole = (entry: ProfileEntry): string =>
    words(entry, t('keeping.preview.where', { conditions: entry.filters.map(conditionText).join(', ') }));

  return { short, whole };
}

/** The fields may not be known here yet: their names say enough. */
function conditionText([fieldname, operator, value]: Filter): string {
  const text = Array.isArray(value) ? value.join(', ') : String(value ?? '');
  return `${fieldname.replaceAll('_', ' ')} ${operator} ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`;
}
