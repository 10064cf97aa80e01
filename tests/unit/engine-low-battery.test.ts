import { describe, expect, it } from 'vitest';
import { savesPower } from '@shared/sync/saves-power';
import { writeFilesOffline } from '../../renderer/cache/files-offline';
import { readKeptFile } from '../../renderer/cache/kept-files';
import { record } from '../../renderer/cache/record';
import { attachThere } from '../support/attach-there';
import { countedDevice } from '../support/counted-device';
import { syncedDevice } from '../support/synced-device';

const hourMs = 3_600_000;

it('a battery is spared when it is low and nothing charges it', () => {
  expect(savesPower({ charging: false, level: 0.2 })).toBe(true);
  expect(savesPower({ charging: false, level: 0.21 })).toBe(false);
  expect(savesPower({ charging: true, level: 0.05 })).toBe(false);
});

describe('while the battery is low', () => {
  it('rounds by themselves are far fewer, and as before when it is charged', async () => {
    const { server, device } = await countedDevice({ scale: 20, profile: ['Customer'] });
    await device.engine.start();
    await device.settle();
    // The longest interval is reached first.
    await device.pass(hourMs / 2);
    const requestsIn = async (ms: number): Promise<number> => {
      server.reset();
      await device.pass(ms);
      return server.about('Customer').length;
    };
    const usual = await requestsIn(hourMs);
    device.engine.handle({ kind: 'save-power', on: true });
    await device.pass(hourMs / 10);
    const spared = await requestsIn(hourMs);
    expect(usual).toBeGreaterThan(8);
    expect(spared).toBeLessThan(usual / 2);
    expect(spared).toBeGreaterThan(0);
    device.engine.handle({ kind: 'save-power', on: false });
    await device.settle();
    expect(await requestsIn(hourMs)).toBeGreaterThan(usual / 2);
    device.engine.stop();
  });

  it('what a person saves is sent at once, attachments wait, and come when they are asked for', async () => {
    const synced = await syncedDevice({ profile: ['Customer'] });
    const { device, site } = synced;
    const name = site.documents('Customer')[0]?.name ?? '';
    await writeFilesOffline(device.cache, { of: 'profile', largestMb: null });
    device.engine.handle({ kind: 'save-power', on: true });
    const url = await attachThere(synced, name, 'photo.txt', 'photo');
    device.engine.handle({ kind: 'wake' });
    await device.settle();
    expect(await readKeptFile(device.cache, url)).toBeUndefined();

    await record(device.ports, {
      kind: 'update',
      doctype: 'Customer',
      name,
      values: { ...site.documents('Customer')[0], customer_details: 'now' },
    });
    device.engine.handle({ kind: 'saved' });
    await device.settle();
    expect(site.documents('Customer').find((one) => one.name === name)?.['customer_details']).toBe('now');

    device.engine.handle({ kind: 'fetch-files', again: true });
    await device.settle();
    expect(await readKeptFile(device.cache, url)).toBeDefined();
    device.engine.stop();
  });
});
