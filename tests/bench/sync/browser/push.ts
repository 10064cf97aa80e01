import { toRow } from '../../../../renderer/cache/document-row';
import { writeDocType } from '../../../../renderer/cache/doctypes';
import { record } from '../../../../renderer/cache/record';
import { parseRows } from '../../../../renderer/sync/rows';
import { Engine } from '../../../../renderer/sync/engine';
import { freshPorts } from './ports';
import { subject } from './task';
import type { Taken, Task } from './task';

/** The real push, from a full outbox to an empty one. */
export async function push({ bundle, entries }: Extract<Task, { kind: 'push' }>): Promise<Taken> {
  const rows = parseRows(await (await fetch(`/page?from=&wait=0&limit=${entries}`)).text());
  const docs = new Map(rows.map((row) => [row.name, { ...row, doctype: subject }]));
  let count = 0;
  const ports = freshPorts({
    update: async ({ name, body }) => {
      count += 1;
      return {
        doc: { doctype: subject, ...docs.get(name), ...body, name, modified: '2026-12-01 00:00:00.000000' },
        messages: [],
        date: null,
      };
    },
  });
  const { cache } = ports;
  await writeDocType(cache, bundle, Date.now());
  await cache.documents.bulkPut([...docs.values()].map((doc) => toRow(doc, { doctype: bundle.doctype, origin: 'profile', keptAt: 1 })));
  for (const doc of docs.values())
    await record(ports, { kind: 'update', doctype: subject, name: doc.name, values: { ...doc, remarks: 'edited here' } });
  const engine = new Engine(ports, () => undefined);
  const started = performance.now();
  engine.handle({ kind: 'saved' });
  await engine.idle();
  const ms = performance.now() - started;
  engine.stop();
  const left = await cache.outbox.count();
  if (left > 0) throw new Error(`${left} edits were not sent`);
  await cache.delete();
  return { ms, count, pages: [] };
}
