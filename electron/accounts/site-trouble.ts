import type { SiteTrouble } from '@shared/errors';

/** What the codes of Node and Chromium mean for whoever looks for a site. */
const byCode: Record<string, SiteTrouble> = {
  ...all('no-network', 'ERR_INTERNET_DISCONNECTED ERR_NETWORK_ACCESS_DENIED ENETUNREACH ENETDOWN EAI_AGAIN'),
  ...all('name', 'ENOTFOUND EAI_NODATA ERR_NAME_NOT_RESOLVED ERR_NAME_RESOLUTION_FAILED ERR_ICANN_NAME_COLLISION'),
  ...all('port', 'ECONNREFUSED ERR_CONNECTION_REFUSED'),
  ...all('unreachable', 'EHOSTUNREACH EHOSTDOWN ETIMEDOUT UND_ERR_CONNECT_TIMEOUT ERR_CONNECTION_TIMED_OUT ERR_ADDRESS_UNREACHABLE'),
  ...all('certificate-date', 'CERT_HAS_EXPIRED CERT_NOT_YET_VALID ERR_CERT_DATE_INVALID'),
  ...all('certificate-host', 'ERR_TLS_CERT_ALTNAME_INVALID ERR_CERT_COMMON_NAME_INVALID'),
  ...all('certificate-issuer', 'DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
  ...all('certificate-issuer', 'UNABLE_TO_GET_ISSUER_CERT UNABLE_TO_GET_ISSUER_CERT_LOCALLY CERT_UNTRUSTED ERR_CERT_AUTHORITY_INVALID'),
  ...all('no-tls', 'EPROTO ERR_SSL_WRONG_VERSION_NUMBER ERR_SSL_PACKET_LENGTH_TOO_LONG ERR_SSL_PROTOCOL_ERROR'),
  ...all('proxy', 'ERR_PROXY_CONNECTION_FAILED ERR_TUNNEL_CONNECTION_FAILED ERR_PROXY_AUTH_UNSUPPORTED ERR_PROXY_AUTH_REQUESTED'),
};

function all(trouble: SiteTrouble, codes: string): Record<string, SiteTrouble> {
  return Object.fromEntries(codes.split(' ').map((code) => [code, trouble]));
}

/** The trouble that a network error's code tells of. */
export const troubleOf = (code: string | undefined): SiteTrouble =>
  byCode[code ?? ''] ?? (code?.startsWith('ERR_CERT_') || code?.startsWith('CERT_') ? 'certificate' : 'unreachable');

/** Said of each, before the next step that the screen adds. */
export const troubleSentences: Record<SiteTrouble, string> = {
  'no-network': 'This device has no network, so the site could not be reached.',
  name: 'No site of this name was found.',
  port: 'Nothing answers at this address: the computer is there, but nothing listens at this port.',
  unreachable: 'No site could be reached at this address.',
  slow: 'The site did not answer in time.',
  'certificate-date': 'The certificate of the site has ended or has not begun, so nothing was sent.',
  'certificate-host': 'The certificate of the site is for another address, so nothing was sent.',
  'certificate-issuer': 'The certificate of the site is signed by nobody whom this computer trusts, so nothing was sent.',
  certificate: 'The certificate of the site cannot be trusted, so nothing was sent.',
  'no-tls': 'The site does not speak https at this address, so nothing was sent.',
  proxy: 'A proxy stands between this device and the site, and does not let Fieldbook through.',
  portal: 'A sign-in page of the network answers in the place of the site.',
  'not-frappe': 'Something answers at this address, but it is not ERPNext.',
  maintenance: 'The site is in maintenance.',
};
