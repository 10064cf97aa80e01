import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '@shared/errors';
import { ErpClient } from '../../electron/erp/client';
import { fixedHeaders } from '../../electron/erp/credentials';
import { streamByFetch } from '../../electron/erp/stream-by-fetch';
import { html, json, scriptedServer, type Handler, type ScriptedServer } from '../support/scripted-server';
import { until } from '../support/until';

const secret = 'token thekey:thesecret';
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

let server: ScriptedServer;
let slept: number[];
afterEach(() => server.close());

async function client(handler: Handler): Promise<ErpClient> {
  server = await scriptedServer(handler);
  slept = [];
  return clientOf(server.url);
}

const clientOf = (siteUrl: string): ErpClient =>
  new ErpClient({
    siteUrl,
    credentials: fixedHeaders(() => ({ Authorization: secret })),
    fetch,
    sendStream: streamByFetch(fetch),
    pace: { random: () => 0.5, sleep: async (ms) => void slept.push(ms) },
    log: quiet,
  });

const asking = (controller = new AbortController()) => ({ signal: controller.signal });

async function failure(promise: Promise<unknown>): Promise<AppError> {
  try {
    await promise;
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(AppError);
    return thrown as AppError;
  }
  throw new Error('it did not fail');
}

const items = { doctype: 'Item', fields: ['name'], filters: [], limit: 20 };

