import { describe, expect, it } from 'vitest';
import { isTidied } from '@shared/sync/own-write';
import { listOutbox } from '../../renderer/cache/outbox';
import { listReceipts } from '../../renderer/cache/receipts';
import { once } from '../support/faults-schedule';
import { edit, placeOrder, shown, syncedDevice } from '../support/synced-device';

const put = { method: 'PUT', path: '/api/resource/' };

/** An edit that the server did, whose answer was lost. */
async function lostEdit(
  values: Record<string, string | number>,
  meanwhile: (site: Awaited<ReturnType<typeof syncedDevice>>['site'], name: string) => void = () => undefined,
) {
  const synced = await syncedDevice({ profile: ['Customer'] });
  const name = synced.site.documents('Customer')[0]?.name ?? '';
  synced.network.now = once(put, { kind: 'drop-answer' });
  await edit(synced.device, 'Customer', name, values);
  await synced.device.settle();
  meanwhile(synced.site, name);
  return { ...synced, name };
}

describe('an edit whose answer was lost', () => {
  it('is no clash with itself where the server stored it rounded or tidied', async () => {
    const { site, device, name } = await lostEdit({ website: 'one  two', default_commission_rate: 2.3456 }, (there, customer) =>
      there.setSilently('Customer', customer, { website: 'one two', default_commission_rate: 2.35 }),
    );
    await device.pass(60_000);

    expect(await listOutbox(device.cache)).toEqual([]);
    expect(await shown(device, 'Customer', name)).toMatchObject({ website: 'one two', default_commission_rate: 2.35 });
    expect(site.document('Customer', name)).toMatchObject({ website: 'one two', default_commission_rate: 2.35 });
    expect((await listReceipts(device.cache, 1))[0]?.rewritten).toMatchObject([{ typed: 2.3456, became: 2.35 }, { typed: 'one  two' }]);
  });

  it('is no clash with what the person typed after it', async () => {
    const { site, device, name } = await lostEdit({ website: 'first.example' });
    await edit(device, 'Customer', name, { website: 'second.example' });
    await device.pass(60_000);

    expect(await listOutbox(device.cache)).toEqual([]);
    expect(site.document('Customer', name)).toMatchObject({ website: 'second.example' });
  });

  it('still clashes with what somebody else wrote since', async () => {
    const { device } = await lostEdit({ website: 'first.example' }, (site, customer) =>
      site.as('office@example.com').update('Customer', customer, { website: 'office.example' }),
    );
    await device.pass(60_000);
    expect((await listOutbox(device.cache))[0]?.state).toMatchObject({ at: 'parked', problem: { kind: 'conflict' } });
  });

  it('of a row is no clash with what was typed after it in the same row', async () => {
    const synced = await syncedDevice();
    const { device, site, network } = synced;
    const order = placeOrder(site);
    device.engine.syncNow();
    await device.settle();
    const rows = async (qty: number) => {
      const { items } = await shown(device, 'Sales Order', order.name);
      return Array.isArray(items) ? items.map((row) => ({ ...row, qty })) : [];
    };
    network.now = once(put, { kind: 'drop-answer' });
    await edit(device, 'Sales Order', order.name, { items: await rows(5) });
    await device.settle();
    await edit(device, 'Sales Order', order.name, { items: await rows(7) });
    await device.pass(60_000);

    expect(await listOutbox(device.cache)).toEqual([]);
    expect(site.document('Sales Order', order.name)?.['items']).toMatchObject([{ qty: 7 }]);
  });
});

describe('what a server makes of a value', () => {
  it('is told from another value', () => {
    expect([isTidied(2.345, 2.35), isTidied(2.345, 2.34), isTidied(7.6, 8)]).toEqual([true, true, true]);
    expect([isTidied(2.345, 2.36), isTidied(7, 8), isTidied(7.6, 7)]).toEqual([false, false, false]);
    expect([isTidied('<b>a</b> &amp;  b', 'a & b'), isTidied('a b', 'a c'), isTidied('', 'x')]).toEqual([true, false, false]);
  });
});
