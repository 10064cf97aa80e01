import type { Session } from 'electron';
import type { Settings } from '@shared/bridge/settings';
import { spellLanguages } from '@shared/system/spell-languages';

/**
 * Checks spelling as the person chose. A Mac checks with its own dictionaries; elsewhere Chromium fetches one a language from its
 * maker's server, so that nothing is checked, and nothing fetched, before the person has asked for it.
 */
export function checkSpelling(
  session: Session,
  settings: Pick<Settings, 'spelling' | 'language'>,
  systemLanguages: readonly string[],
): void {
  const mac = process.platform === 'darwin';
  const on = settings.spelling === 'on' || (settings.spelling === 'own' && mac);
  // A Mac finds the language by itself.
  if (!mac)
    session.setSpellCheckerLanguages(
      on ? spellLanguages([settings.language, ...systemLanguages], session.availableSpellCheckerLanguages) : [],
    );
  session.setSpellCheckerEnabled(on);
}
