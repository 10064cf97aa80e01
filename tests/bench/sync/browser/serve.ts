import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Documents } from './documents';

/** Serves an empty page, the worker, and pages of documents after the wait that a network would add. */
export async function serve(documents: Documents, worker: string): Promise<{ url: string; close(): Promise<void> }> {
  const answer = async (url: URL): Promise<{ type: string; body: string }> => {
    const asked = (name: string): string => url.searchParams.get(name) ?? '';
    switch (url.pathname) {
      case '/worker.js':
        return { type: 'text/javascript', body: worker };
      case '/count':
        return { type: 'application/json', body: JSON.stringify({ count: documents.json.length }) };
      case '/page': {
        if (Number(asked('wait')) > 0) await delay(Number(asked('wait')));
        const start = firstFrom(documents.modified, asked('from'));
        return { type: 'application/json', body: `{"data":[${documents.json.slice(start, start + Number(asked('limit'))).join(',')}]}` };
      }
      default:
        return { type: 'text/html', body: '<!doctype html><title>Bench</title>' };
    }
  };
  const server = createServer((request, response) => {
    void answer(new URL(request.url ?? '/', 'http://bench')).then(({ type, body }) => {
      response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' });
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The place of the first document that is not older; they are in this order. */
function firstFrom(modified: string[], from: string): number {
  let [low, high] = [0, modified.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((modified[middle] ?? '') < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
