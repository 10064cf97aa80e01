import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { AppError } from '@shared/errors';
import type { JournalCondition } from '@shared/bridge/journal';
import type { ErrorCode } from '@shared/errors';
import { damageWasRead } from '../../renderer/cache/damage';
import { listOutbox, retry, undo } from '../../renderer/cache/outbox';
import type { Device } from '../support/device';
import { commentedOffline, edit, goOnline } from '../support/synced-device';

/** What another version put there: it opens, and nothing here knows its shape. */
async function putForeign(device: Device, id: string): Promise<void> {
  await device.journal.append({ account: device.account.id, records: [{ kind: 'put', id, entry: { of: 'another version' } }] });
}

test('work in the journal that nobody here can read is told from the start on', async () => {
  const { device } = await commentedOffline();
  expect(device.engine.state.safetyCopy).toMatchObject({ unreadable: 0, damaged: 0 });
  await putForeign(device, randomUUID());
  device.journal.condition = async () => ({ torn: false, damaged: 2 });
  device.restart();
  await device.engine.start();
  expect(device.states.at(-1)?.safetyCopy).toMatchObject({ unreadable: 1, damaged: 2 });
});

test('damage is told at each start until somebody has read it, and no more after that', async () => {
  const { device } = await commentedOffline();
  const toldAtStart = async (condition: JournalCondition): Promise<number> => {
    device.journal.condition = async () => condition;
    device.restart();
    await device.engine.start();
    return device.engine.state.safetyCopy.damaged;
  };
  const found = { torn: false, damaged: 2, damagedAt: 1_000 };
  const well = { torn: false, damaged: 0 };
  expect(await toldAtStart(found)).toBe(2);
  expect(await toldAtStart(well)).toBe(2);
  await damageWasRead(device.cache);
  // The window alone began anew, in the same run of the main process.
  expect(await toldAtStart(found)).toBe(0);
  expect(await toldAtStart(well)).toBe(0);
  expect(await toldAtStart({ ...found, damagedAt: 2_000 })).toBe(2);
});

test('work that the database has is not missed', async () => {
  const { device } = await commentedOffline();
  const [queued] = await device.cache.outbox.toArray();
  await putForeign(device, queued?.id ?? '');
  device.restart();
  await device.engine.start();
  expect(device.engine.state.safetyCopy).toMatchObject({ unreadable: 0 });
});

/** The journal takes nothing from now on; answers what gives it back. */
function breakJournal(device: Device, code: ErrorCode): () => void {
  const { journal } = device.ports.bridge;
  const { append } = journal;
  journal.append = () => Promise.reject(new AppError(code, 'It does not go.'));
  return () => void (journal.append = append);
}

test.each(['storage-full', 'cancelled', 'internal'] as const)(
  'a copy that cannot be written (%s) is told until it is, and is tried again by itself, also offline',
  async (code) => {
    const { device, name } = await commentedOffline();
    const mend = breakJournal(device, code);
    await edit(device, 'Customer', name, { website: 'mine.example' });
    await device.settle();
    expect(device.states.at(-1)?.safetyCopy.failing).toEqual({ code, message: 'It does not go.' });
    await device.pass(20 * 60_000);
    expect(device.engine.state.safetyCopy.failing).not.toBeNull();
    expect(device.journal.entries.size).toBe(1);
    mend();
    await device.pass(6 * 60_000);
    expect(device.states.at(-1)?.safetyCopy.failing).toBeNull();
    expect(device.journal.entries.size).toBe(2);
  },
);

test('a decision that the journal could not be told of stands, and it is told later', async () => {
  const { device } = await commentedOffline();
  const mend = breakJournal(device, 'storage');
  const [entry] = await device.cache.outbox.toArray();
  await undo(device.ports, entry?.id ?? '');
  device.engine.handle({ kind: 'saved' });
  await device.settle();
  expect(await device.cache.outbox.count()).toBe(0);
  expect(device.engine.state.safetyCopy.failing).toMatchObject({ code: 'storage' });
  mend();
  await device.pass(6 * 60_000);
  expect(device.journal.entries.size).toBe(0);
});

test('a change that is too large for the copy waits for its person, and no other document waits with it', async () => {
  const { site, device, name } = await commentedOffline();
  const { journal } = device.ports.bridge;
  const { append } = journal;
  journal.append = (params) =>
    params.records.some((each) => JSON.stringify(each).length > 100_000)
      ? Promise.reject(new AppError('too-large', 'It is too large.'))
      : append(params);
  const other = site.documents('Customer').find((each) => each.name !== name)?.name ?? '';
  await edit(device, 'Customer', name, { customer_details: 'long '.repeat(20_000) });
  await edit(device, 'Customer', other, { website: 'mine.example' });
  await device.settle();
  expect(device.engine.state.safetyCopy.failing).toEqual({ code: 'too-large', message: 'It is too large.' });
  expect(device.journal.entries.size).toBe(2);

  await goOnline(device);
  expect(site.document('Customer', other)).toMatchObject({ website: 'mine.example' });
  // The comment is kept with its document.
  const tooLarge = { name, state: { at: 'parked', problem: { kind: 'refused', code: 'too-large' } } };
  const parked = await listOutbox(device.cache);
  expect(parked).toMatchObject([tooLarge, tooLarge]);
  await edit(device, 'Customer', name, { customer_details: 'short' });
  await retry(device.ports, parked[0]?.id ?? '');
  await device.pass(10_000);
  expect(site.document('Customer', name)).toMatchObject({ customer_details: 'short' });
  expect(site.comments('Customer', name)).toHaveLength(1);
  expect(device.engine.state.safetyCopy.failing).toBeNull();
});
