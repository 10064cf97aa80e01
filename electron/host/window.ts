import { join } from 'node:path';
import { BrowserWindow, screen } from 'electron';
import type { Session } from 'electron';
import { smallestWindow, windowBounds } from '@shared/system/window-bounds';
import { appOrigin, restrictedPreferences } from './restrictions';
import type { HostState } from './host-state';

export type WindowOptions = { session: Session; state: HostState; hidden: boolean };

/** Milliseconds without another move before the place is written. */
const settledMs = 500;

/** The one window. Closing it hides it, so that the worker in it lives as long as the app. */
export function createWindow({ session, state, hidden }: WindowOptions): BrowserWindow {
  const kept = state.get('window');
  const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea);
  const window = new BrowserWindow({
    ...windowBounds(kept, workAreas),
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
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
  if (kept?.fullScreen) window.setFullScreen(true);
  if (!hidden) window.once('ready-to-show', () => window.show());
  keepState(window, state);
  return window;
}

/** Written when the window has come to rest, and not only when it closes: a power cut must not forget the place. */
function keepState(window: BrowserWindow, state: HostState): void {
  let resting: NodeJS.Timeout | undefined;
  const keep = () => {
    clearTimeout(resting);
    if (window.isDestroyed()) return;
    state.set('window', { bounds: window.getNormalBounds(), maximized: window.isMaximized(), fullScreen: window.isFullScreen() });
  };
  const keepSoon = () => {
    clearTimeout(resting);
    resting = setTimeout(keep, settledMs);
  };
  window.on('resize', keepSoon);
  window.on('move', keepSoon);
  window.on('maximize', keepSoon);
  window.on('unmaximize', keepSoon);
  window.on('enter-full-screen', keepSoon);
  window.on('leave-full-screen', keepSoon);
  window.on('close', keep);
  window.on('hide', keep);
}

export const loadApp = (window: BrowserWindow): Promise<void> => window.loadURL(`${appOrigin}/`);
