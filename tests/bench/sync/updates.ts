import type { Doc } from '@shared/erp/document';
import { rowsOf } from '@shared/erp/document';
import { readDocument } from '../../../renderer/cache/documents';
import { record } from '../../../renderer/cache/record';
import { orderValues } from '../../simulation/company';
import { countedDevice } from '../../support/counted-device';
import type { Bench } from '../report';

const count = 500;
const doctype = 'Sales Order';
/** For each step (ms), and short enough that no round of downloading falls into the three of them. */
const longEnough = 10_000;

/** Requests for 500 queued edits, each of another order: of a field, and of a row. */
export const updates: Bench = async (tell) => {
  const { site, server, device } = await countedDevice({ scale: 1, profile: [doctype], answerMs: 20 });
  const office = site.as('office@example.com');
  const names = Array.from({ length: count }, (_, which) => office.insert(doctype, orderValues(site, which)).name);
  await device.engine.start();
  await device.pass(longEnough);

  /** Edits every order, sends, and looks at the server for what was edited. */
  const send = async (name: string, edit: (doc: Doc) => Doc, arrived: (doc: Doc) => boolean, limit: number): Promise<void> => {
    for (const order of names) {
      const local = await readDocument(device.cache, doctype, order);
      if (local !== undefined) await record(device.ports, { kind: 'update', doctype, name: order, values: edit(local.doc) });
    }
    server.reset();
    device.engine.handle({ kind: 'saved' });
    await device.pass(longEnough);
    const there = names.filter((order) => arrived(site.document(doctype, order) ?? { doctype, name: order })).length;
    if (there !== count) throw new Error(`${there} of ${count} edits arrived`);
    tell({ name, value: server.seen.length / count, unit: 'requests/edit', baseline: null, limit });
    tell({ name: `${name}-at-once`, value: server.mostAtOnce, unit: 'requests', baseline: null, limit: 4 });
  };
  // One customer's purchase orders have different numbers.
  await send(
    'field-edits',
    (doc) => ({ ...doc, po_no: `PO ${doc.name}` }),
    (doc) => doc['po_no'] === `PO ${doc.name}`,
    1,
  );
  const qty = 77;
  const withQty = (doc: Doc): Doc => ({ ...doc, items: rowsOf(doc, 'items').map((row) => ({ ...row, qty })) });
  await send('row-edits', withQty, (doc) => rowsOf(doc, 'items').every((row) => row['qty'] === qty), 2);
  device.engine.stop();
};
