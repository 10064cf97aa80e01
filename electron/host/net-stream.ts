import { once } from 'node:events';
import { net } from 'electron';
import type { ClientRequest, IncomingMessage } from 'electron';
import type { SendStream } from '../erp/transport';

/**
 * Streams a body through Chromium's network stack, chunk by chunk: `net.fetch` would gather it in memory first.
 * Answers a 3xx as it is; rejects with the network's error, or the signal's reason.
 */
export const netStream: SendStream = async ({ url, headers, body, signal }) => {
  signal.throwIfAborted();
  const request = net.request({ url, method: 'POST', headers, redirect: 'manual', credentials: 'omit', useSessionCookies: false });
  request.chunkedEncoding = true;
  const abort = () => request.abort();
  signal.addEventListener('abort', abort);
  try {
    const answered = answerOf(request);
    // A server that refuses before the end of the body answers while we still write.
    await Promise.race([write(request, body), answered]);
    return await answered;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
};

async function write(request: ClientRequest, body: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const bytes of body) {
    await new Promise<void>((resolve) => request.write(Buffer.from(bytes), undefined, () => resolve()));
  }
  request.end();
}

function answerOf(request: ClientRequest): Promise<Response> {
  return new Promise((resolve, reject) => {
    request.on('response', (message) => void read(message).then(resolve, reject));
    request.on('redirect', (status, _method, location) => {
      request.abort();
      resolve(new Response(null, { status, headers: { location } }));
    });
    request.on('error', reject);
    request.on('abort', () => reject(new Error('The upload was stopped.')));
  });
}

async function read(message: IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = [];
  message.on('data', (chunk) => chunks.push(chunk));
  await once(message, 'end');
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headers)) {
    for (const one of [value].flat()) headers.append(name, one);
  }
  const bodiless = message.statusCode === 204 || message.statusCode === 304;
  return new Response(bodiless ? null : Buffer.concat(chunks), { status: message.statusCode, headers });
}
