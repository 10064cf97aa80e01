import { describe, expect, it } from 'vitest';
import type { Doc } from '@shared/erp/document';
import type { DemoSite } from '../../electron/demo/site';
import { listOutbox } from '../../renderer/cache/outbox';
import { countDocuments } from '../../renderer/cache/documents';
import { record } from '../../renderer/cache/record';
import type { Change } from '../../renderer/cache/record';
import { smallSite, template } from '../simulation/company';
import type { Fault } from '../support/faults';
import { calm, once, times } from '../support/faults-schedule';
import { edit, goOffline, goOnline, placeOrder, shown, syncedDevice } from '../support/synced-device';
import type { Synced } from '../support/synced-device';
import { VirtualTime } from '../support/virtual-time';

const answering = (body: string, contentType = 'application/json'): Fault => ({
  kind: 'between',
  answer: async () => new Response(body, { status: 200, headers: { 'content-type': contentType } }),
});

/** What may answer in the server's place, or of what it said. */
const badAnswers: [string, Fault][] = [
  ['a page that asks to sign in', { kind: 'login-page' }],
  ['half of the answer', { kind: 'half-json' }],
  ['JSON of a captive portal', answering('{"portal":"https://wifi.example/login","status":"login required"}')],
  ['an empty object', answering('{}')],
  ['nothing at all', answering('', 'text/plain')],
  ['a page under the name of JSON', answering('<!doctype html><title>Proxy</title>')],
];

/** A device in front of a small company whose customers follow a workflow. */
async function small(): Promise<Synced> {
  const time = new VirtualTime();
  const setup = { unique: false, workflow: true };
  return syncedDevice({ time, site: smallSite(await template(setup), setup, time) });
}

describe('an answer that is not ERPNext’s, in a download', () => {
  it.each(badAnswers)('%s is named in words, loses nothing, and leaves the other DocTypes alone', async (_, fault) => {
    const { site, device, network } = await small();
    site.as('Administrator').update('Item', site.documents('Item')[0]?.name ?? '', { description: 'changed there' });
    const before = await countDocuments(device.cache);
    network.now = times(3, { path: '/api/resource/Item' }, fault);
    device.engine.syncNow();
    await device.settle();
    expect(device.engine.state.pulls['Item']).toMatchObject({ state: 'failed', error: { code: 'not-frappe' } });
    expect(device.engine.state.pulls['Item']?.error?.message).toMatch(/Something other than ERPNext answered|something that is not a list/);
    expect(device.engine.state.pulls['Customer']).toMatchObject({ state: 'done', error: null });
    expect(device.engine.state.connectivity).toEqual({ kind: 'online' });
    expect(await countDocuments(device.cache)).toEqual(before);

    network.now = calm;
    device.engine.syncNow();
    await device.settle();
    expect(device.engine.state.pulls['Item']).toMatchObject({ state: 'done', error: null });
    expect((await shown(device, 'Item', site.documents('Item').at(-1)?.name ?? ''))['description']).toBe('changed there');
  });
});

describe('a captive portal, which answers everything', () => {
  it('is taken for no connection, whatever it says, until the server answers again', async () => {
    const { site, device, network, requests } = await small();
    const name = site.documents('Customer')[0]?.name ?? '';
    for (const [what, fault] of badAnswers.filter(([, { kind }]) => kind !== 'half-json')) {
      network.now = () => fault;
      device.engine.syncNow();
      await device.settle();
      expect([what, device.engine.state.connectivity.kind]).toEqual([what, 'offline']);
      const [before, asked] = [await countDocuments(device.cache), requests.length];
      await edit(device, 'Customer', name, { website: `${what}.example` });
      await device.pass(60 * 60_000);
      expect(await listOutbox(device.cache)).toMatchObject([{ state: { at: 'queued' } }]);
      for (const [doctype, { total }] of Object.entries(before)) expect((await countDocuments(device.cache))[doctype]?.total).toBe(total);
      // Meanwhile nothing but a light look now and then.
      const meanwhile = requests.slice(asked).map(({ url }) => new URL(url).pathname);
      expect(new Set(meanwhile)).toEqual(new Set(['/api/method/ping']));
      expect(meanwhile.length).toBeLessThan(100);

      network.now = calm;
      await device.pass(5 * 60_000);
      expect(device.engine.state.connectivity).toEqual({ kind: 'online' });
      expect(await listOutbox(device.cache)).toEqual([]);
      expect(site.document('Customer', name)?.['website']).toBe(`${what}.example`);
    }
  });
});

