/** The first message a window sends to a worker: `port` leads to Electron's main process; null means "open a WebSocket". */
export type WorkerGreeting = { type: typeof workerGreeting; port: MessagePort | null };

export const workerGreeting = 'fieldbook:connect';

export function isWorkerGreeting(message: unknown): message is WorkerGreeting {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === workerGreeting;
}