describe('requests', () => {
  it('sends the token and no cookie, and takes data and message alike with 200, 201 and 202', async () => {
    const answers = [
      [200, { data: { name: 'A' } }],
      [201, { message: { name: 'B' } }],
      [202, { data: { name: 'C' } }],
    ] as const;
    let next = 0;
    const erp = await client((_received, response) => {
      const [status, body] = answers[next++]!;
      json(response, body, status, { 'Set-Cookie': 'sid=Guest', Date: 'Mon, 23 Nov 2026 03:00:00 GMT' });
    });
    expect((await erp.create('Customer', { a: 1 }, asking())).doc).toEqual({ doctype: 'Customer', name: 'A' });
    expect((await erp.create('Customer', { a: 1 }, asking())).doc.name).toBe('B');
    const third = await erp.create('Customer', { a: 1 }, asking());
    expect(third).toMatchObject({ doc: { name: 'C' }, messages: [], date: 'Mon, 23 Nov 2026 03:00:00 GMT' });
    expect(server.received.map((one) => one.headers.authorization)).toEqual([secret, secret, secret]);
    expect(server.received.every((one) => one.headers.cookie === undefined)).toBe(true);
  });

  it('percent-encodes a name as one segment', async () => {
    const erp = await client((_received, response, request) => json(response, { data: { name: 'x', seen: request.url } }));
    const { doc } = await erp.get('Item Group', 'a/b#c?d%e&f “ü”', asking());
    expect(doc['seen']).toBe(`/api/resource/Item%20Group/${encodeURIComponent('a/b#c?d%e&f “ü”')}`);
    expect((await failure(erp.get('Item', '..', asking()))).code).toBe('unsupported');
  });

  it('sends a list as GET, and as POST to get_list when its URL would be too long', async () => {
    const erp = await client((_received, response) => json(response, { message: [{ name: 'A' }] }));
    await erp.list({ ...items, orFilters: [['name', 'like', '%A%']], orderBy: 'modified asc, name asc', start: 40, parent: 'P' }, asking());
    const names = Array.from({ length: 700 }, (_, index) => `SKU${index}`);
    await erp.list({ ...items, filters: [['name', 'in', names]], limit: 0 }, asking());
    const [get, post] = server.received;
    expect(Object.fromEntries(get!.url.searchParams)).toEqual({
      fields: '["name"]',
      or_filters: '[["name","like","%A%"]]',
      order_by: 'modified asc, name asc',
      limit_start: '40',
      limit_page_length: '20',
      parent: 'P',
    });
    expect(post).toMatchObject({ method: 'POST', url: { pathname: '/api/method/frappe.client.get_list' } });
    expect(JSON.parse(post!.body.toString())).toEqual({
      doctype: 'Item',
      fields: ['name'],
      filters: [['name', 'in', names]],
      limit_page_length: 0,
    });
  });

  it('counts with the method that heeds permissions', async () => {
    const erp = await client((_received, response) => json(response, { message: 7 }));
    expect(await erp.count('Item', [['disabled', '=', 0]], asking())).toBe(7);
    expect(server.received[0]!.url.pathname).toBe('/api/method/frappe.desk.reportview.get_count');
    expect(server.received[0]!.url.searchParams.get('filters')).toBe('[["Item","disabled","=",0]]');
  });

  it('reads a page with one request a child DocType, filtered by parent type, and checks the parents again', async () => {
    const erp = await client(({ url }, response) => {
      const doctype = decodeURIComponent(url.pathname.split('/').at(-1)!);
      json(response, { data: doctype === 'Sales Order' ? [{ name: 'SO-1', modified: 'm' }] : [{ name: 'r1', parent: 'SO-1' }] });
    });
    const page = await erp.page(
      {
        doctype: 'Sales Order',
        fields: ['*'],
        filters: [],
        limit: 50,
        childTables: ['Sales Order Item', 'Payment Schedule', 'Sales Order Item'],
      },
      asking(),
    );
    expect(page.requests).toBe(4);
    expect(server.received).toHaveLength(4);
    expect(page.children.map((child) => child.doctype)).toEqual(['Sales Order Item', 'Payment Schedule']);
    expect(JSON.parse(page.children[0]!.rows.text)).toEqual({ data: [{ name: 'r1', parent: 'SO-1' }] });
    const child = server.received.find((one) => one.url.pathname.endsWith('Sales%20Order%20Item'))!;
    expect(JSON.parse(child.url.searchParams.get('filters')!)).toEqual([
      ['parent', 'in', ['SO-1']],
      ['parenttype', '=', 'Sales Order'],
    ]);
    expect(child.url.searchParams.get('parent')).toBe('Sales Order');
    const last = server.received.at(-1)!;
    expect(last.url.searchParams.get('fields')).toBe('["name","modified"]');
    expect(JSON.parse(page.check!.text)).toEqual({ data: [{ name: 'SO-1', modified: 'm' }] });
  });

  it('asks what an item brings inside of `args`, and takes of the answer what a row knows', async () => {
    const recorded = { uom: 'Nos', conversion_factor: 1, price_list_rate: 800, brand: null, rate: 0, free_item_data: [], actual_qty: 0 };
    const erp = await client((_received, response) => json(response, { message: recorded }));
    const question = { doctype: 'Sales Order', company: 'Wind Power LLC', item_code: 'SKU001', transaction_date: '2026-11-23', qty: 3 };
    expect(await erp.itemDetails(question, asking())).toEqual({ uom: 'Nos', conversion_factor: 1, price_list_rate: 800, brand: null });
    expect(server.received).toHaveLength(1);
    expect(JSON.parse(server.received[0]!.body.toString())).toEqual({ args: question });
  });

  it('never lets a temporary name leave', async () => {
    const erp = await client((_received, response) => json(response, { data: { name: 'A' } }));
    const body = { customer: 'fb-new-123e4567-e89b-12d3-a456-426614174000' };
    expect((await failure(erp.create('Sales Order', body, asking()))).code).toBe('internal');
    expect((await failure(erp.call('POST', 'a.b', body, asking()))).code).toBe('internal');
    expect(server.received).toHaveLength(0);
  });

  it('passes the notes of a success on as plain text', async () => {
    const note = JSON.stringify([JSON.stringify({ message: 'Changed to <b>Jane &amp; Co</b>', title: 'Note', indicator: 'blue' })]);
    const erp = await client((_received, response) => json(response, { data: { name: 'A' }, _server_messages: note }));
    expect((await erp.create('Customer', {}, asking())).messages).toEqual([
      { message: 'Changed to Jane & Co', title: 'Note', indicator: 'blue' },
    ]);
  });

  it('says not-found where getdoc answers 200 without a document', async () => {
    const erp = await client((_received, response) => json(response, { message: [] }));
    expect((await failure(erp.open('Customer', 'X', asking()))).code).toBe('not-found');
  });

  it('tells the names of a document and of its rows as text where the site counts them', async () => {
    const erp = await client((_request, response) => json(response, { data: { name: 12, notes: [{ name: 7, idx: 1 }] } }));
    const { doc } = await erp.get('Ticket', '12', asking());
    expect(doc).toMatchObject({ name: '12', notes: [{ name: '7', idx: 1 }] });
  });

  it('takes a document of 5 MB whole', async () => {
    const long = 'ä'.repeat(2_600_000);
    const erp = await client((_received, response) => json(response, { data: { name: 'A', long } }));
    expect((await erp.get('Customer', 'A', asking())).doc['long']).toBe(long);
  });
});

