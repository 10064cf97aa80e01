import { describe, expect } from 'vitest';
import type { LiveHint } from '@shared/bridge/live';
import { openSocketBy } from '../../../electron/live/open-socket';
import { Realtime } from '../../../electron/live/realtime';
import { ownSocket } from '../../../electron/live/socket-addresses';
import { rememberingLog } from '../../support/quiet-log';
import { until } from '../../support/until';
import { live, type Need } from '../case';
import { makeCustomer } from '../documents';
import { may } from '../needs';

const socketUrl = (): string | undefined => process.env['ERPNEXT_SOCKET_URL'];

const aSocket: Need = () =>
  Promise.resolve(socketUrl() === undefined ? 'ERPNEXT_SOCKET_URL does not say where the realtime service of the site is' : null);

describe('the realtime service', () => {
  live('tells of a customer that is made, by its name alone', [may('Customer', 'read', 'create'), aSocket], async (server) => {
    const { url, apiKey, apiSecret } = server.credentials;
    const hints: LiveHint[] = [];
    const log = rememberingLog();
    const realtime = new Realtime({
      addresses: async function* () {
        yield* ownSocket(url, socketUrl() ?? '');
      },
      headers: async () => ({ Authorization: `token ${apiKey}:${apiSecret}`, Cookie: 'system_user=yes', Origin: new URL(url).origin }),
      isDead: async () => true,
      open: openSocketBy(fetch),
      pace: { random: Math.random, sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 1_000))) },
      now: () => Date.now(),
      log,
      onState: () => undefined,
      onHint: (hint) => hints.push(hint),
      onViewers: () => undefined,
      onDead: () => log.error('live', 'the service does not take the sign-in'),
    });
    try {
      realtime.follow(['Customer']);
      await until(() => hints.some(({ kind }) => kind === 'missed') || log.lines.some((line) => line.startsWith('error')));
      expect(log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
      // The service looks permissions up before it puts a subscription on its list, and does not say when it has.
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      const { name } = await makeCustomer(server, 'Told');
      await until(() => hints.some((hint) => hint.kind === 'list' && hint.doctype === 'Customer' && hint.name === name));
    } finally {
      realtime.close();
    }
  });
});
