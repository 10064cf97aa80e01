import { createClient } from './client';
import type { Connection } from './client';
import { createLink } from './link-state';
import { portChannel } from './port-channel';
import { connectSocket } from './socket-connection';
import { isWorkerGreeting } from './worker-greeting';

/** The part of a worker's global scope that is listened to. */
export type WorkerScope = {
  readonly location: { origin: string };
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
};

/** The worker's own connection, once its window has called `connectWorkerTo`. Call it while the worker's module loads. */
export function connectWorker(scope: WorkerScope): Promise<Connection> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent<unknown>) => {
      if (!isWorkerGreeting(event.data)) return;
      scope.removeEventListener('message', receive);
      const { port } = event.data;
      resolve(port ? createClient(portChannel(port), createLink('open').link).connection : connectSocket(scope.location));
    };
    scope.addEventListener('message', receive);
  });
}
