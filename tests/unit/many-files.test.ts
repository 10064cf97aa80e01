import { expect, it } from 'vitest';
import { effectScope, shallowRef } from 'vue';
import type { OutboxEntry } from '@shared/sync/outbox-entry';
import { attachmentsOf } from '../../renderer/cache/attachments';
import { listOutbox } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { inWorkTransaction, refreshMark } from '../../renderer/cache/work';
import { useBounded } from '../../renderer/views/use-bounded';
import type { Device } from '../support/device';
import { goOffline, goOnline, syncedDevice } from '../support/synced-device';

const doctype = 'Customer';

async function withFiles(count: number) {
  const synced = await syncedDevice({ profile: [doctype] });
  const name = synced.site.documents(doctype)[0]?.name ?? '';
  synced.device.engine.handle({ kind: 'refresh', doctype, name });
  await synced.device.settle();
  goOffline(synced.device);
  for (let each = 0; each < count; each += 1) await attach(synced.device, name, `file ${each}`);
  return { ...synced, name };
}

const attach = (device: Device, name: string, text: string) =>
  record(device.ports, {
    kind: 'attach',
    doctype,
    name,
    file: device.keepFile(new TextEncoder().encode(text)),
    fileName: `${text}.txt`,
    isPrivate: true,
  });

it('however many files wait for a document, the outbox reads it once', async () => {
  const { device } = await withFiles(60);
  let read = 0;
  device.cache.documents.hook('reading', (row: unknown) => ((read += 1), row));
  expect(await listOutbox(device.cache)).toHaveLength(60);
  expect(read).toBe(1);
});

/** How many changes are read from the outbox while one more file is put on the document. */
async function readForOneMore(count: number): Promise<number> {
  const { device, name } = await withFiles(count);
  let read = 0;
  device.cache.outbox.hook('reading', (row: unknown) => ((read += 1), row));
  await attach(device, name, 'one more');
  return read;
}

it('to put one more file on a document reads as much of the outbox, whether three files wait for it or sixty', async () => {
  const few = await readForOneMore(3);
  expect(few).toBeLessThan(5);
  expect(await readForOneMore(60)).toBe(few);
});

it('what marks a document is told without reading what waits for it', async () => {
  const { device, name } = await withFiles(40);
  const [first] = await device.cache.outbox.orderBy('seq').toArray();
  if (first === undefined) throw new Error('nothing waits');
  const { cache } = device;
  let read = 0;
  const mark = async (): Promise<string | undefined> => {
    await inWorkTransaction(cache, () => refreshMark(cache, doctype, name));
    return (await cache.documents.get([doctype, name]))?.mark;
  };
  const states: OutboxEntry['state'][] = [
    { at: 'queued' },
    { at: 'sending', since: 1, baseline: null },
    { at: 'parked', since: 1, problem: { kind: 'refused', code: 'refused', message: 'no', serverMessages: [], fields: [] } },
  ];
  const marks: (string | undefined)[] = [];
  for (const state of states) {
    await cache.outbox.update(first.id, { state });
    cache.outbox.hook('reading', count);
    marks.push(await mark());
    cache.outbox.hook('reading').unsubscribe(count);
  }
  await cache.outbox.clear();
  marks.push(await mark());
  expect(marks).toEqual(['waiting', 'sending', 'needs-you', undefined]);
  expect(read).toBe(0);

  function count(row: unknown): unknown {
    read += 1;
    return row;
  }
});

it('what the server tells of a document is read once after all of its files, which are all on its list then', async () => {
  const { device, site, name, requests } = await withFiles(30);
  const before = requests.length;
  await goOnline(device, 60_000);
  expect(site.files()).toHaveLength(30);
  const asked = requests.slice(before).filter(({ url }) => url.includes('load.getdoc'));
  expect(asked).toHaveLength(1);
  const there = (await device.cache.docinfo.get([doctype, name]))?.attachments.map((file) => file.name) ?? [];
  expect(there.toSorted()).toEqual(
    site
      .files()
      .map(({ doc }) => doc.name)
      .toSorted(),
  );
  expect((await attachmentsOf(device.cache, doctype, name)).every(({ remote, state }) => remote !== null && state === null)).toBe(true);
});

it('of a long list a part is shown, and more where somebody wants to see it', () => {
  const scope = effectScope();
  scope.run(() => {
    const all = shallowRef(Array.from({ length: 250 }, (_, index) => index));
    const { shown, more, showMore } = useBounded(() => all.value, 100);
    expect([shown.value.length, more.value]).toEqual([100, 100]);
    showMore();
    expect([shown.value.length, more.value]).toEqual([200, 50]);
    showMore();
    expect([shown.value.length, more.value]).toEqual([250, 0]);
    all.value = [1];
    expect([shown.value.length, more.value]).toEqual([1, 0]);
  });
  scope.stop();
});
