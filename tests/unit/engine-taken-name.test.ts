import { expect, it } from 'vitest';
import { listOutbox } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { once } from '../support/faults-schedule';
import { edit, goOffline, goOnline, shown, syncedDevice } from '../support/synced-device';

const field = 'field@example.com';
const doctype = 'Item';

async function itemMadeHere() {
  const { site, device, network } = await syncedDevice({ profile: [doctype], random: () => 0.99 });
  site.setRoles(field, [...(site.people.find(({ name }) => name === field)?.roles ?? []), 'Item Manager']);
  const [other] = site.documents(doctype);
  const common = { item_group: other?.['item_group'] ?? '', stock_uom: other?.['stock_uom'] ?? '' };
  goOffline(device);
  const mine = { ...common, item_code: 'LAMP-1', item_name: 'My lamp', description: 'typed here' };
  const { name } = await record(device.ports, { kind: 'create', doctype, values: mine });
  return { site, device, network, name, common, mine };
}

it('an item code that a colleague took is refused at its field, and sent with another one', async () => {
  const { site, device, name, common } = await itemMadeHere();
  site.as('Administrator').insert(doctype, { ...common, item_code: 'LAMP-1', item_name: 'Their lamp', description: 'another thing' });
  await goOnline(device, 60_000);
  const [refused] = await listOutbox(device.cache);
  expect(refused?.state).toMatchObject({
    at: 'parked',
    problem: { kind: 'refused', code: 'duplicate', fields: [{ path: { fieldname: 'item_code' } }] },
  });

  await edit(device, doctype, name, { item_code: 'LAMP-2' });
  await device.pass(60_000);
  expect(await listOutbox(device.cache)).toEqual([]);
  expect(site.document(doctype, 'LAMP-1')).toMatchObject({ item_name: 'Their lamp', description: 'another thing' });
  expect(site.document(doctype, 'LAMP-2')).toMatchObject({ item_name: 'My lamp', description: 'typed here' });
  expect((await shown(device, doctype, 'LAMP-2'))['item_name']).toBe('My lamp');
});

it('so is one that a colleague took while the answer to ours was lost on its way there', async () => {
  const { site, device, network, common } = await itemMadeHere();
  network.now = once({ method: 'POST', path: '/api/resource/Item' }, { kind: 'drop-request' });
  device.engine.handle({ kind: 'work-offline', on: false });
  await device.settle();
  site.as('Administrator').insert(doctype, { ...common, item_code: 'LAMP-1', item_name: 'Their lamp' });
  await device.pass(20 * 60_000);
  expect(await listOutbox(device.cache)).toMatchObject([{ state: { at: 'parked', problem: { kind: 'refused', code: 'duplicate' } } }]);
});

it('one that the same person took at a desk a moment ago is theirs to decide', async () => {
  const { site, device, common } = await itemMadeHere();
  const group = site.documents('Item Group').find(({ name }) => name !== common.item_group)?.name ?? '';
  site.as(field).insert(doctype, { ...common, item_code: 'LAMP-1', item_name: 'My lamp', item_group: group });
  await goOnline(device, 60_000);
  const [entry] = await listOutbox(device.cache);
  expect(entry?.state).toMatchObject({ at: 'parked', problem: { kind: 'may-exist' } });
});
