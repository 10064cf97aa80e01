import { MessageChannelMain, ipcMain } from 'electron';
import type { BrowserWindow, IpcMainInvokeEvent, MessagePortMain, WebContents } from 'electron';
import { AppError } from '@shared/errors';
import { isMessage } from '../channel';
import type { Channel, ServeChannel } from '../channel';
import { ipcChannels } from './ipc-channels';
import { isOwnFrame } from './restrictions';

type Refused = (sender: string) => void;

/**
 * Serves the bridge to the app's own window over IPC, and to its workers over ports that the window asks for.
 * Each message's sender is checked; a reload or a crash of the page ends everything it had.
 */
export function serveWindow(window: BrowserWindow, serve: ServeChannel, onRefused: Refused): void {
  const { webContents } = window;
  let page = openPage(webContents, serve);

  const own = (event: IpcMainInvokeEvent): typeof page => {
    if (event.sender === webContents && isOwnFrame(event.senderFrame, webContents)) return page;
    onRefused(event.senderFrame?.url ?? 'a frame that is gone');
    throw new AppError('forbidden', 'Only the app’s own window may use the bridge.');
  };
  ipcMain.handle(ipcChannels.toMain, (event, message: unknown) => own(event).receive(message));
  ipcMain.handle(ipcChannels.requestPort, (event) => own(event).openPort());

  const startAnew = () => {
    page.close();
    page = openPage(webContents, serve);
  };
  webContents.on('did-navigate', startAnew);
  webContents.on('render-process-gone', startAnew);
  window.on('closed', () => {
    page.close();
    ipcMain.removeHandler(ipcChannels.toMain);
    ipcMain.removeHandler(ipcChannels.requestPort);
  });
}

/** What one load of the page has: its own channel and its workers' ports. */
function openPage(webContents: WebContents, serve: ServeChannel) {
  const listeners = new Set<(message: unknown) => void>();
  const ports = new Set<MessagePortMain>();
  const served = serve({
    post(message) {
      if (!webContents.isDestroyed()) webContents.send(ipcChannels.toWindow, message);
    },
    on: (listener) => void listeners.add(listener),
    off: (listener) => void listeners.delete(listener),
  });

  return {
    receive(message: unknown): void {
      if (!isMessage(message)) throw new AppError('bad-parameters', 'This is no message of the bridge.');
      for (const listener of listeners) listener(message);
    },
    openPort(): void {
      const { port1, port2 } = new MessageChannelMain();
      ports.add(port1);
      const servedPort = serve(portChannel(port1));
      port1.on('close', () => {
        ports.delete(port1);
        servedPort.close();
      });
      port1.start();
      webContents.mainFrame.postMessage(ipcChannels.port, null, [port2]);
    },
    close(): void {
      served.close();
      for (const port of ports) port.close();
    },
  };
}

function portChannel(port: MessagePortMain): Channel {
  const listeners = new Map<(message: unknown) => void, (event: { data: unknown }) => void>();
  return {
    post: (message) => port.postMessage(message),
    on(listener) {
      const receive = ({ data }: { data: unknown }) => {
        if (isMessage(data)) listener(data);
      };
      listeners.set(listener, receive);
      port.on('message', receive);
    },
    off(listener) {
      const receive = listeners.get(listener);
      if (receive) port.off('message', receive);
    },
  };
}
