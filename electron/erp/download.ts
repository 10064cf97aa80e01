import { AppError } from '@shared/errors';
import type { Asking, Connection } from './connection';
import { networkFailure } from './network-failure';
import { bodyChunks, readText } from './read-body';
import { acceptText, cancelled } from './request';

const label = 'GET /files/…';
const limits = { maxBytes: 1024 * 1024 * 1024, stallMs: 60_000 };

/** Takes the chunks of a file as they come; what it answers is the download's answer. */
export type Receive<T> = (chunks: AsyncIterable<Uint8Array>) => Promise<T>;

/**
 * Streams a file of the site, asked for with the account's credentials; `path` is its `file_url`.
 * A request slot is held until `receive` is done.
 */
export async function download<T>(connection: Connection, path: string, receive: Receive<T>, asking: Asking): Promise<T> {
  const { signal } = asking;
  try {
    return await connection.inSlot(label, asking, async () => {
      const response = await begin(connection, path, signal);
      return receive(bodyChunks(response, limits, label));
    });
  } catch (thrown) {
    if (signal.aborted) throw cancelled(label);
    throw thrown instanceof AppError ? thrown : networkFailure(thrown, label);
  }
}

async function begin(connection: Connection, path: string, signal: AbortSignal): Promise<Response> {
  const authorization = connection.authorization();
  const response = await connection.fetch(connection.siteUrl + encodeFilePath(path), {
    headers: { 'Cache-Control': 'no-cache', ...(authorization === null ? {} : { Authorization: authorization }) },
    credentials: 'omit',
    redirect: 'manual',
    signal,
  });
  if (response.ok) return response;
  // Refusals of files come as HTML pages (recording upload): here the status alone tells.
  const { text: body } = await readText(response, { ...limits, maxBytes: 1024 * 1024 }, label);
  if (response.status === 401) throw failure('sign-in', 'The server no longer accepts this sign-in. Sign in again to fetch the file.', 401);
  if (response.status === 403) throw failure('forbidden', 'You do not have permission to read this file.', 403);
  if (response.status === 404) throw failure('not-found', 'The server does not have this file any more.', 404);
  acceptText(response, body, label);
  throw failure('not-frappe', 'The server gave no file.', response.status);
}

const failure = (code: 'sign-in' | 'forbidden' | 'not-found' | 'not-frappe', message: string, status: number): AppError =>
  new AppError(code, message, { status, request: label });

/** `file_url` as Frappe keeps it is not encoded: `/files/100 %.pdf`. */
const encodeFilePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
