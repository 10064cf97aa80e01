import type { RunTarget } from '@shared/bridge/erp';
import { AppError } from '@shared/errors';
import { longestPath, methodPath, query, resourceLabel, resourcePath } from './paths';
import { queryValues } from './query-values';
import type { ErpRequest } from './request';

export type RunQuestion = { http: 'GET' | 'POST'; target: RunTarget; args: Record<string, unknown> };

/** Five megabytes can be looked at; more only fills the memory of the window. */
const largest = 5 * 1000 * 1000;

/** `bodyText`: the JSON of what is sent, or an error where it may not leave. */
export function runRequest(
  { http, target, args }: RunQuestion,
  timeoutMs: number,
  bodyText: (body: Record<string, unknown>, label: string) => string,
): ErpRequest {
  const label =
    'method' in target
      ? `${http} ${methodPath(target.method)}`
      : resourceLabel(http, target.doctype, 'name' in target ? target.name : undefined);
  const path = 'method' in target ? methodPath(target.method) : resourcePath(target.doctype, 'name' in target ? target.name : undefined);
  const body = bodyText(args, label);
  const ask = { label, timeoutMs, maxBytes: largest };
  if (http === 'POST') return { ...ask, method: 'POST', path, body };
  const whole = path + query(queryValues(args));
  if (whole.length > longestPath) {
    throw new AppError('bad-parameters', 'These arguments are too long for a GET, so nothing was asked. Use POST, or shorter ones.', {
      request: label,
    });
  }
  return { ...ask, method: 'GET', path: whole };
}

/** Says what can be done about an answer that is too large; other errors stay as they are. */
export function runTooLarge(error: AppError): AppError {
  // With 413 the server says that it was sent too much.
  if (error.code !== 'too-large' || error.details.status === undefined || error.details.status >= 400) return error;
  return new AppError(
    'too-large',
    'The answer is larger than 5 MB, which is the most that is shown here. The server did what was asked. Ask for fewer rows or fields.',
    error.details,
  );
}