type Sent = {
  /** Makes the document on the server that it is done to: an order unless it says otherwise. */
  target?: (site: DemoSite) => Doc;
  change: (synced: Synced, name: string) => Change | Promise<Change>;
  /** The request that carries it. */
  request: { method: string; path: string };
  /** So often it stands on the server. */
  there: (synced: Synced, name: string) => number;
};

const doctype = 'Sales Order';
const customers = ({ site }: Synced, holds: (doc: Doc) => boolean): number => site.documents('Customer').filter(holds).length;

const sends: Record<string, Sent> = {
  create: {
    change: ({ site }) => ({
      ...{ kind: 'create', doctype: 'Customer' },
      values: { customer_name: `Portal ${site.documents('Customer').length}`, customer_type: 'Company' },
    }),
    request: { method: 'POST', path: '/api/resource/Customer' },
    there: (synced) => customers(synced, (doc) => String(doc['customer_name']).startsWith('Portal ')),
  },
  update: {
    change: async ({ device }, name) => ({
      kind: 'update',
      doctype,
      name,
      values: { ...(await shown(device, doctype, name)), po_no: name },
    }),
    request: { method: 'PUT', path: `/api/resource/${doctype}` },
    there: ({ site }, name) => (site.document(doctype, name)?.['po_no'] === name ? 1 : 0),
  },
  submit: {
    change: (_, name) => ({ kind: 'submit', doctype, name }),
    request: { method: 'PUT', path: `/api/resource/${doctype}` },
    there: ({ site }, name) => (site.document(doctype, name)?.docstatus === 1 ? 1 : 0),
  },
  delete: {
    change: (_, name) => ({ kind: 'delete', doctype, name }),
    request: { method: 'DELETE', path: `/api/resource/${doctype}` },
    there: ({ site }, name) => (site.document(doctype, name) === undefined ? 1 : 0),
  },
  workflow: {
    target: (site) =>
      site
        .as('field@example.com')
        .insert('Customer', { customer_name: `New ${site.documents('Customer').length}`, customer_type: 'Company' }),
    change: (_, name) => ({
      ...{ kind: 'workflow', doctype: 'Customer', name, action: 'To Checked' },
      ...{ stateField: 'workflow_state', fromState: 'New', toState: 'Checked' },
    }),
    request: { method: 'POST', path: '/api/method/frappe.model.workflow.apply_workflow' },
    there: (synced, name) => customers(synced, (doc) => doc.name === name && doc['workflow_state'] === 'Checked'),
  },
  comment: {
    change: (_, name) => ({ kind: 'comment', doctype, name, content: 'call first' }),
    request: { method: 'POST', path: '/api/method/frappe.desk.form.utils.add_comment' },
    there: ({ site }, name) => site.comments(doctype, name).length,
  },
  attach: {
    change: ({ device }, name) => ({
      ...{ kind: 'attach', doctype, name, fileName: 'note.txt', isPrivate: true },
      file: device.keepFile(new TextEncoder().encode('a note')),
    }),
    request: { method: 'POST', path: '/api/method/upload_file' },
    there: ({ site }, name) => site.files().filter(({ doc }) => doc['attached_to_name'] === name).length,
  },
};

describe('an answer that is not ERPNext’s, to a change', () => {
  it.each(Object.entries(sends))('(%s) has it looked for, says why, and has it done exactly once', async (_, sent) => {
    const synced = await small();
    const { device, network, site } = synced;
    for (const [what, fault] of badAnswers) {
      const { name } = (sent.target ?? placeOrder)(site);
      device.engine.syncNow();
      await device.settle();
      goOffline(device);
      const before = sent.there(synced, name);
      await record(device.ports, await sent.change(synced, name));
      network.now = once(sent.request, fault);
      await goOnline(device, 100);
      const [entry] = await listOutbox(device.cache);
      expect([what, entry]).toMatchObject([what, { state: { at: 'uncertain' }, lastError: { code: 'not-frappe' } }]);
      expect(entry?.lastError?.message).toMatch(/Something other than ERPNext answered/);

      await device.pass(15 * 60_000);
      expect([what, await listOutbox(device.cache)]).toEqual([what, []]);
      expect([what, sent.there(synced, name)]).toEqual([what, before + 1]);
    }
  });
});
