import { join } from 'node:path';
import { app, session } from 'electron';
import type { BrowserWindow } from 'electron';
import { parseCommandLine } from './command-line';
import { openHostState } from './host/host-state';
import { serveWindow } from './host/ipc';
import { openLog } from './host/log';
import { setMenu } from './host/menu';
import { registerAppScheme, serveRenderer } from './host/protocol';
import { restrictNavigation, restrictPermissions } from './host/restrictions';
import { becomeTheOnlyInstance } from './host/single-instance';
import { createTray } from './host/tray';
import { createWindow, loadApp } from './host/window';

const commandLine = parseCommandLine(process.argv.slice(1));
app.setPath('userData', commandLine.dataFolder ?? join(app.getPath('appData'), 'Fieldbook'));
registerAppScheme();
restrictNavigation(app);

let window: BrowserWindow | null = null;
let quitting = false;

function show(): void {
  if (window?.isMinimized()) window.restore();
  window?.show();
  window?.focus();
}

function quit(): void {
  quitting = true;
  app.quit();
}

async function start(): Promise<void> {
  await app.whenReady();
  const dataFolder = app.getPath('userData');
  const log = openLog(dataFolder);
  const ownSession = session.defaultSession;
  restrictPermissions(ownSession);
  serveRenderer(ownSession, join(__dirname, '../renderer'));
  setMenu(quit);

  window = createWindow({ session: ownSession, state: openHostState(dataFolder), hidden: commandLine.hidden });
  window.on('close', (event) => {
    if (quitting) return;
    event.preventDefault();
    window?.hide();
  });
  createTray(show, quit);
  serveWindow(
    window,
    () => ({ close: () => undefined }),
    (sender) => log.warn('host', `A call over the bridge from ${sender} was refused.`),
  );
  await loadApp(window);
}

app.on('before-quit', () => {
  quitting = true;
});
app.on('window-all-closed', () => app.quit());
app.on('activate', show);

if (becomeTheOnlyInstance(app, show)) void start();
else app.quit();
