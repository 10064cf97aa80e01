import { randomUUID } from 'node:crypto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { onTestFinished } from 'vitest';
import type { Doc } from '@shared/erp/document';
import type { OutboxEntry } from '@shared/sync/outbox-entry';
import { readDocument } from '../../renderer/cache/documents';
import { openCache, type Cache } from '../../renderer/cache/open-cache';
import type { ProfileEntry } from '@shared/sync/profile';
import { writeProfile } from '../../renderer/cache/profile';
import { record, type Change, type Recorded } from '../../renderer/cache/record';
import { Engine } from '../../renderer/sync/engine';
import type { Ports } from '../../renderer/sync/ports';
import { until } from '../support/until';
import { signIn, type SignedIn } from './device';
import type { Live } from './live';
import { systemTimers } from '../../renderer/timers';

/** A laptop of a field user: the real engine and cache over the real services, signed in to the server under test. */
export type FieldDevice = SignedIn & {
  cache: Cache;
  engine: Engine;
  /** Saves what a person does. */
  record(change: Change): Promise<Recorded>;
  /** A document as this device has it. */
  doc(doctype: string, name: string): Promise<Doc | undefined>;
  outbox(): Promise<OutboxEntry[]>;
  goOffline(): void;
  goOnline(): void;
  /** What is kept from now on; a pull brings nothing of the rest any more. */
  keepOnly(profile: ProfileEntry[]): Promise<void>;
  /** Waits until nothing is under way and whatever is left in the outbox needs a person. */
  settled(): Promise<OutboxEntry[]>;
};

/** Opens a device that keeps the given profile, and downloads it. */
export async function openFieldDevice(live: Live, profile: ProfileEntry[]): Promise<FieldDevice> {
  const device = await signIn(live.credentials);
  const account = device.account.id;
  const cache = openCache(account, {
    indexedDB: new IDBFactory(),
    IDBKeyRange,
  });
  const problems: string[] = [];
  const ports: Ports = {
    cache,
    bridge: device.bridge,
    account,
    now: () => Date.now(),
    uuid: () => randomUUID(),
    random: () => Math.random(),
    log: (level, message) => {
      if (level === 'error') problems.push(message);
    },
    timers: systemTimers,
  };
  const engine = new Engine(ports, () => undefined);
  const outbox = (): Promise<OutboxEntry[]> => cache.outbox.orderBy('seq').toArray();
  onTestFinished(async () => {
    engine.stop();
    await engine.idle();
    cache.close();
    await device.close();
    if (problems.length > 0) throw new Error(`the engine logged: ${problems.join('; ')}`);
  });

  await writeProfile(cache, profile);
  await engine.start();
  await engine.idle();
  return {
    ...device,
    cache,
    engine,
    record: (change) => record(ports, change),
    doc: async (doctype, name) => (await readDocument(cache, doctype, name))?.doc,
    outbox,
    goOffline: () => engine.handle({ kind: 'work-offline', on: true }),
    goOnline: () => engine.handle({ kind: 'work-offline', on: false }),
    keepOnly: (kept) => writeProfile(cache, kept),
    async settled() {
      await until(async () => {
        await engine.idle();
        return (await outbox()).every(({ state }) => state.at === 'parked');
      });
      return outbox();
    },
  };
}
