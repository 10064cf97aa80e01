import { AppError } from '@shared/errors';
import type { Asking, Connection } from './connection';
import type { SignedHeaders } from './credentials';
import type { MeteredRequest } from './meter';
import { networkFailure } from './network-failure';
import { patience } from './patience';
import { bodyChunks } from './read-body';
import { cancelled } from './request';

/** Takes the chunks of a file as they come; what it answers is the download's answer. */
export type Receive<T> = (chunks: AsyncIterable<Uint8Array>) => Promise<T>;

export type StreamedAsk = {
  /** Path and query on the site, percent-encoded. */
  path: string;
  /** What is asked, for errors: no name, no query. */
  label: string;
  /** Ms until the answer begins. */
  timeoutMs: number;
  /** Said where it did not begin in time. */
  timedOut: string;
  /** Most bytes that are taken. */
  maxBytes: number;
  /** Throws what an answer means that is not the file. */
  check(response: Response): Promise<void>;
};

/**
 * One GET whose answer is a file, asked for with the account's credentials and never repeated. A request slot is held until
 * `receive` is done. Rejects with an `AppError` and nothing else.
 */
export async function streamAnswer<T>(connection: Connection, ask: StreamedAsk, receive: Receive<T>, asking: Asking): Promise<T> {
  const { label } = ask;
  try {
    return await connection.signed(label, asking, (headers, metered) => take(connection, headers, ask, receive, asking.signal, metered));
  } catch (thrown) {
    if (asking.signal.aborted) throw cancelled(label);
    throw thrown instanceof AppError ? thrown : networkFailure(thrown, label);
  }
}

async function take<T>(
  connection: Connection,
  headers: SignedHeaders,
  ask: StreamedAsk,
  receive: Receive<T>,
  signal: AbortSignal,
  metered: MeteredRequest,
): Promise<T> {
  const wait = patience(ask.timeoutMs, signal);
  try {
    const response = await begin(connection, headers, ask.path, wait.signal);
    wait.rest();
    metered.answered(response.headers);
    await ask.check(response);
    const limits = { maxBytes: ask.maxBytes, stallMs: connection.timeouts.silence, received: metered.received };
    return await receive(bodyChunks(response, limits, ask.label));
  } catch (thrown) {
    if (thrown instanceof AppError || !wait.signal.aborted) throw thrown;
    throw new AppError('timeout', ask.timedOut, { request: ask.label });
  } finally {
    wait.end();
  }
}

function begin(connection: Connection, headers: SignedHeaders, path: string, signal: AbortSignal): Promise<Response> {
  return connection.fetch(connection.siteUrl + path, {
    headers: { 'Cache-Control': 'no-cache', ...headers },
    credentials: 'omit',
    redirect: 'manual',
    signal,
  });
}
