import { createClient } from './client';
import type { Connection } from './client';
import type { Channel } from './channel';
import { createLink } from './link-state';
import { requestPort } from './electron-window';
import type { PreloadBridge } from './electron-window';
import { connectSocket } from './socket-connection';
import { workerGreeting } from './worker-greeting';
import type { WorkerGreeting } from './worker-greeting';

/** The window's own connection: over IPC in Electron, over a WebSocket in a browser. */
export async function connectWindow(): Promise<Connection> {
  const preload = window.fieldbook;
  if (!preload) return connectSocket(window.location);
  return createClient(ipcChannel(preload), createLink('open').link).connection;
}

/** Gives a worker its own way to the main process. Call once for each worker, right after making it. */
export async function connectWorkerTo(worker: Worker): Promise<void> {
  const preload = window.fieldbook;
  if (!preload) {
    worker.postMessage({ type: workerGreeting, port: null } satisfies WorkerGreeting);
    return;
  }
  const port = await requestPort(preload);
  worker.postMessage({ type: workerGreeting, port } satisfies WorkerGreeting, [port]);
}

function ipcChannel(preload: PreloadBridge): Channel {
  const listeners = new Set<(message: unknown) => void>();
  preload.onMessage((message) => {
    for (const listener of listeners) listener(message);
  });
  return {
    post: (message) => preload.post(message),
    on: (listener) => void listeners.add(listener),
    off: (listener) => void listeners.delete(listener),
  };
}
