import { AppError } from '@shared/errors';
import type { Asking, Connection } from './connection';
import { readText, type BodyLimits } from './read-body';
import { acceptText } from './request';
import { streamAnswer, type Receive } from './stream-answer';

const label = 'GET /files/…';
const largest = 1024 * 1024 * 1024;
const largestRefusal = 1024 * 1024;

/**
 * Streams a file of the site, asked for with the account's credentials; `path` is its `file_url`.
 * A request slot is held until `receive` is done.
 */
export function download<T>(connection: Connection, path: string, receive: Receive<T>, asking: Asking): Promise<T> {
  const { read, silence } = connection.timeouts;
  const ask = {
    path: encodeFilePath(path),
    label,
    timeoutMs: read,
    timedOut: 'The server did not answer in time, so the file could not be fetched. Try again.',
    maxBytes: largest,
    check: async (response: Response): Promise<void> => {
      if (!response.ok) throw await refusal(response, { maxBytes: largestRefusal, stallMs: silence });
    },
  };
  return streamAnswer(connection, ask, receive, asking);
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
