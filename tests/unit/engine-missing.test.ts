import { describe, expect, it } from 'vitest';
import type { DemoSite } from '../../electron/demo/site';
import { attachmentsOf } from '../../renderer/cache/attachments';
import { readDocument } from '../../renderer/cache/documents';
import { discard, entriesOf, listOutbox } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import type { Device } from '../support/device';
import { once } from '../support/faults-schedule';
import { edit, goOffline, goOnline, shown, syncedDevice } from '../support/synced-device';

const field = 'field@example.com';
const doctype = 'Customer';

/** The user may see one other customer alone; answers what takes that back. */
function hideAllBut(site: DemoSite, name: string): () => void {
  const values = { user: field, allow: doctype, for_value: name, apply_to_all_doctypes: 1 };
  const permission = site.as('Administrator').insert('User Permission', values);
  return () => void site.as('Administrator').delete('User Permission', permission.name);
}

/** The user may read no customer at all any more; answers what takes that back. */
function takeAway(site: DemoSite): () => void {
  const roles = [...(site.people.find(({ name }) => name === field)?.roles ?? [])];
  site.setRoles(field, []);
  return () => site.setRoles(field, roles);
}

const attach = (device: Device, name: string): Promise<unknown> =>
  record(device.ports, {
    kind: 'attach',
    doctype,
    name,
    file: device.keepFile(new TextEncoder().encode('a note')),
    fileName: 'note.txt',
    isPrivate: true,
  });

async function customers() {
  const synced = await syncedDevice({ profile: [doctype] });
  const [name = '', other = ''] = synced.site.documents(doctype).map((doc) => doc.name);
  goOffline(synced.device);
  return { ...synced, name, other };
}

const problems = async (device: Device, name: string) =>
  (await entriesOf(device.cache, doctype, name)).map(({ state }) => (state.at === 'parked' ? state.problem : state.at));

const hidden = { kind: 'missing', how: 'hidden' };

describe('a file on a document that became hidden', () => {
  it.each([
    ['alone', (site: DemoSite, other: string) => hideAllBut(site, other)],
    ['with all of its DocType', takeAway],
  ])('%s is parked for that reason, and goes up once the document may be seen again', async (_, hide) => {
    const { site, device, name, other } = await customers();
    await attach(device, name);
    const show = hide(site, other);
    await goOnline(device);
    expect(await problems(device, name)).toEqual([hidden]);
    expect(await readDocument(device.cache, doctype, name)).toMatchObject({ mark: 'needs-you' });

    show();
    await device.pass(70 * 60_000);
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(site.files().map(({ doc }) => doc['attached_to_name'])).toEqual([name]);
    expect((await attachmentsOf(device.cache, doctype, name))[0]?.remote).not.toBeNull();
    expect(await readDocument(device.cache, doctype, name)).toMatchObject({ mark: 'none' });
  });
});

it.each([
  ['comment', '/api/method/frappe.desk.form.utils.add_comment'],
  ['file', '/api/method/upload_file'],
])('a %s whose answer was lost is not sent again unlooked after its document was hidden for a while', async (kind, path) => {
  const { site, device, network, requests, name, other } = await customers();
  if (kind === 'file') await attach(device, name);
  else await record(device.ports, { kind: 'comment', doctype, name, content: 'said once' });
  network.now = once({ method: 'POST', path }, { kind: 'drop-answer' });
  device.engine.handle({ kind: 'work-offline', on: false });
  await device.settle();
  const show = hideAllBut(site, other);
  await device.pass(60_000);
  expect(await problems(device, name)).toEqual([hidden]);
  show();
  device.engine.syncNow(true);
  await device.pass(600_000);

  expect(await problems(device, name)).toEqual([]);
  expect(requests.filter(({ method, url }) => method === 'POST' && url.includes(path))).toHaveLength(1);
});

describe('an edit of a document that is not there', () => {
  it('because it is hidden waits for a person, and goes on by itself once the document may be seen again', async () => {
    const { site, device, name, other } = await customers();
    await edit(device, doctype, name, { website: 'mine.example' });
    const show = hideAllBut(site, other);
    await goOnline(device, 70 * 60_000);
    expect(await problems(device, name)).toEqual([hidden]);
    expect((await shown(device, doctype, name))['website']).toBe('mine.example');

    show();
    await device.pass(70 * 60_000);
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(site.document(doctype, name)?.['website']).toBe('mine.example');
  });

  it('goes on at once when a person opens the document and it is there', async () => {
    const { site, device, name, other } = await customers();
    await edit(device, doctype, name, { website: 'mine.example' });
    const show = hideAllBut(site, other);
    await goOnline(device, 70 * 60_000);
    expect(await problems(device, name)).toEqual([hidden]);
    show();
    device.engine.handle({ kind: 'refresh', doctype, name });
    await device.settle();
    device.engine.handle({ kind: 'saved' });
    await device.settle();
    expect(await problems(device, name)).toEqual([]);
    expect(site.document(doctype, name)?.['website']).toBe('mine.example');
  });

  it('because it was deleted is discarded with the document, of which nothing else is here', async () => {
    const { site, device } = await customers();
    const made = site.as(field).insert(doctype, { customer_name: 'Gone For Good', customer_type: 'Company' });
    await goOnline(device, 10 * 60_000);
    goOffline(device);
    await edit(device, doctype, made.name, { website: 'mine.example' });
    await record(device.ports, { kind: 'comment', doctype, name: made.name, content: 'called them' });
    site.as('office@example.com').delete(doctype, made.name);
    await goOnline(device);
    const [first, second] = await listOutbox(device.cache);
    await discard(device.ports, first?.id ?? '');
    expect(await readDocument(device.cache, doctype, made.name)).toBeDefined();
    await device.pass(70 * 60_000);
    await discard(device.ports, second?.id ?? '');
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(await readDocument(device.cache, doctype, made.name)).toBeUndefined();
  });

  it('because it was deleted goes on when it was restored under its name, over what it is then', async () => {
    const { site, device, name } = await customers();
    const made = site.as(field).insert(doctype, { customer_name: 'Gone For Lunch', customer_type: 'Company' });
    await goOnline(device, 10 * 60_000);
    goOffline(device);
    await edit(device, doctype, made.name, { website: 'mine.example' });
    const copy = structuredClone(site.document(doctype, made.name));
    site.as('office@example.com').delete(doctype, made.name);
    await goOnline(device);
    expect(await problems(device, made.name)).toEqual([{ kind: 'missing', how: 'gone' }]);
    expect(name).not.toBe(made.name);

    site.load([{ ...structuredClone(copy), doctype, name: made.name, modified: site.clock.stamp(), customer_details: 'restored' }]);
    await device.pass(70 * 60_000);
    expect(await listOutbox(device.cache)).toEqual([]);
    expect(site.document(doctype, made.name)).toMatchObject({ website: 'mine.example', customer_details: 'restored' });
  });
});
