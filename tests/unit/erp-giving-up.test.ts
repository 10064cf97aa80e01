import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ErpClient } from '../../electron/erp/client';
import { fixedHeaders } from '../../electron/erp/credentials';
import type { Timeouts } from '../../electron/erp/connection';
import { realPace } from '../../electron/erp/retry';
import { streamByFetch } from '../../electron/erp/stream-by-fetch';
import type { Upload } from '../../electron/erp/upload';
import { rememberingLog } from '../support/quiet-log';
import { json, scriptedServer, type Handler, type ScriptedServer } from '../support/scripted-server';
import { until } from '../support/until';

const log = rememberingLog();
const items = { doctype: 'Item', fields: ['name'], filters: [], limit: 20 };
const asking = (controller = new AbortController()) => ({ signal: controller.signal });

const clientOf = (siteUrl: string, timeouts: Partial<Timeouts> = {}): ErpClient =>
  new ErpClient({ siteUrl, credentials: fixedHeaders(() => ({})), fetch, sendStream: streamByFetch(fetch), pace: realPace, log, timeouts });

async function serverWith(handler: Handler): Promise<ScriptedServer> {
  const server = await scriptedServer(handler);
  onTestFinished(server.close);
  return server;
}

/** A server that takes connections and reads nothing of them. */
async function deafServer(): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer({ pauseOnConnect: true }, (socket) => void sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  // A server that listens on a port has an address with one.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const file = (bytes: AsyncIterable<Uint8Array>, size: number): Upload => ({
  fileName: 'a.bin',
  type: 'application/octet-stream',
  size,
  bytes,
  doctype: 'Customer',
  docname: 'X',
  isPrivate: true,
});

async function* pieces(count: number, size: number, between = () => undefined as unknown): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < count; sent += 1) {
    yield new Uint8Array(size);
    between();
  }
}

/** Begins an answer of which more is to come. */
const half: Handler = (_received, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
  response.write('{"data":');
};

async function sizeOf(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const chunk of chunks) size += chunk.byteLength;
  return size;
}

afterEach(() => {
  vi.useRealTimers();
  log.lines.length = 0;
});

describe('a server that says nothing more', () => {
  it('times a download out where no answer begins, and ends its connection', async () => {
    const server = await serverWith(() => undefined);
    const download = clientOf(server.url, { read: 50 }).download('/files/a.pdf', sizeOf, asking());
    await expect(download).rejects.toMatchObject({ code: 'timeout', details: { request: 'GET /files/…' } });
    await until(() => server.open() === 0);
  });

  it('times a download out that stands still, and ends its connection', async () => {
    const server = await serverWith(half);
    const download = clientOf(server.url, { silence: 50 }).download('/files/a.pdf', sizeOf, asking());
    await expect(download).rejects.toMatchObject({ code: 'timeout' });
    await until(() => server.open() === 0);
  });

  it('times a read out whose answer stands still', async () => {
    const server = await serverWith(half);
    await expect(clientOf(server.url, { silence: 50 }).get('Item', 'A', asking())).rejects.toMatchObject({ code: 'timeout' });
    await until(() => server.open() === 0);
  });

  it('times an upload out that nobody takes', async () => {
    const upload = clientOf(await deafServer(), { upload: 50 }).upload(file(pieces(1000, 1 << 20), 1000 << 20), asking());
    await expect(upload).rejects.toMatchObject({ code: 'timeout', details: { request: 'POST /api/method/upload_file' } });
  });

  it('times an upload out that was taken whole and is not answered, and sends it once', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const server = await serverWith(() => void vi.advanceTimersByTime(1000));
    const upload = clientOf(server.url, { upload: 1000 }).upload(file(pieces(3, 100), 300), asking());
    await expect(upload).rejects.toMatchObject({ code: 'timeout' });
    expect(server.received).toHaveLength(1);
  });

  it('times an upload out whose answer stands still', async () => {
    const server = await serverWith(half);
    const upload = clientOf(server.url, { silence: 50 }).upload(file(pieces(3, 100), 300), asking());
    await expect(upload).rejects.toMatchObject({ code: 'timeout' });
    await until(() => server.open() === 0);
  });
});

