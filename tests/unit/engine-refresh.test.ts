import { describe, expect, it } from 'vitest';
import { readDocInfo } from '../../renderer/cache/comments';
import { readDocument } from '../../renderer/cache/documents';
import { record } from '../../renderer/cache/record';
import { createDemoSite } from '../../electron/demo/site';
import { Device } from '../support/device';
import { syncedDevice } from '../support/synced-device';

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

describe('comments and files of documents that were opened before', () => {
  const hour = 3_600_000;
  const opened = (requests: readonly { url: string }[]): string[] =>
    requests.flatMap(({ url }) => (url.includes('form.load.getdoc?') ? [new URL(url).searchParams.get('name') ?? ''] : []));

  async function withOpened(count: number) {
    const synced = await syncedDevice({ profile: ['Customer'], random: () => 0.99 });
    const { site, device } = synced;
    const office = site.as('office@example.com');
    const names = Array.from({ length: count }, (_, at) => office.insert('Customer', { customer_name: `Opened ${at}` }).name);
    device.engine.syncNow();
    await device.pass(5_000);
    for (const name of names) {
      device.engine.handle({ kind: 'refresh', doctype: 'Customer', name });
      await device.pass(1_000);
    }
    synced.network.now = () => undefined;
    return { ...synced, office, names, before: synced.requests.length };
  }

  it('come in the background within an hour or so, though nobody touched the document', async () => {
    const { site, device, names, requests, before } = await withOpened(2);
    const name = names[0] ?? '';
    const { apiKey, apiSecret } = site.people.find((person) => person.name === 'office@example.com') ?? {};
    await site.fetch(
      new Request('https://demo.test/api/method/frappe.desk.form.utils.add_comment', {
        method: 'POST',
        headers: { authorization: `token ${apiKey}:${apiSecret}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          reference_doctype: 'Customer',
          reference_name: name,
          content: 'The gate is shut on Mondays',
          comment_email: 'office@example.com',
          comment_by: 'Office',
        }),
      }),
    );
    await device.pass(2.5 * hour);
    expect((await readDocInfo(device.cache, 'Customer', name))?.comments).toMatchObject([
      { content: expect.stringContaining('The gate is shut on Mondays') as unknown },
    ]);
    const asked = opened(requests.slice(before));
    expect(asked.length).toBeGreaterThanOrEqual(2);
    expect(asked.length).toBeLessThanOrEqual(2 * 3);
  });

  it('are a few an hour, those whose document changed first', async () => {
    const { device, office, names, requests, before } = await withOpened(25);
    await device.pass(hour / 2);
    office.update('Customer', names[24] ?? '', { website: 'there.example' });
    device.engine.syncNow();
    await device.pass(5_000);
    expect(opened(requests.slice(before))).toEqual([]);
    await device.pass(hour * 0.7);
    const asked = opened(requests.slice(before));
    expect(asked).toHaveLength(20);
    expect(asked[0]).toBe(names[24]);
    expect(asked.slice(1)).toEqual(names.slice(0, 19));
  });

  it('are left where the server would write down that its person has looked', async () => {
    const { device, requests, before } = await withOpened(1);
    const row = await device.cache.doctypes.get('Customer');
    if (row !== undefined) {
      const { bundle } = row;
      await device.cache.doctypes.put({ ...row, bundle: { ...bundle, doctype: { ...bundle.doctype, track_seen: 1 } } });
    }
    await device.pass(2.5 * hour);
    expect(opened(requests.slice(before))).toEqual([]);
  });
});
