import { describe, expect, it } from 'vitest';
import type { Doc } from '@shared/erp/document';
import { rowsOf } from '@shared/erp/document';
import { createDemoSite } from '../../electron/demo/site';
import { countDocuments } from '../../renderer/cache/documents';
import { orderValues } from '../simulation/company';
import type { Schedule } from '../support/faults';
import { calm, once } from '../support/faults-schedule';
import { placeOrder, shown, syncedDevice } from '../support/synced-device';
import type { Synced } from '../support/synced-device';
import { VirtualTime } from '../support/virtual-time';

const doctype = 'Customer';

/** A request for a page of whole documents of the DocType, its filters read. */
function pageOf(address: string): { filters: string } | null {
  const url = new URL(address);
  const whole = url.pathname === `/api/resource/${doctype}` && url.searchParams.get('fields') === '["*"]';
  return whole ? { filters: url.searchParams.get('filters') ?? '' } : null;
}

/** A device in front of a site with enough large customers for many pages, none of which it has. */
async function large(): Promise<Synced & { pages: () => string[]; start: () => Promise<void> }> {
  const time = new VirtualTime();
  const site = createDemoSite({ now: time.now, company: 'none' });
  const text = 'a long description '.repeat(1_500);
  site.load(
    Array.from({ length: 300 }, (_, position): Doc => {
      const modified = site.clock.stamp();
      const name = `Large ${String(position).padStart(3, '0')}`;
      return {
        doctype,
        name,
        customer_name: name,
        customer_details: text,
        docstatus: 0,
        owner: 'Administrator',
        creation: modified,
        modified,
      };
    }),
  );
  const synced = await syncedDevice({ time, site, profile: ['Currency'] });
  const { device, requests } = synced;
  return {
    ...synced,
    pages: () => requests.flatMap(({ url }) => pageOf(url)?.filters ?? []),
    start: async () => {
      await device.useProfile([doctype]);
      device.engine.syncNow();
      await device.settle();
    },
  };
}

const kept = async ({ device }: Synced): Promise<number> => (await countDocuments(device.cache))[doctype]?.total ?? 0;

/** The network goes with the page of this number (from 0). */
function cutAt(page: number): Schedule {
  let seen = -1;
  return (request) => {
    if (pageOf(request.url) !== null) seen += 1;
    return seen >= page ? { kind: 'offline' } : undefined;
  };
}

describe('a download of many pages that is interrupted', () => {
  it.each([
    ['by the network', async () => undefined],
    [
      'by the network and then a crash',
      async ({ device }: Synced) => {
        device.restart();
        await device.engine.start();
      },
    ],
  ])('%s goes on where it stopped', async (_, meanwhile) => {
    const synced = await large();
    const { device, network, pages, site } = synced;
    network.now = cutAt(3);
    await synced.start();
    const stored = await kept(synced);
    expect(stored).toBeGreaterThan(100);
    expect(stored).toBeLessThan(300);
    expect(device.engine.state.pulls[doctype]).toMatchObject({ state: 'failed', error: { code: 'offline' } });
    const cursor = await device.cache.cursors.get(doctype);
    const last = site.documents(doctype)[stored - 1]?.modified;
    expect(cursor).toMatchObject({ running: true, completedAt: null, position: { modified: last } });

    const before = pages().length;
    network.now = calm;
    device.states = [];
    await meanwhile(synced);
    await device.pass(10 * 60_000);
    expect(await kept(synced)).toBe(300);
    const after = pages().slice(before);
    expect(after[0]).toContain(last);
    expect(after.filter((filters) => filters === '' || filters === '[]')).toEqual([]);
    expect(device.engine.state.pulls[doctype]).toMatchObject({ state: 'done', error: null });
    // What came before counts: a person sees it go on from there.
    const told = device.states.flatMap(({ pulls }) => (pulls[doctype]?.state === 'downloading' ? [pulls[doctype]] : []));
    const [begun, counted] = [told[0]?.done, told.find(({ total }) => total !== null)];
    expect(begun).toBeGreaterThanOrEqual(stored);
    expect(counted).toMatchObject({ total: 300 });
  });

  it('by a person goes on where it stopped when they let it', async () => {
    const synced = await large();
    const { device, network, pages } = synced;
    // Asked to pause while the second page is on its way.
    network.now = (request) => {
      if (pageOf(request.url) !== null && pages().length === 1) device.engine.handle({ kind: 'pause-download' });
      return undefined;
    };
    await synced.start();
    const stored = await kept(synced);
    expect(stored).toBeGreaterThanOrEqual(100);
    expect(stored).toBeLessThan(300);
    expect(device.engine.state.pulls[doctype]).toMatchObject({ state: 'waiting' });
    network.now = calm;
    const before = pages().length;
    device.engine.handle({ kind: 'download' });
    await device.settle();
    expect(await kept(synced)).toBe(300);
    expect(
      pages()
        .slice(before)
        .filter((filters) => filters === '' || filters === '[]'),
    ).toEqual([]);
  });
});

it('the next page is asked for before the one that came is stored', async () => {
  const synced = await large();
  const stored: (number | undefined)[] = [];
  synced.network.now = (request) => {
    if (pageOf(request.url) !== null) stored.push(synced.device.engine.state.pulls[doctype]?.done);
    return undefined;
  };
  await synced.start();
  expect(await kept(synced)).toBe(300);
  // Nothing was stored when the first two were asked for, and only the first when the third was.
  expect(stored.slice(0, 3)).toEqual([0, 0, 100]);
});

it('a document that is saved while the rows of its page are read is read again, and is here as it was at one moment', async () => {
  const { site, device, network } = await syncedDevice();
  const [order, other] = [placeOrder(site), placeOrder(site)];
  const items = [...rowsOf(orderValues(site, 1), 'items'), ...rowsOf(orderValues(site, 2), 'items')];
  network.now = once(
    { path: '/api/resource/Sales Order Item' },
    { kind: 'meanwhile', before: () => void site.as('office@example.com').update('Sales Order', order.name, { po_no: 'torn', items }) },
  );
  device.engine.syncNow();
  await device.settle();
  const there = site.document('Sales Order', order.name);
  const here = await shown(device, 'Sales Order', order.name);
  expect(here).toMatchObject({ po_no: 'torn', modified: there?.modified });
  expect(rowsOf(here, 'items').map(({ name }) => name)).toEqual(rowsOf(there ?? {}, 'items').map(({ name }) => name));
  expect((await shown(device, 'Sales Order', other.name)).modified).toBe(other.modified);
});

it('an order whose rows were out of sight just then is read again, whole', async () => {
  const { site, device, network } = await syncedDevice({ random: () => 0.99 });
  const order = placeOrder(site);
  const nothing = async (ask: () => Promise<Response>) => {
    const { headers } = await ask();
    return Response.json({ data: [] }, { headers: { date: headers.get('date') ?? '' } });
  };
  network.now = once({ path: '/api/resource/Sales Order Item' }, { kind: 'between', answer: nothing });
  device.engine.syncNow();
  await device.pass(5_000);
  const rows = rowsOf(site.document('Sales Order', order.name) ?? {}, 'items').map(({ name }) => name);
  expect(rowsOf(await shown(device, 'Sales Order', order.name), 'items').map(({ name }) => name)).toEqual(rows);
});
