import { createI18n } from 'vue-i18n';
import { en } from './en';

export type Messages = typeof en;

export const i18n = createI18n<[Messages], 'en', false>({
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- this version still starts in the old way unless told
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: { en },
});
