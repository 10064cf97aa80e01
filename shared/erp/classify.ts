import { AppError, type ErrorCode, type ErrorDetails } from '../errors';
import { parseEnvelope, type Envelope } from './envelope';
import { plainText } from './plain-text';
import { retryAfterSeconds } from './retry-after';
import { serverMessages } from './server-messages';

/** An answer that is not a success, as it came. */
export type FailedAnswer = {
  status: number;
  contentType: string | null;
  body: string;
  /** The header `Retry-After`. */
  retryAfter?: string | null;
  /** The header `Date`, against which a `Retry-After` date is read. */
  date?: string | null;
  /** What was asked, for the details: `PUT /api/resource/Customer/…`. */
  request?: string;
};

/** Frappe's exception classes that decide whatever the status; everything else goes by status. */
const byType: Record<string, ErrorCode> = {
  AuthenticationError: 'sign-in',
  InvalidAuthorizationHeader: 'sign-in',
  InvalidAuthorizationPrefix: 'sign-in',
  InvalidAuthorizationToken: 'sign-in',
  SessionExpired: 'sign-in',
  TooManyRequestsError: 'rate-limited',
  RateLimitExceededError: 'rate-limited',
  SessionStopped: 'busy',
  ServiceUnavailableError: 'busy',
  // A deadlock comes as 500, a locked document as 417, read-only mode as 503.
  QueryDeadlockError: 'try-again',
  QueryTimeoutError: 'try-again',
  DocumentLockedError: 'try-again',
  LockTimeoutError: 'try-again',
  InReadOnlyMode: 'try-again',
  QueueOverloaded: 'try-again',
  // A session whose token of the page is missing or old: nothing was done, and the token can be had.
  CSRFTokenError: 'try-again',
  TimestampMismatchError: 'stale',
  PermissionError: 'forbidden',
  DoesNotExistError: 'not-found',
  DuplicateEntryError: 'duplicate',
  NameError: 'duplicate',
};

function codeOf(status: number, excType: string | undefined, envelope: Envelope): ErrorCode {
  // 403 with this mark is a dead session, not a missing permission.
  if (envelope['session_expired']) return 'sign-in';
  // Python has a NameError of its own, answered as 500; Frappe's is 409 (recording create-with-name).
  if (excType === 'NameError' && status >= 500) return 'server-error';
  const known = excType === undefined ? undefined : byType[excType];
  if (known !== undefined) return known;
  if (status === 401) return 'sign-in';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 409) return 'duplicate';
  if (status === 413) return 'too-large';
  if (status === 429) return 'rate-limited';
  if (status === 503) return 'busy';
  return status >= 500 ? 'server-error' : 'refused';
}

/** Said where the server gave no words of its own. */
const sentences: Partial<Record<ErrorCode, string>> = {
  'sign-in': 'The server no longer accepts this sign-in. Nothing is lost: sign in again and the work goes on.',
  'rate-limited': 'The server asked for a pause because it had too many requests. The work waits and goes on by itself.',
  busy: 'The server is in maintenance. The work waits and goes on by itself.',
  'try-again': 'The server was busy with the same record. It will be tried again.',
  stale: 'The document was changed on the server since it was read here.',
  forbidden: 'You do not have permission for this on the server. Ask your administrator if you should.',
  'not-found': 'The server does not have this, or something that it refers to.',
  duplicate: 'The server already has a document of this name.',
  refused: 'The server refused this.',
  'too-large': 'The server does not take files of this size. Make the file smaller and add it again.',
  'server-error': 'The server failed on this request. If it happens again, show the details to your administrator.',
  'not-frappe':
    'Something other than ERPNext answered: a proxy, a sign-in page of the network, or a site that is being restarted. Check the connection and the site address.',
};

/** Codes for which the server's own words would only confuse ("Session Stopped", a class name). */
const ownWords: ReadonlySet<ErrorCode> = new Set(['sign-in', 'rate-limited', 'busy', 'stale', 'try-again']);

/** `frappe.exceptions.ValidationError: text` without its class. */
function exceptionText(envelope: Envelope): string {
  const exception = envelope['exception'];
  if (typeof exception !== 'string') return '';
  return plainText(exception.replace(/^[A-Za-z_][\w.]*(?::\s*|$)/, ''));
}

const errorMarks = ['exc_type', 'exception', 'exc', '_server_messages', '_error_message', 'session_expired'];
const looksFrappe = (envelope: Envelope): boolean => errorMarks.some((mark) => mark in envelope);

const excerpt = (text: string): string => (text.length > 500 ? `${text.slice(0, 500)}…` : text);

/** An answer that is not Frappe's: HTML, half JSON, a proxy's page, whatever its status says. */
export function notFrappe(answer: FailedAnswer): AppError {
  return fail('not-frappe', sentences['not-frappe'] ?? '', answer, { answer: excerpt(plainText(answer.body.slice(0, 20_000))) });
}

function fail(code: ErrorCode, message: string, answer: FailedAnswer, more: ErrorDetails): AppError {
  const retryAfter = retryAfterSeconds(answer.retryAfter ?? null, answer.date ?? null);
  return new AppError(code, message, {
    status: answer.status,
    ...(answer.request === undefined ? {} : { request: answer.request }),
    ...(retryAfter === null ? {} : { retryAfter }),
    ...more,
  });
}

/**
 * What a failed answer means, by `exc_type` first and by status then; the traceback in `exc` is never kept.
 * Without Frappe's envelope only 413 and 429 are believed, which mean that nothing was done, and a 503 that says for how
 * long: whatever stands before the site asks for that pause. Without a time it may as well be a network that is not there.
 */
export function classify(answer: FailedAnswer): AppError {
  const envelope = parseEnvelope(answer.body);
  if (envelope === null || !looksFrappe(envelope)) {
    if (answer.status === 413) return fail('too-large', sentences['too-large'] ?? '', answer, {});
    if (answer.status === 429) return fail('rate-limited', sentences['rate-limited'] ?? '', answer, {});
    const page = notFrappe(answer);
    if (answer.status === 503 && page.details.retryAfter !== undefined) return fail('busy', sentences.busy ?? '', answer, {});
    return page;
  }
  const excType = typeof envelope['exc_type'] === 'string' ? envelope['exc_type'] : undefined;
  const code = codeOf(answer.status, excType, envelope);
  const messages = serverMessages(envelope);
  const errorMessage = typeof envelope['_error_message'] === 'string' ? plainText(envelope['_error_message']) : '';
  const exception = exceptionText(envelope);
  const own = messages.map((note) => note.message).join('\n') || errorMessage || exception;
  // A 500 is often a validation failure in disguise, but its text is a programmer's: it goes to the details.
  const words = ownWords.has(code) || (code === 'server-error' && messages.length === 0) ? '' : own;
  return fail(code, words || sentences[code] || 'The server refused this.', answer, {
    ...(excType === undefined ? {} : { excType }),
    ...(messages.length === 0 ? {} : { serverMessages: messages }),
    ...(exception || errorMessage ? { answer: excerpt(exception || errorMessage) } : {}),
  });
}
