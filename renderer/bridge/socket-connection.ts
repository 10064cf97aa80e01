import { createClient } from './client';
import type { Connection } from './client';
import { socketChannel } from './socket-channel';

/** The headless host of this page, over a WebSocket that mends itself; resolves when it is open or refused. */
export async function connectSocket(location: { origin: string }): Promise<Connection> {
  const url = `${location.origin.replace(/^http/, 'ws')}/bridge`;
  const { channel, link, opened } = socketChannel(url, () => client.drop());
  const client = createClient(channel, link);
  await opened;
  return client.connection;
}
