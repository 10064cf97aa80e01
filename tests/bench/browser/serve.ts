import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = { type: string; body: string };

/** Serves an empty page, the worker, and what `answer` knows besides. */
export async function serve(
  worker: string,
  answer: (url: URL) => Promise<Answer | null>,
): Promise<{ url: string; close(): Promise<void> }> {
  const respond = async (url: URL): Promise<Answer> => {
    if (url.pathname === '/worker.js') return { type: 'text/javascript', body: worker };
    return (await answer(url)) ?? { type: 'text/html', body: '<!doctype html><title>Bench</title>' };
  };
  const server = createServer((request, response) => {
    void respond(new URL(request.url ?? '/', 'http://bench')).then(({ type, body }) => {
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
