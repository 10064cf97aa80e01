import { contextBridge, ipcRenderer } from 'electron';
import { ipcChannels } from './host/ipc-channels';

/** The bridge and nothing else: no channel name comes from the page, and no Electron object reaches it. */
contextBridge.exposeInMainWorld('fieldbook', {
  post: (message: unknown): Promise<void> => ipcRenderer.invoke(ipcChannels.toMain, message),
  onMessage(listener: (message: unknown) => void): void {
    ipcRenderer.on(ipcChannels.toWindow, (_event, message: unknown) => listener(message));
  },
  requestPort: (): Promise<void> => ipcRenderer.invoke(ipcChannels.requestPort),
});

// A port cannot pass through contextBridge; it can be posted to the page's own window.
ipcRenderer.on(ipcChannels.port, (event) => {
  // The page knows this message by the channel's name (renderer/bridge/electron-window.ts).
  window.postMessage(ipcChannels.port, window.location.origin, event.ports);
});
