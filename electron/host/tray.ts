import { Menu, Tray, nativeImage } from 'electron';
import { trayIcon } from './tray-icon';

/** Where the app stays when its window is closed. */
export function createTray(show: () => void, quit: () => void): Tray {
  const tray = new Tray(nativeImage.createFromDataURL(trayIcon));
  tray.setToolTip('Fieldbook');
  tray.setContextMenu(
    Menu.buildFromTemplate([{ label: 'Open Fieldbook', click: show }, { type: 'separator' }, { label: 'Quit', click: quit }]),
  );
  tray.on('click', show);
  return tray;
}