describe('failures', () => {
  it('is offline when no connection could be made, and lost when it broke after the request', async () => {
    const erp = await client((_received, response) => void response.destroy());
    const lost = await failure(erp.create('Customer', { secret: 'body' }, asking()));
    expect(lost.code).toBe('lost');
    expect(lost.details.request).toBe('POST /api/resource/Customer');
    expect(server.received).toHaveLength(1);
    await server.close();
    expect((await failure(clientOf(server.url).create('Customer', {}, asking()))).code).toBe('offline');
    expect((await failure(clientOf('http://no-such-host.invalid').ping(asking()))).code).toBe('offline');
  });

  it('is lost when the answer breaks off in the middle', async () => {
    const erp = await client((_received, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
      response.write('{"data":{"name":"A"', () => response.destroy());
    });
    expect((await failure(erp.create('Customer', {}, asking()))).code).toBe('lost');
  });

  it('is not-frappe when a page, half JSON or a redirect to elsewhere answers, and follows none', async () => {
    const pages: Handler[] = [
      (_received, response) => html(response, '<html><title>Sign in to Café WiFi</title></html>'),
      (_received, response) => json(response, '{"data": [{"name": "A"'),
      (_received, response) => json(response, '[1]'),
      (_received, response) => json(response, { error: 'Not Found' }, 404),
      (_received, response) => html(response, '<h1>Bad gateway</h1>', 502),
      (_received, response) => void response.writeHead(302, { Location: 'http://127.0.0.1:9/steal' }).end(),
    ];
    for (const page of pages) {
      const erp = await client(page);
      const error = await failure(erp.create('Customer', {}, asking()));
      expect(error.code).toBe('not-frappe');
      expect(server.received).toHaveLength(1);
      await server.close();
    }
  });

  it('is a pause where a page says 503 and for how long, and neither where it says one of both nor where a portal answers 200', async () => {
    const answerOf = async (status: number, headers: Record<string, string>): Promise<AppError> => {
      const erp = await client((_received, response) => {
        response.writeHead(status, { 'Content-Type': 'text/html', ...headers }).end('<h1>Back soon</h1>');
      });
      const error = await failure(erp.create('Customer', {}, asking()));
      await server.close();
      return error;
    };
    const busy = await answerOf(503, { 'Retry-After': '120' });
    expect(busy).toMatchObject({ code: 'busy', details: { status: 503, retryAfter: 120 } });
    expect(busy.details.excType).toBeUndefined();
    const until = { Date: 'Mon, 23 Nov 2026 03:00:00 GMT', 'Retry-After': 'Mon, 23 Nov 2026 03:01:00 GMT' };
    expect(await answerOf(503, until)).toMatchObject({ code: 'busy', details: { retryAfter: 60 } });
    expect((await answerOf(503, {})).code).toBe('not-frappe');
    expect((await answerOf(200, { 'Retry-After': '120' })).code).toBe('not-frappe');
    expect(await answerOf(502, { 'Retry-After': '120' })).toMatchObject({ code: 'not-frappe', details: { retryAfter: 120 } });
  });

  it('carries the code, the class and the words of a refusal, and neither traceback nor token', async () => {
    const erp = await client((_received, response) =>
      json(
        response,
        {
          exception: 'frappe.exceptions.MandatoryError: [Customer, X]: customer_name',
          exc_type: 'MandatoryError',
          exc: `["Traceback ${secret}"]`,
          _server_messages: JSON.stringify([JSON.stringify({ message: 'Value missing for <strong>Customer</strong>' })]),
        },
        417,
      ),
    );
    const error = await failure(erp.create('Customer', {}, asking()));
    expect(error).toMatchObject({
      code: 'refused',
      message: 'Value missing for Customer',
      details: { status: 417, excType: 'MandatoryError', request: 'POST /api/resource/Customer' },
    });
    expect(JSON.stringify(error.toData())).not.toContain('thesecret');
    expect(JSON.stringify(error.toData())).not.toContain('Traceback');
  });

  it('is a time-out when nothing answers', async () => {
    const erp = new ErpClient({
      siteUrl: (server = await scriptedServer(() => undefined)).url,
      credentials: fixedHeaders(() => ({ Authorization: secret })),
      // The real fetch with the real abort, in a shorter time.
      fetch: (input, init) => fetch(input, init),
      sendStream: streamByFetch(fetch),
      pace: { random: () => 0, sleep: async () => undefined },
      log: quiet,
      timeouts: { ping: 50, read: 50, write: 50 },
    });
    expect((await failure(erp.ping(asking()))).code).toBe('timeout');
    expect((await failure(erp.create('Customer', {}, asking()))).code).toBe('timeout');
  });

  it('is cancelled by its signal, while it waits and while it runs, and ends the request', async () => {
    const erp = await client(() => undefined);
    const running = new AbortController();
    const result = failure(erp.create('Customer', {}, asking(running)));
    await until(() => server.received.length === 1);
    running.abort();
    expect((await result).code).toBe('cancelled');
    await until(() => server.open() === 0);
    expect((await failure(erp.create('Customer', {}, asking(running)))).code).toBe('cancelled');
    expect(server.received).toHaveLength(1);
  });
});

