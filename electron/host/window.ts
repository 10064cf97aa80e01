import { join } from 'node:path';
import { BrowserWindow, screen } from 'electron';
import type { Rectangle, Session } from 'electron';
import { appOrigin, restrictedPreferences } from './restrictions';
import type { HostState } from './host-state';

export type WindowOptions = { session: Session; state: HostState; hidden: boolean };

/** The one window. Closing it hides it, so that the worker in it lives as long as the app. */
export function createWindow({ session, state, hidden }: WindowOptions): BrowserWindow {
  const kept = state.get('window');
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    ...(kept && isOnScreen(kept.bounds) ? kept.bounds : {}),
    minWidth: 720,
    minHeight: 560,
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      ...restrictedPreferences,
      session,
      preload: join(__dirname, '../preload/preload.js'),
      // Sync goes on while the window is hidden.
      backgroundThrottling: false,
    },
  });
  if (kept?.maximized) window.maximize();
  if (!hidden) window.once('ready-to-show', () => window.show());

  const keep = () => state.set('window', { bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  window.on('close', keep);
  window.on('hide', keep);
  return window;
}

export const loadApp = (window: BrowserWindow): Promise<void> => window.loadURL(`${appOrigin}/`);

/** A screen may have gone since the window stood on it. */
function isOnScreen(bounds: Rectangle): boolean {
  const { workArea } = screen.getDisplayMatching(bounds);
  return (
    bounds.x < workArea.x + workArea.width &&
    bounds.x + bounds.width > workArea.x &&
    bounds.y < workArea.y + workArea.height &&
    bounds.y + bounds.height > workArea.y
  );
}
