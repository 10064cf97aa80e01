import type { MenuItemConstructorOptions } from 'electron';
import type { Told } from '@shared/bridge/system';
import type { NativeWords } from '@shared/system/native-words';
import { offlineItem } from './app-menu';
import { toPlace } from './menu-actions';
import type { MenuActions } from './menu-actions';

/** The tray's menu: the state in the pill's own words, which opens what it speaks of, and what one wants without the window. */
export function trayMenu(told: Told | null, words: NativeWords, actions: MenuActions): MenuItemConstructorOptions[] {
  const inAccount = told !== null && told.account !== null;
  const state: MenuItemConstructorOptions[] = inAccount
    ? [{ label: told.text, click: toPlace(actions, told.pill === 'needs-you' ? 'needs-you' : 'waiting') }, { type: 'separator' }]
    : [];
  return [
    ...state,
    { label: words.open, click: actions.show },
    { type: 'separator' },
    { label: words.syncNow, enabled: inAccount, click: () => actions.ask({ kind: 'command', command: 'sync-now' }) },
    offlineItem(inAccount ? told : null, words, actions),
    { type: 'separator' },
    { label: words.quit, click: actions.quit },
  ];
}

/** What the tray's icon says when it is pointed at. */
export const trayTip = (told: Told | null, words: NativeWords): string =>
  told === null || told.account === null ? words.appName : `${words.appName}: ${told.text}`;
