import { AppError } from '@shared/errors';
import type { Asking, Connection } from './connection';
import { networkFailure } from './network-failure';
import { patience } from './patience';
import { bodyChunks, readText, type BodyLimits } from './read-body';
import { acceptText, cancelled } from './request';

const label = 'GET /files/…';
const largest = 1024 * 1024 * 1024;
const largestRefusal = 1024 * 1024;

/** Takes the chunks of a file as they come; what it answers is the download's answer. */
export type Receive<T> = (chunks: AsyncIterable<Uint8Array>) => Promise<T>;

/**
 * Streams a file of the site, asked for with the account's credentials; `path` is its `file_url`.
 * A request slot is held until `receive` is done.
 */
export async function download<T>(connection: Connection, path: string, receive: Receive<T>, asking: Asking): Promise<T> {
  const { signal } = asking;
  try {
    return await connection.inSlot(label, asking, () => take(connection, path, receive, signal));
  } catch (thrown) {
    if (signal.aborted) throw cancelled(label);
    throw thrown instanceof AppError ? thrown : networkFailure(thrown, label);
  }
}

async function take<T>(connection: Connection, path: string, receive: Receive<T>, signal: AbortSignal): Promise<T> {
  const wait = patience(connection.timeouts.read, signal);
  try {
    const response = await begin(connection, path, wait.signal);
    wait.rest();
    const limits = { maxBytes: response.ok ? largest : largestRefusal, stallMs: connection.timeouts.silence };
    if (!response.ok) throw await refusal(response, limits);
    return await receive(bodyChunks(response, limits, label));
  } catch (thrown) {
    if (thrown instanceof AppError || !wait.signal.aborted) throw thrown;
    throw new AppError('timeout', 'The server did not answer in time, so the file could not be fetched. Try again.', { request: label });
  } finally {
    wait.end();
  }
}

function begin(connection: Connection, path: string, signal: AbortSignal): Promise<Response> {
  const authorization = connection.authorization();
  return connection.fetch(connection.siteUrl + encodeFilePath(path), {
    headers: { 'Cache-Control': 'no-cache', ...(authorization === null ? {} : { Authorization: authorization }) },
    credentials: 'omit',
    redirect: 'manual',
    signal,
  });
}

/** Refusals of files come as HTML pages (recording upload): here the status alone tells. */
async function refusal(response: Response, limits: BodyLimits): Promise<AppError> {
  const { text: body } = await readText(response, limits, label);
  if (response.status === 401)
    return failure('sign-in', 'The server no longer accepts this sign-in. Sign in again to fetch the file.', 401);
  if (response.status === 403) return failure('forbidden', 'You do not have permission to read this file.', 403);
  if (response.status === 404) return failure('not-found', 'The server does not have this file any more.', 404);
  acceptText(response, body, label);
  return failure('not-frappe', 'The server gave no file.', response.status);
}

const failure = (code: 'sign-in' | 'forbidden' | 'not-found' | 'not-frappe', message: string, status: number): AppError =>
  new AppError(code, message, { status, request: label });

/** `file_url` as Frappe keeps it is not encoded: `/files/100 %.pdf`. */
const encodeFilePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