describe('repeating', () => {
  it('repeats a read after 503, 429 and a lost connection, with jitter and never earlier than Retry-After', async () => {
    let turn = 0;
    const erp = await client((_received, response) => {
      turn += 1;
      if (turn === 1) return json(response, { exc_type: 'TooManyRequestsError' }, 429, { 'Retry-After': '2' });
      if (turn === 2) return void response.destroy();
      json(response, { data: [{ name: 'A' }] });
    });
    expect(JSON.parse((await erp.list(items, asking())).text)).toEqual({ data: [{ name: 'A' }] });
    expect(slept).toEqual([2250, 500]);
  });

  it('gives a read up after three tries, or at once where the server wants a long pause', async () => {
    const erp = await client((_received, response) => html(response, 'gateway', 504));
    expect((await failure(erp.get('Item', 'A', asking()))).code).toBe('not-frappe');
    expect(server.received).toHaveLength(3);
    await server.close();
    const limited = await client((_received, response) =>
      json(response, { exc_type: 'TooManyRequestsError' }, 429, { 'Retry-After': '33167' }),
    );
    const error = await failure(limited.get('Item', 'A', asking()));
    expect(error).toMatchObject({ code: 'rate-limited', details: { retryAfter: 33167 } });
    expect(server.received).toHaveLength(1);
  });

  it('never repeats what changes something, nor a ping, nor a refusal', async () => {
    const erp = await client((_received, response) => json(response, { exc_type: 'SessionStopped' }, 503));
    await failure(erp.create('Customer', {}, asking()));
    await failure(erp.update('Customer', 'A', {}, asking()));
    await failure(erp.remove('Customer', 'A', asking()));
    await failure(erp.call('POST', 'a.b', {}, asking()));
    await failure(erp.ping(asking()));
    expect(server.received).toHaveLength(5);
    await server.close();
    const refusing = await client((_received, response) => json(response, { exc_type: 'PermissionError' }, 403));
    expect((await failure(refusing.get('Item', 'A', asking()))).code).toBe('forbidden');
    expect(server.received).toHaveLength(1);
  });

  it('repeats a list sent as POST, which only reads', async () => {
    let turn = 0;
    const erp = await client((_received, response) => (++turn === 1 ? void response.destroy() : json(response, { message: [] })));
    await erp.list({ ...items, filters: [['name', 'in', Array.from({ length: 900 }, (_, index) => `SKU${index}`)]] }, asking());
    expect(server.received.map((one) => one.method)).toEqual(['POST', 'POST']);
  });
});

