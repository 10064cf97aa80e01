import type { AppError, ErrorCode } from '../errors';
import type { OperationKind } from './outbox-entry';

/** What becomes of the entry. */
export type EntryVerdict =
  | 'done' // the server has it already
  | 'uncertain' // it may have been done: look before sending again
  | 'again' // it was not done: back to the queue, later
  | 'merge' // changed there meanwhile: read, merge, send the rest
  | 'compare' // the name is taken: is it ours?
  | 'find' // the document is not there: deleted, renamed or hidden?
  | 'park'; // a person decides

/** What becomes of the whole queue. `check`: ask with a ping whether the server is there at all. */
export type QueueVerdict = 'go-on' | 'check' | 'pause' | 'sign-in';

export type Verdict = { entry: EntryVerdict; queue: QueueVerdict };

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
  const verdict = (entry: EntryVerdict, queue: QueueVerdict = 'go-on'): Verdict => ({ entry, queue });
  switch (error.code) {
    case 'offline':
      return verdict('again', 'check');
    case 'timeout':
    case 'lost':
    case 'not-frappe':
    case 'cancelled':
      // Someone may have done it. A create would be doubled; the others must not be edited as if they were unsent.
      return verdict('uncertain', 'check');
    case 'server-error':
      if (!isServerError(error)) return verdict('uncertain', 'check');
      return verdict(serverErrors < mostServerErrors ? 'again' : 'park');
    case 'busy':
      // Of a proxy, or it does not say of what: it may have reached the server before.
      return verdict(error.details.excType === undefined ? 'uncertain' : 'again', 'pause');
    case 'rate-limited':
      return verdict('again', 'pause');
    case 'try-again':
      return verdict('again');
    // Of the bytes of one file: the others go on.
    case 'storage':
    case 'storage-full':
      return verdict('again');
    case 'sign-in':
    case 'no-account':
    case 'key-store':
      return verdict('again', 'sign-in');
    case 'stale':
      return verdict(kind === 'create' || kind === 'comment' || kind === 'attach' ? 'park' : 'merge');
    case 'duplicate':
      return verdict(kind === 'create' ? 'compare' : 'park');
    case 'not-found':
      return verdict(notFound(kind));
    default:
      return verdict(parkable(error.code));
  }
}

/** A create answers 404 for a missing Link target; anything else means its document. */
function notFound(kind: OperationKind): EntryVerdict {
  if (kind === 'create') return 'park';
  return kind === 'delete' ? 'done' : 'find';
}

type Parkable = Extract<ErrorCode, 'forbidden' | 'refused' | 'too-large' | 'bad-parameters' | 'unsupported' | 'internal'>;
const parkable = (_code: Parkable): EntryVerdict => 'park';
