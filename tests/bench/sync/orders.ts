import { bytesOf, CountedServer } from '../../support/counted-server';
import { demoClient } from '../../support/demo-client';
import type { Bench } from '../report';
import { countedDevice } from '../../support/counted-device';

const count = 2_000;
/** What a page should hold, in bytes as they come. */
const pageBytes = 1_000_000;
const doctype = 'Sales Order';

/** Requests and bytes to download 2,000 orders with their child tables, against one GET each. */
export const orders: Bench = async (tell) => {
  const { site, server, device } = await countedDevice({ scale: count, profile: [doctype] });
  const names = site.documents(doctype).map(({ name }) => name);
  await device.engine.start();
  await device.settle();
  const kept = await device.cache.documents.where('[doctype+name]').between([doctype, ''], [doctype, []]).count();
  device.engine.stop();
  if (kept !== names.length) throw new Error(`${kept} of ${names.length} orders arrived`);

  const tables = [...new Set(site.engine.metadata.get(doctype)?.tables.map(({ options }) => options ?? ''))];
  const lists = server.about(doctype).filter(({ path }) => path.startsWith('/api/resource/') || path.endsWith('.get_list'));
  const pages = lists.filter((request) => request.doctype === doctype && request.fields.includes('*')).length;
  const bytes = bytesOf(lists);

  const single = new CountedServer((request) => site.fetch(request));
  const client = demoClient({ ...site, fetch: single.fetch });
  for (const name of names) await client.get(doctype, name);

  const aPage = 2 + tables.length;
  const fewest = Math.ceil(bytes / pageBytes);
  tell({ name: 'orders-requests-a-page', value: lists.length / pages, unit: 'requests', baseline: null, limit: aPage });
  // The first page is taken on trust, and the last is as large as what is left.
  tell({ name: 'orders-pages', value: pages, unit: 'pages', baseline: fewest, limit: (fewest + 2) / fewest });
  tell({
    name: 'orders-requests',
    value: lists.length,
    unit: 'requests',
    baseline: names.length,
    limit: (aPage * (fewest + 2)) / names.length,
  });
  // A list writes the empty fields that a single GET leaves out.
  tell({ name: 'orders-bytes', value: bytes, unit: 'bytes', baseline: bytesOf(single.seen), limit: 1.4 });
};
