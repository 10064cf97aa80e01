/** A note for the user as Frappe's message log keeps it. */
export type LogMessage = { message: string; title: string; indicator?: string; raise_exception?: 1; alert?: 1 };

type Options = {
  title?: string;
  /** Instead of the one red note that says the message. */
  notes?: LogMessage[];
  /** The exception's text, where it is not made of class and message. Null: the server hides it. */
  exception?: string | null;
  /** Further keys of the answer's body. */
  extra?: Record<string, unknown>;
};

/** Exceptions of Python and its libraries that nobody meant: a 500 with no note, often a validation failure in disguise. */
const crashes = new Set(
  'TypeError KeyError ImportError OSError JSONDecodeError ProgrammingError OperationalError UnidentifiedImageError DemoDefect'.split(' '),
);
const statuses: { [excType: string]: number | undefined } = {
  AuthenticationError: 401,
  PermissionError: 403,
  CSRFTokenError: 400,
  DoesNotExistError: 404,
  DuplicateEntryError: 409,
  TooManyRequestsError: 429,
  SessionStopped: 503,
};

export const red = (message: string, title = 'Message'): LogMessage => ({ message, title, indicator: 'red', raise_exception: 1 });

/**
 * An exception of the server: becomes an answer with `exc_type`, and undoes the request's transaction. The class is given
 * with its module where that is not `frappe.exceptions`; the message is also shown as a red note.
 */
export class FrappeError extends Error {
  readonly status: number;
  readonly excType: string;
  readonly exception: string | null;
  readonly notes: LogMessage[];
  readonly extra: Record<string, unknown>;

  constructor(path: string, message = '', { title, notes, exception, extra = {} }: Options = {}) {
    const excType = path.slice(path.lastIndexOf('.') + 1);
    const crash = crashes.has(excType);
    const named = crash || path.includes('.') ? path : `frappe.exceptions.${path}`;
    const shown = exception === undefined ? `${named}${message === '' ? '' : `: ${message}`}` : exception;
    super(shown ?? excType);
    this.status = statuses[excType] ?? (crash ? 500 : 417);
    this.excType = excType;
    this.exception = shown;
    this.notes = notes ?? (message === '' || crash ? [] : [red(message, title)]);
    this.extra = extra;
  }
}

export const byErpnext = { _exc_source: 'erpnext (app)' };

/** A refusal by ERPNext's own code; `path` is the module and class where it is not a plain ValidationError. */
export const refusal = (message: string, path = 'ValidationError', title = 'Message'): FrappeError =>
  new FrappeError(path, message, { title, extra: byErpnext });

export const notFound = (doctype: string, name: string): FrappeError =>
  new FrappeError('DoesNotExistError', `${doctype} ${name} not found`, { exception: null });

const noDoctypeAccess = (user: string, doctype: string) =>
  `User <strong>${user}</strong> does not have doctype access via role permission for document <strong>${doctype}</strong>`;

/** No role of the user permits the DocType. Lists show the exception, single requests hide it. */
export const noDoctypePermission = (user: string, doctype: string, where: 'list' | 'document'): FrappeError =>
  new FrappeError('PermissionError', '', {
    ...(where === 'list' ? {} : { exception: null }),
    notes: [{ message: noDoctypeAccess(user, doctype), title: 'Message' }],
    extra: { _error_message: `No permission for ${doctype}` },
  });

/** The document is there, but this user may not; `reason` is that of a user permission, `error` a sentence that the answer adds. */
export function noDocumentPermission(user: string, doctype: string, name: string, reason: string, error?: string): FrappeError {
  const target = doctype === name ? '' : `: ${doctype} - ${name}`;
  const message = `${reason || noDoctypeAccess(user, doctype)}<br>User <strong>${user}</strong> does not have access to this document${target}`;
  return new FrappeError('PermissionError', '', {
    notes: [{ message, title: 'Message' }],
    extra: error === undefined ? {} : { _error_message: error },
  });
}

export const notWhitelisted = (method: string): FrappeError =>
  new FrappeError(
    'PermissionError',
    `<details><summary>You are not permitted to access this resource. Login to access</summary>Function <strong>${method}</strong> is not whitelisted.</details>`,
    { title: 'Method Not Allowed' },
  );

/** No such function; some are there, but for the server alone. */
export function noMethod(path: string): FrappeError {
  const [app = '', attribute = ''] = [path.split('.')[0], path.split('.').pop()];
  if (path.startsWith('frappe.utils.')) return notWhitelisted(path);
  const known = app === 'frappe' || app === 'erpnext';
  const reason = known ? `module '${path.slice(0, -attribute.length - 1)}' has no attribute '${attribute}'` : `App ${app} is not installed`;
  const refused = `Failed to get method for command ${path} with ${reason}`;
  return new FrappeError('ValidationError', refused, { notes: [red(reason), red(refused)] });
}
