import { join } from 'node:path';
import { app, powerMonitor, session } from 'electron';
import type { BrowserWindow } from 'electron';
import { AppError } from '@shared/errors';
import { serveBridge } from './bridge/serve';
import { parseCommandLine } from './command-line';
import { withDemo } from './demo-network';
import { handOverIn } from './host/hand-over';
import { openHostState } from './host/host-state';
import { serveWindow } from './host/ipc';
import { attentionOf } from './host/attention';
import { openLog } from './host/log';
import { setMenu } from './host/menu';
import { netFetch } from './host/net-fetch';
import { netStream } from './host/net-stream';
import { openFile } from './host/open-file';
import { registerAppScheme, serveRenderer } from './host/protocol';
import { askBeforeQuit } from './host/quit';
import { openExternal, restrictNavigation, restrictPermissions } from './host/restrictions';
import { safeStorageEncryptor } from './host/safe-storage';
import { openElectronStore } from './host/settings-store';
import { becomeTheOnlyInstance } from './host/single-instance';
import { createTray } from './host/tray';
import { createWindow, loadApp } from './host/window';
import { createServices } from './services';

const commandLine = parseCommandLine(process.argv.slice(1));
app.setPath('userData', commandLine.dataFolder ?? join(app.getPath('appData'), 'Fieldbook'));
registerAppScheme();
restrictNavigation(app);

let window: BrowserWindow | null = null;

function show(): void {
  if (window?.isMinimized()) window.restore();
  window?.show();
  window?.focus();
}

async function start(): Promise<void> {
  await app.whenReady();
  const folder = app.getPath('userData');
  const log = openLog(folder);
  const ownSession = session.defaultSession;
  restrictPermissions(ownSession);
  serveRenderer(ownSession, join(__dirname, '../renderer'));

  const attention = attentionOf(() => window, powerMonitor);
  const { services, events, unsent, close } = await createServices({
    ...withDemo({ fetch: netFetch, sendStream: netStream }),
    folder,
    store: openElectronStore(folder, 'settings'),
    encryptor: safeStorageEncryptor,
    environment: { host: 'electron', version: app.getVersion(), platform: process.platform, startInDemo: commandLine.demo },
    openExternal,
    callbackPort: commandLine.oauthPort,
    handOver: handOverIn(() => window),
    attention,
    openFile,
    log,
  });
  powerMonitor.on('resume', () => events.emit('wake', { reason: 'resume' }));
  app.on('will-quit', () => void close());
  const isLeaving = askBeforeQuit(app, { unsent, log });

  window = createWindow({ session: ownSession, state: openHostState(folder), hidden: commandLine.hidden });
  attention.watch(window);
  // Closing hides: the worker in the window goes on sending.
  window.on('close', (event) => {
    if (isLeaving()) return;
    event.preventDefault();
    window?.hide();
  });
  serveWindow(
    window,
    (channel) => serveBridge(services, channel, { events, log }),
    (sender) => log.warn('host', `A call over the bridge from ${sender} was refused.`),
  );
  setMenu(() => app.quit());
  createTray(show, () => app.quit());
  // A reload while the page loads ends the first load; that is no failure of the app.
  loadApp(window).catch((thrown: unknown) => log.warn('host', `The page did not load: ${AppError.from(thrown).message}`));
}

app.on('window-all-closed', () => app.quit());
app.on('activate', show);

if (becomeTheOnlyInstance(app, show)) {
  start().catch((thrown: unknown) => {
    process.stderr.write(`Fieldbook could not start: ${AppError.from(thrown).message}\n`);
    app.exit(1);
  });
} else app.quit();