describe('request slots', () => {
  it('has at most 4 requests at once, bulk work 3, and keeps one for what a person waits for', async () => {
    const waiting: (() => void)[] = [];
    const erp = await client((_received, response) => void waiting.push(() => json(response, { data: [] })));
    const bulk = Array.from({ length: 8 }, () => erp.list(items, { ...asking(), priority: 'bulk' }));
    await until(() => waiting.length === 3);
    const person = erp.list(items, { ...asking(), priority: 'interactive' });
    const second = erp.list(items, { ...asking(), priority: 'interactive' });
    await until(() => waiting.length === 4);
    let answered = 0;
    const all = Promise.all([...bulk, person, second].map((one) => one.then(() => (answered += 1))));
    while (answered < 10) {
      await until(() => waiting.length > 0 || answered === 10);
      waiting.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await all;
    expect(server.mostOpen()).toBe(4);
    expect(server.received).toHaveLength(10);
  });

  it('lets what a person waits for pass bulk work that waits', async () => {
    const waiting: { what: string; answer: () => void }[] = [];
    const erp = await client(({ url }, response) => void waiting.push({ what: url.pathname, answer: () => json(response, { data: [] }) }));
    const calls = [
      ...Array.from({ length: 5 }, () => erp.list({ ...items, doctype: 'Bulk' }, { ...asking(), priority: 'bulk' })),
      ...Array.from({ length: 3 }, () => erp.list({ ...items, doctype: 'Person' }, { ...asking(), priority: 'interactive' })),
    ];
    await until(() => waiting.length === 4);
    const order: string[] = [];
    for (let done = 0; done < 8; done += 1) {
      await until(() => waiting.length > 0);
      const next = waiting.shift()!;
      order.push(next.what.split('/').at(-1)!);
      next.answer();
      await until(() => waiting.length + done + 1 >= Math.min(8, 4 + done));
    }
    await Promise.all(calls);
    expect(order.lastIndexOf('Person')).toBeLessThan(order.lastIndexOf('Bulk'));
    expect(order.slice(4, 6)).toEqual(['Person', 'Person']);
  });

  it('takes a person’s request before bulk work also when both wait for the last slot', async () => {
    const waiting: { what: string; answer: () => void }[] = [];
    const erp = await client(
      ({ url }, response) => void waiting.push({ what: url.pathname.split('/').at(-1)!, answer: () => json(response, { data: [] }) }),
    );
    const ask = (doctype: string, priority: 'interactive' | 'bulk') => erp.list({ ...items, doctype }, { ...asking(), priority });
    const calls = Array.from({ length: 4 }, () => ask('First', 'interactive'));
    await until(() => waiting.length === 4);
    calls.push(ask('Bulk', 'bulk'), ask('Person', 'interactive'));
    waiting.shift()!.answer();
    await until(() => waiting.length === 4);
    expect(waiting.at(-1)!.what).toBe('Person');
    let answered = 0;
    const all = Promise.all(calls.map((call) => call.then(() => (answered += 1))));
    while (answered < calls.length) {
      waiting.shift()?.answer();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await all;
  });
});
