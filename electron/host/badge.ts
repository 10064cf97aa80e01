import { app, nativeImage } from 'electron';
import type { BrowserWindow } from 'electron';
import { nativeWords } from '@shared/system/native-words';
import { trayIcons } from './tray-icons';

/** How many changes need the person, on the app's icon: a number where the platform draws one, a sign on the taskbar of Windows. */
export function setBadge(window: BrowserWindow | null, needsYou: number): void {
  if (process.platform !== 'win32') app.setBadgeCount(needsYou);
  else if (needsYou === 0) window?.setOverlayIcon(null, '');
  else window?.setOverlayIcon(nativeImage.createFromPath(trayIcons.warn), nativeWords.notices.needsYou(needsYou).title);
}
