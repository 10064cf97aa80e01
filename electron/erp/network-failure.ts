import { AppError } from '@shared/errors';

/** Node's codes of failures before any byte of the request left. */
const neverConnected: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_NODATA',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Of these, the ones that a connection in use may end with as well: only the system call tells. */
const alsoInUse: ReadonlySet<string> = new Set(['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EHOSTDOWN']);

/** Node's codes of a certificate that cannot be trusted; the TLS handshake comes before the request. */
const certificate: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** No TLS was spoken there at all, e.g. https to an http port. */
const noTls: ReadonlySet<string> = new Set(['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG']);

/** Chromium's codes of the same, as `net.fetch` gives them. */
const chromiumNeverConnected: ReadonlySet<string> = new Set([
  'ERR_INTERNET_DISCONNECTED',
  'ERR_NAME_NOT_RESOLVED',
  'ERR_NAME_RESOLUTION_FAILED',
  'ERR_CONNECTION_REFUSED',
  'ERR_CONNECTION_TIMED_OUT',
  'ERR_CONNECTION_FAILED',
  'ERR_ADDRESS_UNREACHABLE',
  'ERR_ADDRESS_INVALID',
  'ERR_PROXY_CONNECTION_FAILED',
  'ERR_TUNNEL_CONNECTION_FAILED',
  'ERR_NETWORK_ACCESS_DENIED',
  'ERR_ICANN_NAME_COLLISION',
]);

const sentences = {
  offline: 'The server could not be reached. The work is kept on this device and goes out when the connection is back.',
  certificate:
    'The certificate of the site cannot be trusted, so nothing was sent. Check the address and this device’s clock, or ask your administrator.',
  noTls: 'The site does not speak https at this address, so nothing was sent. Check the address and its port.',
  lost: 'The connection broke before the server answered. It may have done what was asked; this is looked up before anything is sent again.',
};

type Trouble = { code: string; connecting: boolean };

/** The code of a network error, wherever the library hid it. `connecting`: it happened while connecting. */
function troubleOf(thrown: unknown, depth = 0): Trouble | null {
  if (!(thrown instanceof Error) || depth > 4) return null;
  if (thrown instanceof AggregateError && thrown.errors.length > 0) {
    const all = thrown.errors.map((error) => troubleOf(error, depth + 1));
    // Several addresses were tried: it never connected only if none of them did.
    return all.find((trouble) => trouble !== null && !trouble.connecting) ?? all[0] ?? null;
  }
  // Electron names a network failure in the message alone; it is a fixed token there, not prose.
  const token = /^net::(ERR_[A-Z0-9_]+)$/.exec(thrown.message)?.[1];
  if (token !== undefined) return { code: token, connecting: chromiumNeverConnected.has(token) };
  if ('code' in thrown && typeof thrown.code === 'string') {
    const call = 'syscall' in thrown ? thrown.syscall : undefined;
    const whileConnecting = call === undefined ? !alsoInUse.has(thrown.code) : call === 'connect' || call === 'getaddrinfo';
    return { code: thrown.code, connecting: whileConnecting && neverConnected.has(thrown.code) };
  }
  return troubleOf(thrown.cause, depth + 1);
}

/**
 * What a rejected `fetch` means: `offline` when the request cannot have left, otherwise `lost`.
 * Anything unknown counts as `lost`, the careful reading.
 */
export function networkFailure(thrown: unknown, request: string): AppError {
  const details = { request };
  const trouble = troubleOf(thrown);
  if (trouble === null) return new AppError('lost', sentences.lost, details, { cause: thrown });
  const options = { cause: thrown };
  if (isCertificateCode(trouble.code)) {
    return new AppError('offline', sentences.certificate, { ...details, answer: trouble.code }, options);
  }
  if (noTls.has(trouble.code)) return new AppError('offline', sentences.noTls, { ...details, answer: trouble.code }, options);
  if (trouble.connecting) return new AppError('offline', sentences.offline, { ...details, answer: trouble.code }, options);
  return new AppError('lost', sentences.lost, { ...details, answer: trouble.code }, options);
}

const isCertificateCode = (code: string): boolean => certificate.has(code) || code.startsWith('ERR_CERT_');

/** Was the site's certificate the reason? Its code is in the details. */
export const isCertificateTrouble = (error: AppError): boolean =>
  error.code === 'offline' && error.details.answer !== undefined && isCertificateCode(error.details.answer);
