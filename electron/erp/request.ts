import ky, { TimeoutError } from 'ky';
import { classify, notFrappe } from '@shared/erp/classify';
import { parseEnvelope, type Envelope } from '@shared/erp/envelope';
import { AppError } from '@shared/errors';
import type { SignedHeaders } from './credentials';
import type { MeteredRequest } from './meter';
import { networkFailure } from './network-failure';
import { readText } from './read-body';
import type { Fetch } from './transport';

/** `interactive`: a person waits. */
export type Priority = 'interactive' | 'bulk';

export type ErpRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path and query on the site, percent-encoded. */
  path: string;
  /** JSON text of the body. */
  body?: string;
  /** What is asked, for errors: no name, no query (`PUT /api/resource/Customer/…`). */
  label: string;
  /** Ms until the answer begins. */
  timeoutMs: number;
  /** Most bytes of the answer that are taken; 64 MiB unless given. */
  maxBytes?: number;
};

/** A success of Frappe's: its text, its parsed envelope, and the header `Date`. */
export type Answer = { text: string; envelope: Envelope; date: string | null; bytes: number };

export type Site = {
  siteUrl: string;
  /** Who asks; none for a guest. */
  headers: SignedHeaders;
  fetch: Fetch;
  /** Ms that an answer may stand still. */
  silenceMs: number;
};

/** Documents of 5 MB pass; so does a page of them. */
const largest = 64 * 1024 * 1024;

const timedOut = 'The server did not answer in time. It may still do what was asked; this is looked up before anything is sent again.';

/** An aborted call as its error; a time-out inside ky aborts too, but is no cancellation. */
export const cancelled = (request: string): AppError => new AppError('cancelled', 'Cancelled.', { request });

/**
 * One request, one answer. Rejects with an `AppError` and nothing else.
 * ky's own retries are off: they would hold a request slot while waiting, and they cannot see that half an answer came.
 */
export async function request(site: Site, ask: ErpRequest, signal: AbortSignal, metered: MeteredRequest): Promise<Answer> {
  try {
    metered.sent(ask.body === undefined ? 0 : Buffer.byteLength(ask.body));
    const response = await ky(site.siteUrl + ask.path, {
      method: ask.method,
      fetch: site.fetch,
      headers: headersOf(site, ask),
      ...(ask.body === undefined ? {} : { body: ask.body }),
      // Token answers set `sid=Guest` cookies, which must not come back with the next request.
      credentials: 'omit',
      // The token is for this origin alone, and a redirected POST would arrive as a GET.
      redirect: 'manual',
      retry: 0,
      throwHttpErrors: false,
      timeout: ask.timeoutMs,
      signal,
    });
    metered.answered(response.headers);
    const limits = { maxBytes: ask.maxBytes ?? largest, stallMs: site.silenceMs, received: metered.received };
    const { text, bytes } = await readText(response, limits, ask.label);
    return { ...acceptText(response, text, ask.label), bytes };
  } catch (thrown) {
    if (signal.aborted) throw cancelled(ask.label);
    if (thrown instanceof AppError) throw thrown;
    if (thrown instanceof TimeoutError) throw new AppError('timeout', timedOut, { request: ask.label });
    throw networkFailure(thrown, ask.label);
  }
}

function headersOf(site: Site, ask: ErpRequest): Record<string, string> {
  return {
    Accept: 'application/json',
    // Chromium's cache is never to answer for the server.
    'Cache-Control': 'no-cache',
    ...site.headers,
    ...(ask.body === undefined ? {} : { 'Content-Type': 'application/json' }),
  };
}

/** A response's text as a success, or thrown as what it means. */
export function acceptText(response: Response, text: string, label: string): Omit<Answer, 'bytes'> {
  const date = response.headers.get('date');
  const failed = {
    status: response.status,
    contentType: response.headers.get('content-type'),
    body: text,
    retryAfter: response.headers.get('retry-after'),
    date,
    request: label,
  };
  if (response.status >= 300 && response.status < 400) throw redirected(response, label);
  if (!response.ok) throw classify(failed);
  const envelope = parseEnvelope(text);
  if (envelope === null) throw notFrappe(failed);
  // A dead session is asked on as a guest's: what guests may is answered with 200, and this mark.
  if (envelope['session_expired']) throw classify(failed);
  return { text, envelope, date };
}

function redirected(response: Response, label: string): AppError {
  return new AppError(
    'not-frappe',
    'The site sends this request on to another address. Sign in with the address at which ERPNext opens in a browser.',
    { status: response.status, request: label },
  );
}
