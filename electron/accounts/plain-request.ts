import { parseEnvelope, type Envelope } from '@shared/erp/envelope';
import { AppError } from '@shared/errors';
import { networkFailure } from '../erp/network-failure';
import { patience } from '../erp/patience';
import { readText } from '../erp/read-body';
import { cancelled } from '../erp/request';
import type { Fetch } from '../erp/transport';

export type PlainRequest = {
  method: 'GET' | 'POST';
  url: string;
  headers?: Record<string, string>;
  body?: string;
  /** Only where nothing secret is in it. */
  follow?: boolean;
  timeoutMs?: number;
};

export type PlainAnswer = { status: number; headers: Headers; url: string; text: string; envelope: Envelope | null };

const largest = 8 * 1024 * 1024;

/**
 * One request that signs in or out, outside of any account's connection and never repeated. An answer of any status is an
 * answer; rejects with an `AppError` where none came. It is never written down: it may hold secrets.
 */
export async function plainRequest(fetch: Fetch, ask: PlainRequest, label: string, signal: AbortSignal): Promise<PlainAnswer> {
  const wait = patience(ask.timeoutMs ?? 30_000, signal);
  try {
    const response = await fetch(ask.url, {
      method: ask.method,
      headers: { Accept: 'application/json', 'Cache-Control': 'no-cache', ...ask.headers },
      ...(ask.body === undefined ? {} : { body: ask.body }),
      credentials: 'omit',
      redirect: ask.follow === true ? 'follow' : 'manual',
      signal: wait.signal,
    });
    const { status, headers, url } = response;
    const { text } = await readText(response, { maxBytes: largest, stallMs: 30_000 }, label);
    return { status, headers, url: url === '' ? ask.url : url, text, envelope: parseEnvelope(text) };
  } catch (thrown) {
    if (signal.aborted) throw cancelled(label);
    if (thrown instanceof AppError) throw thrown;
    if (wait.signal.aborted) throw new AppError('timeout', 'The site did not answer in time. Try again.', { request: label });
    throw networkFailure(thrown, label);
  } finally {
    wait.end();
  }
}

/** A body as HTML forms send it. */
export const form = (values: Record<string, string>): Pick<PlainRequest, 'body' | 'headers'> => ({
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(values).toString(),
});
