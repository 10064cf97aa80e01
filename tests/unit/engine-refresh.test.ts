import { describe, expect, it } from 'vitest';
import { readDocInfo } from '../../renderer/cache/comments';
import { readDocument } from '../../renderer/cache/documents';
import { record } from '../../renderer/cache/record';
import { createDemoSite } from '../../electron/demo/site';
import { Device } from '../support/device';

const until = async (device: Device, holds: () => Promise<boolean>): Promise<void> => {
  for (let turn = 0; turn < 200 && !(await holds()); turn += 1) await device.settle();
};

describe('a document that is opened with a connection', () => {
  it('is read again with its comments and files, which no pull would bring', async () => {
    const site = createDemoSite({ scale: 5 });
    const device = new Device({ site, profile: ['Customer'] });
    await device.useProfile();
    await device.engine.start();
    await device.settle();
    const name = site.documents('Customer')[0]?.name ?? '';
    site.setSilently('Customer', name, { doctype: 'Customer', name, customer_details: 'written silently' });

    device.engine.handle({ kind: 'refresh', doctype: 'Customer', name });
    await until(device, async () => (await readDocInfo(device.cache, 'Customer', name)) !== undefined);

    expect(await readDocInfo(device.cache, 'Customer', name)).toMatchObject({ comments: [], attachments: [] });
    expect((await readDocument(device.cache, 'Customer', name))?.doc['customer_details']).toBe('written silently');
    device.engine.stop();
  });

  it('keeps an edit that waits', async () => {
    const site = createDemoSite({ scale: 5 });
    const device = new Device({ site, profile: ['Customer'], settings: { workOffline: false } });
    await device.useProfile();
    await device.engine.start();
    await device.settle();
    const name = site.documents('Customer')[0]?.name ?? '';
    const kept = await readDocument(device.cache, 'Customer', name);
    device.engine.handle({ kind: 'work-offline', on: true });
    await record(device.ports, { kind: 'update', doctype: 'Customer', name, values: { ...kept?.doc, website: 'https://mine.example' } });
    device.engine.handle({ kind: 'work-offline', on: false });
    device.engine.handle({ kind: 'refresh', doctype: 'Customer', name });
    await until(device, async () => (await readDocInfo(device.cache, 'Customer', name)) !== undefined);
    expect((await readDocument(device.cache, 'Customer', name))?.doc['website']).toBe('https://mine.example');
    device.engine.stop();
  });
});
