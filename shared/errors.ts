/** What went wrong, in one word that code may decide on. The sentence for a person is `AppError.message`. */
export const errorCodes = [
  'offline', // no connection could be made: the request never left
  'timeout', // no answer in time: the server may still do it
  'lost', // the connection broke after the request left: the server may have done it
  'not-frappe', // something else answered: a proxy, a login page, a captive portal, half a body
  'cancelled', // the caller took the call back
  'rate-limited', // 429
  'busy', // 503, maintenance
  'budget', // not asked: the requests that the person lets sync make in an hour are used up
  'try-again', // deadlock, lock wait, locked document, read-only mode: the same request may pass later
  'sign-in', // 401, or 403 with session_expired: the credentials no longer serve
  'forbidden', // 403: this user may not
  'not-found', // 404
  'duplicate', // 409: the name is taken
  'stale', // TimestampMismatchError: changed since it was read
  'refused', // the server's validation said no
  'too-large', // 413
  'server-error', // a 500 (often a validation failure in disguise)
  'bad-parameters', // a call that does not fit the bridge's schema
  'no-account', // the account is unknown or signed out on this device
  'storage', // the disk or the browser database failed
  'storage-full',
  'key-store', // the system's key store refused or is missing
  'unsupported', // this server, file or value cannot be used by this version
  'internal', // a defect of ours
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** One note of the server, HTML already reduced to plain text. */
export type ServerMessage = { message: string; title?: string; indicator?: string };

/** What kept a site from being found at an address, as far as it can be told apart. */
export type SiteTrouble =
  | 'no-network'
  | 'name'
  | 'port'
  | 'unreachable'
  | 'slow'
  | 'certificate-date'
  | 'certificate-host'
  | 'certificate-issuer'
  | 'certificate'
  | 'no-tls'
  | 'proxy'
  | 'portal'
  | 'not-frappe'
  | 'maintenance';

export type ErrorDetails = {
  /** Of an address that somebody signs in at. */
  trouble?: SiteTrouble;
  /** HTTP status, where there was an answer. */
  status?: number;
  /** Frappe's exception class, e.g. `MandatoryError`. */
  excType?: string;
  serverMessages?: ServerMessage[];
  /** Seconds the server asked us to wait. */
  retryAfter?: number;
  /** The start of the raw answer, for the "details" fold; never a traceback's secrets, never a credential. */
  answer?: string;
  /** What was asked, without query or body: `PUT /api/resource/Customer/…`. */
  request?: string;
};

/** The one error type of every layer. Crosses the bridge as data (`toData`, `fromData`). */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.details = details;
  }

  toData(): ErrorData {
    return { code: this.code, message: this.message, details: this.details };
  }

  static fromData(data: ErrorData): AppError {
    return new AppError(data.code, data.message, data.details);
  }

  /** Anything thrown, as an `AppError`; what is not one already is a defect of ours. */
  static from(thrown: unknown): AppError {
    if (thrown instanceof AppError) return thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new AppError('internal', message, {}, { cause: thrown });
  }
}

/** This device cannot read or write what it keeps, whatever the server does. */
export const isStorageError = ({ code }: Pick<AppError, 'code'>): boolean =>
  code === 'storage' || code === 'storage-full' || code === 'key-store';

export type ErrorData = { code: ErrorCode; message: string; details: ErrorDetails };
