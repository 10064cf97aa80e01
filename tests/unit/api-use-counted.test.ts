import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ApiUses } from '../../electron/api-use/uses';
import { ErpClient } from '../../electron/erp/client';
import { fixedHeaders } from '../../electron/erp/credentials';
import type { Asking } from '../../electron/erp/connection';
import { streamByFetch } from '../../electron/erp/stream-by-fetch';
import { rememberingLog } from '../support/quiet-log';
import { scriptedServer } from '../support/scripted-server';
import { temporaryFolder } from '../support/temporary-folder';

const account = '0123456789abcdef0123456789abcdef';
const asking = (priority: Asking['priority'] = 'bulk'): Asking => ({ priority, signal: new AbortController().signal });

type Answer = Parameters<typeof scriptedServer>[0];

/** A client whose requests are counted, by a clock that a test sets. `limit`: its budget. */
async function metered(answer: Answer, limit = 0) {
  const server = await scriptedServer(answer);
  onTestFinished(() => server.close());
  const clock = { now: Date.UTC(2026, 10, 23, 9) };
  const folder = await temporaryFolder();
  const options = { folder, log: rememberingLog(), now: () => clock.now, limit: () => limit };
  const uses = new ApiUses(options);
  const client = new ErpClient({
    siteUrl: server.url,
    credentials: fixedHeaders(() => ({})),
    fetch,
    sendStream: streamByFetch(fetch),
    pace: { random: () => 0, sleep: async () => undefined },
    log: rememberingLog(),
    meter: uses.of(account),
  });
  return { server, clock, uses, client, folder, options };
}

