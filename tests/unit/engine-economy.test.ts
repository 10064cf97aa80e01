import { describe, expect, it } from 'vitest';
import { rowsOf } from '@shared/erp/document';
import type { DocumentValues } from '@shared/erp/document';
import { readDocument } from '../../renderer/cache/documents';
import { record } from '../../renderer/cache/record';
import { orderValues } from '../simulation/company';
import { countedDevice } from '../support/counted-device';
import type { CountedDevice } from '../support/counted-device';

const doctype = 'Sales Order';
/** Rows of a Sales Order are in so many tables. */
const childTables = 6;

/** A device that has downloaded some orders, a few of them drafts. */
async function downloaded(profile: string[] = [doctype]): Promise<CountedDevice & { drafts: string[] }> {
  const counted = await countedDevice({ scale: 20, profile });
  const office = counted.site.as('office@example.com');
  const drafts = Array.from({ length: 6 }, (_, which) => office.insert(doctype, orderValues(counted.site, which)).name);
  await counted.device.engine.start();
  await counted.device.settle();
  return { ...counted, drafts };
}

async function edit({ device }: CountedDevice, names: string[], change: (values: DocumentValues) => DocumentValues): Promise<void> {
  for (const name of names) {
    const values = change((await readDocument(device.cache, doctype, name))?.doc ?? {});
    await record(device.ports, { kind: 'update', doctype, name, values });
  }
}

describe('what syncing asks of a server', () => {
  it('is a page of whole documents in one request for them, one a child table, and one to find torn ones', async () => {
    const { server, device } = await downloaded();
    device.engine.stop();
    const lists = server.about(doctype).filter(({ path }) => /\/resource\/|get_list$/.test(path));
    expect(lists.map((request) => request.doctype).filter((asked) => asked === doctype)).toHaveLength(2);
    expect(lists).toHaveLength(1 + childTables + 1);
  });

  it('is one request a DocType when nothing changed', async () => {
    const profile = ['Customer', 'Item', doctype, 'Sales Invoice', 'Payment Entry'];
    const { server, device } = await downloaded(profile);
    server.reset();
    device.engine.handle({ kind: 'wake' });
    await device.settle();
    device.engine.stop();
    expect(server.seen.map((request) => request.doctype).sort()).toEqual([...profile].sort());
  });

  it('is names, and one page of what changed, when a document changed', async () => {
    const { site, server, device, drafts } = await downloaded();
    const [name = ''] = drafts;
    site.as('office@example.com').update(doctype, name, { po_no: 'theirs' });
    server.reset();
    device.engine.handle({ kind: 'wake' });
    await device.settle();
    device.engine.stop();
    expect((await readDocument(device.cache, doctype, name))?.doc['po_no']).toBe('theirs');
    expect(server.seen).toHaveLength(1 + 1 + childTables + 1);
  });

  it('is one request for an edited field', async () => {
    const counted = await downloaded();
    const { site, server, device, drafts } = counted;
    await edit(counted, drafts, (values) => ({ ...values, po_no: `PO ${String(values['name'])}` }));
    server.reset();
    device.engine.handle({ kind: 'saved' });
    await device.settle();
    device.engine.stop();
    expect(drafts.map((name) => site.document(doctype, name)?.['po_no'])).toEqual(drafts.map((name) => `PO ${name}`));
    expect(server.seen.map(({ method }) => method)).toEqual(drafts.map(() => 'PUT'));
    expect(server.mostAtOnce).toBeLessThanOrEqual(4);
  });

  it('is two requests for an edited row: its table is sent over rows read just before', async () => {
    const counted = await downloaded();
    const { site, server, device, drafts } = counted;
    await edit(counted, drafts, (values) => ({ ...values, items: rowsOf(values, 'items').map((row) => ({ ...row, qty: 77 })) }));
    server.reset();
    device.engine.handle({ kind: 'saved' });
    await device.settle();
    device.engine.stop();
    expect(drafts.flatMap((name) => rowsOf(site.document(doctype, name) ?? {}, 'items')).every((row) => row['qty'] === 77)).toBe(true);
    expect(server.seen.map(({ method }) => method).sort()).toEqual([...drafts.map(() => 'GET'), ...drafts.map(() => 'PUT')]);
  });
});
