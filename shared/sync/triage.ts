import type { AppError, ErrorCode } from '../errors';
import { isBeside } from './entry-state';
import type { OperationKind } from './outbox-entry';

/** What becomes of the entry. Whether the whole queue pauses is told by what hears every answer (`watched-bridge.ts`). */
export type Verdict =
  | 'done' // the server has it already
  | 'uncertain' // it may have been done: look before sending again
  | 'again' // it was not done: back to the queue, later
  | 'merge' // changed there meanwhile: read, merge, send the rest
  | 'compare' // the name is taken: is it ours?
  | 'find' // the document is not there: deleted, renamed or hidden?
  | 'park'; // a person decides

/** So many errors of the server refuse a request for good: a 500 is often a validation failure in disguise. */
const mostServerErrors = 3;

/** An error of Frappe itself, which says what it was. */
export const isServerError = ({ code, details }: Pick<AppError, 'code' | 'details'>): boolean =>
  code === 'server-error' && details.excType !== undefined;

/**
 * What to do after an error, by operation, then by what answered. `serverErrors`: how often
 * the server answered the entry with an error of its own, this time included; without a connection it said nothing.
 */
export function triage(kind: OperationKind, error: Pick<AppError, 'code' | 'details'>, serverErrors: number): Verdict {
  switch (error.code) {
    case 'timeout':
    case 'lost':
    case 'not-frappe':
    case 'cancelled':
      // Someone may have done it. A create would be doubled; the others must not be edited as if they were unsent.
      return 'uncertain';
    case 'server-error':
      if (!isServerError(error)) return 'uncertain';
      return serverErrors < mostServerErrors ? 'again' : 'park';
    case 'busy':
      // Of a proxy, or it does not say of what: it may have reached the server before.
      return error.details.excType === undefined ? 'uncertain' : 'again';
    case 'try-again':
    case 'offline':
    case 'rate-limited':
    case 'budget':
    case 'sign-in':
    case 'no-account':
    case 'key-store':
    // Of the bytes of one file.
    case 'storage':
    case 'storage-full':
      return 'again';
    case 'stale':
      return kind === 'create' || isBeside(kind) ? 'park' : 'merge';
    case 'duplicate':
      return kind === 'create' ? 'compare' : 'park';
    case 'not-found':
      return notFound(kind);
    default:
      return parkable(error.code);
  }
}

/** A create answers 404 for a missing Link target; anything else means its document. */
function notFound(kind: OperationKind): Verdict {
  if (kind === 'create') return 'park';
  return kind === 'delete' ? 'done' : 'find';
}

type Parkable = Extract<ErrorCode, 'forbidden' | 'refused' | 'too-large' | 'bad-parameters' | 'unsupported' | 'internal'>;
const parkable = (_code: Parkable): Verdict => 'park';