const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  (_received, response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

describe('what is asked of the server', () => {
  it('is counted where it is asked: requests, bytes each way, times, and the rate limit that the server tells', async () => {
    const headers = { 'X-RateLimit-Limit': '20000', 'X-RateLimit-Remaining': '5000', 'X-RateLimit-Reset': '120' };
    const { client, uses, clock } = await metered(json({ data: { name: 'A', modified: 'x' } }, 200, headers));
    await client.get('Customer', 'A', asking());
    await client.update('Customer', 'A', { website: 'é' }, asking());
    const { report, room } = uses.of(account).read('hour');
    const [customer] = report.endpoints;
    const received = 2 * JSON.stringify({ data: { name: 'A', modified: 'x' } }).length;
    expect(customer).toMatchObject({ endpoint: { kind: 'doctype', name: 'Customer' }, requests: 2, failed: 0, received });
    expect(customer?.sent).toBe(Buffer.byteLength('{"website":"é"}'));
    expect(customer?.median).toBeGreaterThan(0);
    expect(room).toEqual({ limit: 20_000, remaining: 5_000, resetSeconds: 120, at: clock.now });
  });

  it('tells what failed and what was repeated, and takes no refusal for a repetition', async () => {
    let turn = 0;
    const { client, uses } = await metered((received, response, request) => {
      turn += 1;
      if (turn === 1) return void response.destroy();
      return json({ data: [] })(received, response, request);
    });
    await client.list({ doctype: 'Item', fields: ['name'], filters: [], limit: 5 }, asking());
    expect(uses.of(account).read('hour').report.total).toMatchObject({ requests: 2, failed: 1, retried: 1 });
  });

  it('is known after a restart, holds no name of a document, and begins anew where its file is damaged', async () => {
    const { client, uses, folder, options } = await metered(json({ data: { name: 'Very Secret Ltd', modified: 'x' } }));
    await client.get('Customer', 'Very Secret Ltd', asking());
    await uses.close();
    const path = join(folder, `${account}.json`);
    expect(await readFile(path, 'utf8')).not.toContain('Secret');
    const again = new ApiUses(options);
    await again.start([account]);
    expect(again.of(account).read('day').report.total.requests).toBe(1);
    await again.remove(account);
    await expect(readFile(path)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(again.of(account).read('day').report.total.requests).toBe(0);
    await writeFile(path, '{"minutes": 3}');
    const damaged = new ApiUses(options);
    await damaged.start([account]);
    expect(damaged.of(account).read('day').report.total.requests).toBe(0);
  });
});

describe('a budget', () => {
  const list = { doctype: 'Item', fields: ['name'], filters: [], limit: 5 };

  it('keeps background work on the device once it is used up; what a person waits for goes, and the hour goes by', async () => {
    const { client, server, clock, uses } = await metered(json({ data: [] }), 3);
    for (let n = 0; n < 3; n += 1) await client.list(list, asking());
    await expect(client.list(list, asking())).rejects.toMatchObject({ code: 'budget', details: { retryAfter: 3660 } });
    expect(server.received).toHaveLength(3);
    await client.list(list, asking('interactive'));
    expect(server.received).toHaveLength(4);
    // Four are used now; two have to be free.
    clock.now += 61 * 60_000;
    await client.list(list, asking());
    expect(uses.of(account).read('hour').budget).toMatchObject({ limit: 3, used: 1, goesOnAt: null });
  });

  it('lets a page that was begun be read to its end', async () => {
    const { client, server } = await metered(json({ data: [{ name: 'A', modified: 'x' }] }), 1);
    const page = { ...list, fields: ['*'], childTables: ['Item Tax', 'UOM Conversion Detail'] };
    expect((await client.page(page, asking())).requests).toBe(4);
    expect(server.received).toHaveLength(4);
    await expect(client.page(page, asking())).rejects.toMatchObject({ code: 'budget' });
  });

  it('is lifted for ten minutes where a person wants to go on', async () => {
    const { client, clock, uses } = await metered(json({ data: [] }), 1);
    await client.list(list, asking());
    uses.of(account).lift();
    await client.list(list, asking());
    expect(uses.of(account).read('hour').budget?.liftedUntil).toBe(clock.now + 600_000);
    clock.now += 600_000;
    await expect(client.list(list, asking())).rejects.toMatchObject({ code: 'budget' });
  });
});

describe('a call from the console', () => {
  it('goes once, whatever comes of it, and its answer comes as it was written', async () => {
    const { client, server } = await metered(json({ message: [{ a: 1 }] }));
    const run = await client.run({ http: 'POST', target: { method: 'a.b' }, args: { x: [1] } }, asking('interactive'));
    expect(run).toMatchObject({ text: '{"message":[{"a":1}]}', bytes: 21 });
    expect(server.received[0]?.method).toBe('POST');
    expect(String(server.received[0]?.body)).toBe('{"x":[1]}');
    const read = { http: 'GET' as const, target: { doctype: 'Sales Order', name: 'a/b' }, args: { fields: ['name'], yes: true } };
    await client.run(read, asking('interactive'));
    expect(`${server.received[1]?.url.pathname}${server.received[1]?.url.search}`).toBe(
      '/api/resource/Sales%20Order/a%2Fb?fields=%5B%22name%22%5D&yes=1',
    );
    const failing = await metered((_received, response) => void response.destroy());
    await expect(failing.client.run({ http: 'GET', target: { method: 'a.b' }, args: {} }, asking('interactive'))).rejects.toMatchObject({
      code: 'lost',
    });
    expect(failing.server.received).toHaveLength(1);
  });

  it('is told to ask for less where the answer is larger than 5 MB, and where a GET would be too long', async () => {
    const { client, server } = await metered(json({ message: 'x'.repeat(5_000_001) }));
    const large = client.run({ http: 'GET', target: { method: 'a.b' }, args: {} }, asking('interactive'));
    await expect(large).rejects.toMatchObject({ code: 'too-large', message: expect.stringContaining('5 MB') });
    const long = client.run({ http: 'GET', target: { method: 'a.b' }, args: { x: 'y'.repeat(4_000) } }, asking('interactive'));
    await expect(long).rejects.toMatchObject({ code: 'bad-parameters' });
    expect(server.received).toHaveLength(1);
  });
});
