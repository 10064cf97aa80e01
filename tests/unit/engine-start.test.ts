import { describe, expect, it } from 'vitest';
import { AppError } from '@shared/errors';
import { listOutbox } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import type { Device } from '../support/device';
import { commentedOffline, goOffline, goOnline, syncedDevice } from '../support/synced-device';

/** A device whose database is the one from before its comment was sent; the journal knows that it was. */
async function withSentComment() {
  const synced = await commentedOffline();
  const { site, device, name } = synced;
  const backup = await device.backUp();
  await goOnline(device);
  expect(site.comments('Customer', name)).toHaveLength(1);
  await device.restoreBackUp(backup);
  return synced;
}

type Read = Device['ports']['bridge']['journal']['read'];

/** Replaces how the journal is read from now on; answers what takes that back. */
function readJournal(device: Device, replaced: (read: Read) => Read): () => void {
  const { journal } = device.ports.bridge;
  const { read } = journal;
  journal.read = replaced(read);
  return () => void (journal.read = read);
}

const slowly = (device: Device): (() => void) =>
  readJournal(device, (read) => async (params) => {
    await device.time.sleep(500);
    return read(params);
  });

const locked = (device: Device): (() => void) =>
  readJournal(device, () => () => Promise.reject(new AppError('key-store', 'The key store is locked.')));

describe('before the start is done', () => {
  it('a command sends nothing that the journal saw end', async () => {
    const { site, device, name } = await withSentComment();
    slowly(device);
    const starting = device.engine.start();
    device.engine.handle({ kind: 'wake' });
    device.engine.handle({ kind: 'saved' });
    await device.pass(10 * 60_000);
    await starting;
    expect(site.comments('Customer', name)).toHaveLength(1);
    expect(await listOutbox(device.cache)).toEqual([]);
  });

  it('nothing is asked, and what was asked for is done afterwards, in order', async () => {
    const { site, device, requests } = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
    const name = site.documents('Customer')[0]?.name ?? '';
    device.restart();
    slowly(device);
    const before = requests.length;
    void device.engine.start();
    device.engine.handle({ kind: 'work-offline', on: true });
    device.engine.handle({ kind: 'work-offline', on: false });
    device.engine.handle({ kind: 'refresh', doctype: 'Customer', name });
    device.engine.handle({ kind: 'signed-in' });
    await device.pass(400);
    expect(requests.slice(before)).toEqual([]);
    await device.pass(5_000);
    expect(device.engine.state.connectivity).toEqual({ kind: 'online' });
    expect(requests.slice(before).map(({ url }) => new URL(url).pathname)).toContain('/api/method/frappe.desk.form.load.getdoc');
  });

  it('nothing is asked where the person works offline', async () => {
    const { site, device, requests } = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
    device.workOffline(true);
    device.restart();
    const before = requests.length;
    const starting = device.engine.start();
    device.engine.handle({ kind: 'refresh', doctype: 'Customer', name: site.documents('Customer')[0]?.name ?? '' });
    device.engine.handle({ kind: 'signed-in' });
    await starting;
    await device.pass(5_000);
    expect(requests.slice(before)).toEqual([]);
  });
});

describe('a start that fails', () => {
  it('sends nothing, says why, and is tried again by itself', async () => {
    const { site, device, name, requests } = await withSentComment();
    const unlock = locked(device);
    const before = requests.length;
    await device.engine.start();
    device.engine.handle({ kind: 'saved' });
    await device.pass(10 * 60_000);
    expect(requests.slice(before)).toEqual([]);
    expect(device.engine.state.trouble).toEqual({ at: 'start', code: 'key-store', message: 'The key store is locked.' });
    unlock();
    await device.pass(10 * 60_000);
    expect(device.engine.state.trouble).toBeNull();
    expect(site.comments('Customer', name)).toHaveLength(1);
    expect(await listOutbox(device.cache)).toEqual([]);
  });

  it('is tried again at once with the next command', async () => {
    const { device, requests } = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
    device.restart();
    const unlock = locked(device);
    await device.engine.start();
    await device.pass(60 * 60_000);
    unlock();
    const before = requests.length;
    device.engine.handle({ kind: 'saved' });
    await device.settle();
    expect(device.engine.state.trouble).toBeNull();
    expect(requests.length).toBeGreaterThan(before);
  });

  it('brings lost work back once it succeeds', async () => {
    const { site, device } = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
    const name = site.documents('Customer')[0]?.name ?? '';
    goOffline(device);
    await record(device.ports, { kind: 'comment', doctype: 'Customer', name, content: 'called them' });
    device.loseDatabase();
    await device.useProfile();
    const unlock = locked(device);
    await device.engine.start();
    unlock();
    await device.pass(60_000);
    expect(site.comments('Customer', name)).toHaveLength(1);
  });
});

describe('a call to the main process that fails once', () => {
  for (const service of ['settings', 'accounts'] as const) {
    it(`does not end the rounds (${service})`, async () => {
      const { site, device, requests } = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
      await device.pass(20 * 60_000);
      const { bridge } = device.ports;
      const real = { settings: bridge.settings.get, accounts: bridge.accounts.state };
      let failures = 0;
      const lost = (): Promise<never> => {
        failures += 1;
        return Promise.reject(new AppError('lost', 'The connection to the main process was lost.'));
      };
      if (service === 'settings') bridge.settings.get = lost;
      else bridge.accounts.state = lost;
      while (failures === 0) await device.pass(60_000);
      await device.pass(60_000);
      [bridge.settings.get, bridge.accounts.state] = [real.settings, real.accounts];
      const before = requests.length;
      const made = site.as('office@example.com').insert('Customer', { customer_name: 'Made meanwhile', customer_type: 'Company' });
      await device.pass(10 * 60_000);
      expect(requests.length).toBeGreaterThan(before);
      expect(await device.cache.documents.get(['Customer', made.name])).toBeDefined();
    });
  }

  it('keeps nothing from being sent', async () => {
    const { site, device } = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
    const name = site.documents('Customer')[0]?.name ?? '';
    await record(device.ports, { kind: 'comment', doctype: 'Customer', name, content: 'called them' });
    const { settings } = device.ports.bridge;
    const { get } = settings;
    settings.get = () => Promise.reject(new AppError('lost', 'The connection to the main process was lost.'));
    device.engine.handle({ kind: 'saved' });
    await device.settle();
    settings.get = get;
    await device.pass(10_000);
    expect(site.comments('Customer', name)).toHaveLength(1);
  });
});
