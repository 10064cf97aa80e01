import { afterEach, expect, it } from 'vitest';
import { temporaryName } from '@shared/erp/temporary-name';
import { AppError } from '@shared/errors';
import { ErpClient } from '../../electron/erp/client';
import { fixedHeaders } from '../../electron/erp/credentials';
import { streamByFetch } from '../../electron/erp/stream-by-fetch';
import { html, json, scriptedServer, type Handler, type ScriptedServer } from '../support/scripted-server';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const print = { doctype: 'Sales Order', name: 'SO/1 #2', format: 'Standard', letterhead: true };
const asking = () => ({ signal: new AbortController().signal });

let server: ScriptedServer;
afterEach(() => server.close());

async function client(handler: Handler, timeouts = {}): Promise<ErpClient> {
  server = await scriptedServer(handler);
  return new ErpClient({
    siteUrl: server.url,
    credentials: fixedHeaders(() => ({ Authorization: 'token k:s' })),
    fetch,
    sendStream: streamByFetch(fetch),
    pace: { random: () => 0.5, sleep: async () => undefined },
    log: quiet,
    timeouts,
  });
}

async function gather(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all).toString('latin1');
}

async function failure(promise: Promise<unknown>): Promise<AppError> {
  const thrown: unknown = await promise.then(() => null).catch((error: unknown) => error);
  if (!(thrown instanceof AppError)) throw new Error('it did not fail');
  return thrown;
}

/** An answer of Frappe's that refuses, as it is sent. */
const refused =
  (status: number, body: Record<string, unknown>): Handler =>
  (_received, response) =>
    json(response, body, status);

it('a document is printed by the server, with the token, and its bytes come whole', async () => {
  const erp = await client((_received, response) => {
    response.writeHead(200, { 'Content-Type': 'application/pdf' });
    response.write('%P');
    response.end('DF-1.4 rest');
  });
  expect(await erp.pdf(print, gather, asking())).toBe('%PDF-1.4 rest');
  const [{ url, headers }] = server.received as [(typeof server.received)[number]];
  expect(url.pathname).toBe('/api/method/frappe.utils.print_format.download_pdf');
  expect(Object.fromEntries(url.searchParams)).toEqual({ doctype: 'Sales Order', name: 'SO/1 #2', format: 'Standard', no_letterhead: '0' });
  expect(headers.authorization).toBe('token k:s');
});

it.each([
  ['a page', 'text/html', '<html>Sign in to the network</html>'],
  ['an answer of another method', 'application/json', '{"message": "pong"}'],
  ['what only says that it is one', 'application/pdf', '<html></html>'],
  ['one that is sent as a page', 'text/html', '%PDF-1.4'],
  ['nothing', 'application/pdf', ''],
])('%s is no PDF', async (_what, type, body) => {
  const erp = await client((_received, response) => {
    response.writeHead(200, { 'Content-Type': type });
    response.end(body);
  });
  expect((await failure(erp.pdf(print, gather, asking()))).code).toBe('not-frappe');
});

it('what the site refuses is told in its own words, as text', async () => {
  const note = JSON.stringify({ message: 'Not allowed to print <b>draft</b> documents' });
  const erp = await client(refused(403, { exc_type: 'PermissionError', _server_messages: JSON.stringify([note]) }));
  expect(await failure(erp.pdf(print, gather, asking()))).toMatchObject({
    code: 'forbidden',
    message: 'Not allowed to print draft documents',
  });
});

it('a site without wkhtmltopdf is told apart, with its words in the details', async () => {
  const exception = 'OSError: No wkhtmltopdf executable found: ""';
  const erp = await client(refused(500, { exc_type: 'OSError', exception }));
  const error = await failure(erp.pdf(print, gather, asking()));
  expect(error.code).toBe('server-error');
  expect(error.message).toContain('Tell its administrator');
  expect(error.details.answer).toContain('No wkhtmltopdf executable found');
  // A person may try again; nothing is by itself.
  expect(server.received).toHaveLength(1);
});

it('a sign-in page of a proxy in the way is no refusal of the site', async () => {
  const erp = await client((_received, response) => html(response, '<h1>Forbidden</h1>', 403));
  expect((await failure(erp.pdf(print, gather, asking()))).code).toBe('not-frappe');
});

it('one that takes too long is given up', async () => {
  const erp = await client(() => undefined, { write: 50 });
  const error = await failure(erp.pdf(print, gather, asking()));
  expect([error.code, error.message]).toEqual(['timeout', expect.stringContaining('did not make the PDF in time')]);
});

it('a document that the server has not seen is never asked about', async () => {
  const erp = await client(() => undefined);
  const name = temporaryName('3f0e7f3e-0000-4000-8000-000000000000');
  expect((await failure(erp.pdf({ ...print, name }, gather, asking()))).code).toBe('internal');
  expect(server.received).toHaveLength(0);
});
