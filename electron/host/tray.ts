import { Menu, Tray, nativeImage } from 'electron';
import type { Told } from '@shared/bridge/system';
import type { NativeWords } from '@shared/system/native-words';
import type { MenuActions } from './menu-actions';
import { trayIcons } from './tray-icons';
import { trayMenu, trayTip } from './tray-menu';

export type AppTray = { tell: (told: Told | null) => void };

/** Where the app stays when its window is closed: its icon carries a sign of the state, its menu and tip the pill's words. */
export function createTray(words: NativeWords, actions: MenuActions): AppTray {
  const icon = (told: Told | null) => nativeImage.createFromPath(trayIcons[told === null || told.account === null ? 'plain' : told.tone]);
  const tray = new Tray(icon(null));
  tray.on('click', actions.show);
  const tell = (told: Told | null): void => {
    tray.setImage(icon(told));
    tray.setToolTip(trayTip(told, words));
    // A Linux tray shows what it was given as a whole, never a changed item.
    tray.setContextMenu(Menu.buildFromTemplate(trayMenu(told, words, actions)));
  };
  tell(null);
  return { tell };
}
