import type { Bridge } from '@shared/bridge';
import { isRecord } from '@shared/erp/envelope';
import { writeDocType } from '../../../../renderer/cache/doctypes';
import type { Cache } from '../../../../renderer/cache/open-cache';
import { writeProfile } from '../../../../renderer/cache/profile';
import { Engine } from '../../../../renderer/sync/engine';
import { freshPorts, sealedCache } from './ports';
import { subject } from './task';
import type { Taken, Task } from './task';

/** The real engine's first download, from its start until nothing is left to do; `then` goes on with what came. */
export async function download(
  { bundle, networkMs }: Omit<Extract<Task, { kind: 'download' }>, 'kind'>,
  open: (account: string) => Cache = sealedCache,
  then: (cache: Cache) => Promise<void> = async () => undefined,
): Promise<Taken> {
  const pages: string[] = [];
  const erp: Partial<Bridge['erp']> = {
    count: async () => {
      const answer: unknown = await (await fetch('/count')).json();
      return isRecord(answer) ? Number(answer['count']) : 0;
    },
    page: async ({ filters, limit }) => {
      const [filter] = filters;
      const from = filter === undefined ? '' : String(filter[2]);
      const address = `/page?${new URLSearchParams({ from, limit: String(limit), wait: String(networkMs) }).toString()}`;
      pages.push(address);
      const text = await (await fetch(address)).text();
      return { parents: { text, date: null, bytes: text.length }, children: [], check: null, requests: 1 };
    },
  };
  const ports = freshPorts(erp, open);
  const { cache } = ports;
  await writeDocType(cache, bundle, Date.now());
  await writeProfile(cache, [{ doctype: subject, filters: [] }]);
  const engine = new Engine(ports, () => undefined);
  const started = performance.now();
  await engine.start();
  await engine.idle();
  const ms = performance.now() - started;
  engine.stop();
  const failed = engine.state.pulls[subject]?.error;
  if (failed) throw new Error(failed.message);
  const count = await cache.documents.count();
  await then(cache);
  await cache.delete();
  return { ms, count, pages };
}
