import { Menu } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';

/** The usual edit, view and window commands; the app's own commands are in its pages. */
export function setMenu(quit: () => void): void {
  const mac: MenuItemConstructorOptions[] = process.platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...mac,
      { label: '&File', submenu: [{ label: 'Quit Fieldbook', accelerator: 'CommandOrControl+Q', click: quit }] },
      { role: 'editMenu' },
      {
        label: '&View',
        submenu: [
          { role: 'reload' },
          { type: 'separator' },
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          { type: 'separator' },
          { role: 'togglefullscreen' },
          { role: 'toggleDevTools' },
        ],
      },
      { role: 'windowMenu' },
    ]),
  );
}
