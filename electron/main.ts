import { join } from 'node:path';
import { app, powerMonitor, session } from 'electron';
import type { BrowserWindow } from 'electron';
import type { Asked } from '@shared/bridge/system';
import type { Settings } from '@shared/bridge/settings';
import { AppError } from '@shared/errors';
import { nativeWords } from '@shared/system/native-words';
import { serveBridge } from './bridge/serve';
import { parseCommandLine } from './command-line';
import { withDemo } from './demo-network';
import { openDesktop } from './host/desktop';
import { handOverIn } from './host/hand-over';
import { openHostState } from './host/host-state';
import { introduceToSystem } from './host/introduce';
import { serveWindow } from './host/ipc';
import { attentionOf } from './host/attention';
import { openLog } from './host/log';
import { netFetch } from './host/net-fetch';
import { netStream } from './host/net-stream';
import { offerContextMenu } from './host/offer-context-menu';
import { openFile } from './host/open-file';
import { collectOpened } from './host/opened';
import { watchWaking } from './host/power';
import { registerAppScheme, serveRenderer } from './host/protocol';
import { askBeforeQuit } from './host/quit';
import { openExternal, restrictNavigation, restrictPermissions } from './host/restrictions';
import { safeStorageEncryptor } from './host/safe-storage';
import { openElectronStore } from './host/settings-store';
import { becomeTheOnlyInstance } from './host/single-instance';
import { checkSpelling } from './host/spelling';
import { openUpdates } from './host/updates';
import { createWindow, loadApp } from './host/window';
import { createServices } from './services';
import { wantsWindow } from './system/asked-queue';
import { noDesktop, type Desktop } from './system/ports';

const commandLine = parseCommandLine(process.argv.slice(1));
app.setPath('userData', commandLine.dataFolder ?? join(app.getPath('appData'), 'Fieldbook'));
registerAppScheme();
restrictNavigation(app);

introduceToSystem(app);
const opened = collectOpened(app, process.argv.slice(1));

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
  // What is around the window comes after the services, and before the page that calls them.
  const desktop: Desktop = { ...noDesktop };
  const { services, events, settings, asked, receiveWork, unsent, close } = await createServices({
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
    desktop,
    log,
  });
  watchWaking(powerMonitor, () => events.emit('wake', { reason: 'resume' }));
  app.on('will-quit', () => void close());
  const isLeaving = askBeforeQuit(app, { unsent, log });

  const spell = (now: Settings) => checkSpelling(ownSession, now, app.getPreferredSystemLanguages());
  spell(settings.get());
  events.onOnly('settings', spell);

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
  offerContextMenu(window, nativeWords);
  const ask = (request: Asked) => {
    if (wantsWindow(request)) show();
    asked.push(request);
  };
  const around = openDesktop({ window: () => window, show, ask, quit: () => app.quit() });
  const updates = await openUpdates({
    choice: () => settings.get().updates,
    told: around.last,
    changed: (state) => events.emit('updates', state),
    log,
  });
  desktop.updates = updates;
  desktop.told = (told) => {
    around.told(told);
    updates.toldAgain();
  };
  opened.serve({ ask, receiveWork, log });
  // A reload while the page loads ends the first load; that is no failure of the app.
  loadApp(window).catch((thrown: unknown) => log.warn('host', `The page did not load: ${AppError.from(thrown).message}`));
}

app.on('window-all-closed', () => app.quit());
app.on('activate', show);

const startedAgain = (args: string[]) => {
  show();
  opened.add(args);
};

if (becomeTheOnlyInstance(app, startedAgain)) {
  start().catch((thrown: unknown) => {
    process.stderr.write(`Fieldbook could not start: ${AppError.from(thrown).message}\n`);
    app.exit(1);
  });
} else app.quit();
