/** A note for the user as Frappe's message log keeps it. */
export type LogMessage = { message: string; title: string; indicator?: string; raise_exception?: 1; alert?: 1 };

type Shape = {
  /** Left out of the answer where null: the server hides it for errors of permission and absence. */
  exception?: string | null;
  messages?: LogMessage[];
  /** Further keys of the answer's body. */
  extra?: Record<string, unknown>;
};

/** An exception of the server: becomes an answer with `exc_type`, and undoes the request's transaction. */
export class FrappeError extends Error {
  readonly status: number;
  readonly excType: string;
  readonly shape: Shape;

  constructor(status: number, excType: string, shape: Shape = {}) {
    super(shape.exception ?? excType);
    this.status = status;
    this.excType = excType;
    this.shape = shape;
  }
}

/** `frappe.throw`: one red message, which is also the text of the exception. */
export function thrown(
  excType: string,
  message: string,
  options: { title?: string; status?: number; app?: boolean; module?: string } = {},
): FrappeError {
  const module = options.module ?? 'frappe.exceptions';
  return new FrappeError(options.status ?? 417, excType, {
    exception: `${module}.${excType}: ${message}`,
    messages: [{ message, title: options.title ?? 'Message', indicator: 'red', raise_exception: 1 }],
    ...(options.app ? { extra: { _exc_source: 'erpnext (app)' } } : {}),
  });
}

/** An exception that nobody meant: a 500 with no message, often a validation failure in disguise. */
export const crash = (excType: string, exception: string, app = false): FrappeError =>
  new FrappeError(500, excType, { exception, ...(app ? { extra: { _exc_source: 'erpnext (app)' } } : {}) });

export const notFound = (doctype: string, name: string): FrappeError =>
  new FrappeError(404, 'DoesNotExistError', {
    exception: null,
    messages: [{ message: `${doctype} ${name} not found`, title: 'Message', indicator: 'red', raise_exception: 1 }],
  });

const noDoctypeAccess = (user: string, doctype: string) =>
  `User <strong>${user}</strong> does not have doctype access via role permission for document <strong>${doctype}</strong>`;

/** No role of the user permits the DocType. Lists show the exception, single requests hide it. */
export const noDoctypePermission = (user: string, doctype: string, where: 'list' | 'document'): FrappeError =>
  new FrappeError(403, 'PermissionError', {
    exception: where === 'list' ? 'frappe.exceptions.PermissionError' : null,
    messages: [{ message: noDoctypeAccess(user, doctype), title: 'Message' }],
    extra: { _error_message: `No permission for ${doctype}` },
  });

/** The document is there, but this user may not read (or, with a reason, write) it. */
export function noDocumentPermission(
  user: string,
  doctype: string,
  name: string,
  options: { reason?: string; error?: string } = {},
): FrappeError {
  const access = `User <strong>${user}</strong> does not have access to this document`;
  const target = doctype === name ? access : `${access}: ${doctype} - ${name}`;
  return new FrappeError(403, 'PermissionError', {
    exception: 'frappe.exceptions.PermissionError',
    messages: [{ message: `${options.reason ?? noDoctypeAccess(user, doctype)}<br>${target}`, title: 'Message' }],
    ...(options.error === undefined ? {} : { extra: { _error_message: options.error } }),
  });
}

export function notWhitelisted(method: string): FrappeError {
  const message = `<details><summary>You are not permitted to access this resource. Login to access</summary>Function <strong>${method}</strong> is not whitelisted.</details>`;
  return thrown('PermissionError', message, { status: 403, title: 'Method Not Allowed' });
}

/** The DocType does not exist: a document of it ends in Python's import, a list in a question of permission. */
export const noSuchDoctype = (doctype: string): FrappeError =>
  crash('ImportError', `Error: No module named 'frappe.core.doctype.${doctype.toLowerCase().replaceAll(' ', '_')}'`);

export const duplicateName = (doctype: string, name: string): FrappeError =>
  new FrappeError(409, 'DuplicateEntryError', {
    exception: `frappe.exceptions.DuplicateEntryError: ('${doctype}', '${name}', IntegrityError(1062, "Duplicate entry '${name}' for key 'PRIMARY'"))`,
    messages: [{ message: `${doctype} <strong>${name}</strong> already exists`, title: 'Duplicate Name', indicator: 'red' }],
  });

export const jsonDecodeError = (detail: string): FrappeError => crash('JSONDecodeError', `json.decoder.JSONDecodeError: ${detail}`);

/** A refusal by ERPNext's own code: `message`, and where it is not a plain ValidationError, the class below `erpnext.`. */
export function refusal(message: string, path?: string, title = 'Message'): FrappeError {
  const [module, excType = 'ValidationError'] =
    path === undefined ? [] : [`erpnext.${path.slice(0, path.lastIndexOf('.'))}`, path.split('.').pop()];
  return thrown(excType, message, { title, app: true, ...(module === undefined ? {} : { module }) });
}