describe('a transfer that goes on', () => {
  it('is not given up however long an upload takes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const answer = { message: { name: 'f1', file_url: '/private/files/a.bin' } };
    const server = await serverWith((_received, response) => json(response, answer));
    const slow = pieces(10, 100, () => vi.advanceTimersByTime(900));
    const { file: uploaded } = await clientOf(server.url, { upload: 1000 }).upload(file(slow, 1000), asking());
    expect(uploaded.name).toBe('f1');
  });

  it('is not given up however long a download is put away', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const server = await serverWith((_received, response) => void response.writeHead(200).end(Buffer.alloc(300_000)));
    const slowly = async (chunks: AsyncIterable<Uint8Array>) => {
      let size = 0;
      for await (const chunk of chunks) {
        size += chunk.byteLength;
        vi.advanceTimersByTime(5000);
      }
      return size;
    };
    const client = clientOf(server.url, { read: 1000, silence: 1000 });
    expect(await client.download('/files/a.pdf', slowly, asking())).toBe(300_000);
  });
});

describe('a cancelled call', () => {
  it('ends an upload in the middle, which has not arrived, and reads no more of the file', async () => {
    const url = await deafServer();
    const cancel = new AbortController();
    let read: 'on' | 'to the end' | 'no more' = 'on';
    const bytes = async function* () {
      try {
        yield* pieces(1000, 1 << 20);
        read = 'to the end';
      } finally {
        if (read === 'on') read = 'no more';
      }
    };
    let told = 0;
    const upload = clientOf(url).upload({ ...file(bytes(), 1000 << 20), onProgress: () => (told += 1) }, asking(cancel));
    const outcome = expect(upload).rejects.toMatchObject({ code: 'try-again' });
    await until(() => told > 0);
    cancel.abort();
    await outcome;
    await until(() => read !== 'on');
    expect(read).toBe('no more');
  });

  it('ends an upload that waits for its answer, and its connection', async () => {
    const server = await serverWith(() => undefined);
    const cancel = new AbortController();
    const outcome = expect(clientOf(server.url).upload(file(pieces(3, 100), 300), asking(cancel))).rejects.toMatchObject({
      code: 'cancelled',
    });
    await until(() => server.received.length === 1);
    cancel.abort();
    await outcome;
    await until(() => server.open() === 0);
  });

  it('ends a download before its answer and in the middle of it, and its connection', async () => {
    for (const handler of [() => undefined, half]) {
      const server = await serverWith(handler);
      const cancel = new AbortController();
      let arrived = 0;
      const watched = async (chunks: AsyncIterable<Uint8Array>) => {
        for await (const chunk of chunks) arrived += chunk.byteLength;
      };
      const download = clientOf(server.url).download('/files/a.pdf', watched, asking(cancel));
      const outcome = expect(download).rejects.toMatchObject({ code: 'cancelled' });
      await until(() => (handler === half ? arrived > 0 : server.received.length === 1));
      cancel.abort();
      await outcome;
      await until(() => server.open() === 0);
    }
  });

  it('ends the wait before a repetition, and asks no more', async () => {
    const server = await serverWith((_received, response) =>
      json(response, { exc_type: 'TooManyRequestsError' }, 429, { 'Retry-After': '9' }),
    );
    const cancel = new AbortController();
    const outcome = expect(clientOf(server.url).list(items, asking(cancel))).rejects.toMatchObject({ code: 'cancelled' });
    await until(() => log.lines.some((line) => line.includes('again in')));
    cancel.abort();
    await outcome;
    expect(server.received).toHaveLength(1);
  });
});
