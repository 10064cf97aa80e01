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
import { testKey } from '../support/cache';
import { until } from '../support/until';
import { signIn, type SignedIn } from './device';
import type { Live } from './live';
import { systemTimers } from '../../renderer/timers';

/** A laptop of a field user: the real engine and cache over the real services, signed in to the server under test. */
export type FieldDevice = SignedIn & {
  readonly cache: Cache;
  readonly engine: Engine;
  /** Saves what a person does. */
  record(change: Change): Promise<Recorded>;
  /** A document as this device has it. */
  doc(doctype: string, name: string): Promise<Doc | undefined>;
  outbox(): Promise<OutboxEntry[]>;
  /** Ends at once, whatever is under way, and starts again with what is on the disk, as after a crash. */
  crash(): Promise<void>;
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
  const disk = new IDBFactory();
  const problems: string[] = [];
  let now = start();

  function start() {
    const cache = openCache(account, testKey, { indexedDB: disk, IDBKeyRange });
    let dead = false;
    const ports: Ports = {
      cache,
      bridge: device.bridge,
      account,
      now: () => Date.now(),
      uuid: () => randomUUID(),
      random: () => Math.random(),
      log: (level, message) => {
        if (level === 'error' && !dead) problems.push(message);
      },
      timers: systemTimers,
    };
    const engine = new Engine(ports, () => undefined);
    // What comes after that finds no database to write to.
    const end = (): void => {
      dead = true;
      engine.stop();
      cache.close();
    };
    return { cache, ports, engine, end };
  }

  const outbox = (): Promise<OutboxEntry[]> => now.cache.outbox.orderBy('seq').toArray();
  onTestFinished(async () => {
    now.engine.stop();
    await now.engine.idle();
    now.cache.close();
    await device.close();
    if (problems.length > 0) throw new Error(`the engine logged: ${problems.join('; ')}`);
  });

  await writeProfile(now.cache, profile);
  await now.engine.start();
  await now.engine.idle();
  return {
    ...device,
    get cache() {
      return now.cache;
    },
    get engine() {
      return now.engine;
    },
    record: (change) => record(now.ports, change),
    doc: async (doctype, name) => (await readDocument(now.cache, doctype, name))?.doc,
    outbox,
    async crash() {
      now.end();
      now = start();
      await now.engine.start();
    },
    goOffline: () => now.engine.handle({ kind: 'work-offline', on: true }),
    goOnline: () => now.engine.handle({ kind: 'work-offline', on: false }),
    keepOnly: (kept) => writeProfile(now.cache, kept),
    async settled() {
      await until(async () => {
        await now.engine.idle();
        return (await outbox()).every(({ state }) => state.at === 'parked');
      });
      return outbox();
    },
  };
}
