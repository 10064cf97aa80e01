import { useI18n } from 'vue-i18n';
import { useFormats } from '../../stores/formats';

/** Times of answers in words: milliseconds, or seconds where there are many of them; a dash where nothing was answered. */
export function useTimeWords(): (ms: number | null) => string {
  const { t } = useI18n();
  const formats = useFormats();
  return (ms) => {
    if (ms === null) return '–';
    return ms < 1_000 ? t('apiUse.ms', { n: formats.integer(ms) }) : t('apiUse.seconds', { n: formats.decimal(ms / 1000, 1) });
  };
}
