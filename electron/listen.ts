import type { Server } from 'node:http';
import { AppError } from '@shared/errors';

/** Resolves once the server listens; rejects with Node's own error where it cannot. Port 0: any that is free. */
export const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });

/** The port of a server that listens. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new AppError('internal', 'The server is not listening.');
  return address.port;
}
