import type { SyncCommand, SyncState } from '@shared/sync/sync-state';

/** What goes over the channel: the engine publishes its state; a window sends commands, or asks for the state. */
export type SyncMessage = { type: 'state'; state: SyncState } | { type: 'command'; command: SyncCommand } | { type: 'ask' };

/** Only this app's own code can post on the channel of its origin; other shapes are of another version. */
export const isSyncMessage = (message: unknown): message is SyncMessage =>
  typeof message === 'object' &&
  message !== null &&
  'type' in message &&
  (message.type === 'state' || message.type === 'command' || message.type === 'ask');
