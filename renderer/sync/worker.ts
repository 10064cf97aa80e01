import '../zod-jitless';
import { AppError } from '@shared/errors';
import { logTo, logged } from '../bridge/log-to';
import { connectWorker } from '../bridge/worker';
import { openCache } from '../cache/open-cache';
import { sealEarlier } from '../cache/sealed/seal-earlier';
import { receiveKey } from '../cache/worker-key';
import { engineLock, syncChannel } from './channel-name';
import { Engine } from './engine';
import type { Ports } from './ports';
import { isSyncMessage } from './sync-message';
import type { SyncMessage } from './sync-message';
import { systemTimers } from '../timers';

/**
 * The worker of one account, whose id is its name. Each window starts one; the one that holds the account's lock runs the
 * engine, and the next takes over when it goes.
 */
const account = self.name;
const connecting = connectWorker(self);
const receiving = receiveKey(self);

void navigator.locks.request(engineLock(account), async () => {
  const [{ bridge, on }, key] = await Promise.all([connecting, receiving]);
  const channel = new BroadcastChannel(syncChannel(account));
  const post = (message: SyncMessage): void => channel.postMessage(message);
  const ports: Ports = {
    cache: openCache(account, key),
    bridge,
    account,
    log: logTo(bridge, 'sync'),
    now: () => Date.now(),
    uuid: () => crypto.randomUUID(),
    random: () => Math.random(),
    timers: systemTimers,
  };
  const engine = new Engine(ports, (state) => post({ type: 'state', state }));
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!isSyncMessage(data)) return;
    if (data.type === 'command') engine.handle(data.command);
    if (data.type === 'ask') post({ type: 'state', state: engine.state });
  });
  on('wake', () => engine.handle({ kind: 'wake' }));
  on('settings', (settings) => {
    engine.handle({ kind: 'work-offline', on: settings.workOffline });
    engine.handle({ kind: 'budget-changed' });
  });
  on('accounts', ({ accounts }) => {
    // Also told where something else changed; who signs in here says so.
    const own = accounts.find((known) => known.id === account);
    const waits = engine.state.connectivity.kind === 'sign-in';
    if (waits && own?.signedIn && !own.refused) engine.handle({ kind: 'signed-in' });
    // What a screen asked was refused: the engine asks too, is refused as well, and pauses.
    if (!waits && own?.refused) engine.handle({ kind: 'wake' });
  });
  on('live', (state) => engine.handle({ kind: 'live', state }));
  on('hint', ({ account: of, hint }) => {
    if (of === account) engine.handle({ kind: 'hint', hint });
  });
  void engine.start().then(() => sealWhatIsNot(ports, key));
  // Holds the lock as long as this worker lives.
  await new Promise<never>(() => undefined);
});

/** A database of an earlier version holds rows as they are. */
async function sealWhatIsNot({ cache, log, timers }: Ports, key: Uint8Array): Promise<void> {
  const pause = (): Promise<void> => new Promise((resolve) => void timers.after(20, resolve));
  try {
    const sealed = await sealEarlier(cache, key, pause);
    if (sealed > 0) log('info', `${sealed} rows of an earlier version were sealed`);
  } catch (thrown) {
    // They can be read as they are, and the next start goes on.
    log('error', logged(AppError.from(thrown)));
  }
}
