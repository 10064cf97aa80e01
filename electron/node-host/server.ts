import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { AppError } from '@shared/errors';
import type { ServeChannel } from '../channel';
import { listen, portOf } from '../listen';
import type { Log } from '../log';
import { codeOf } from '../storage-failure';
import { createAdmission } from './admission';
import type { Downloads } from './downloads';
import { createPages } from './pages';
import { acceptSockets } from './sockets';

/** Fixed: the browser database belongs to the origin, and the port is part of it. */
export const defaultPort = 47_800;

export type HeadlessServer = {
  port: number;
  /** A link that opens the app once. */
  newLink(): string;
  /** Ends every open connection of the bridge; pages connect again by themselves. */
  dropConnections(): void;
  close(): Promise<void>;
};

export type HeadlessServerOptions = {
  port: number;
  rendererFolder: string;
  downloads: Pick<Downloads, 'take'>;
  serve: ServeChannel;
  log: Log;
};

/** Serves the renderer and the bridge on 127.0.0.1. `AppError` code `unsupported` when the port is taken. */
export async function startHeadlessServer(options: HeadlessServerOptions): Promise<HeadlessServer> {
  const admission = createAdmission();
  const port = () => portOf(server);
  const pages = createPages({ admission, rendererFolder: options.rendererFolder, downloads: options.downloads, port });
  // Without options for HTTP/2 the adaptor makes an http.Server.
  // The process's own Request and Response stay as they are: the ERPNext client reads headers of them.
  const server = createAdaptorServer({ fetch: pages.fetch, overrideGlobalObjects: false }) as Server;
  const sockets = acceptSockets(server, { admission, port, serve: options.serve, log: options.log });
  await listenHere(server, options.port);
  const dropConnections = () => {
    for (const socket of sockets.clients) socket.terminate();
  };
  return {
    port: port(),
    newLink: () => `http://127.0.0.1:${port()}/open?token=${admission.newToken()}`,
    dropConnections,
    close: () =>
      new Promise((resolve) => {
        dropConnections();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function listenHere(server: Server, port: number): Promise<void> {
  try {
    await listen(server, port, '127.0.0.1');
  } catch (thrown) {
    if (codeOf(thrown) !== 'EADDRINUSE') throw thrown;
    throw new AppError('unsupported', `Port ${port} is taken. Is Fieldbook running already? Close it, or choose another with --port.`);
  }
}
