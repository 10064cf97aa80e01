import { isIP } from 'node:net';
import { AppError } from '@shared/errors';

const notAnAddress = (): AppError =>
  new AppError('bad-parameters', 'This is no address of a site. Type it as it stands in the browser, e.g. erp.example.com.');

/** Hosts of a local network, where sites without https are common. */
function isLocalHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, '');
  if (host === 'localhost' || /\.(localhost|local|lan|home|internal|test)$/.test(host)) return true;
  if (isIP(host) === 4) return /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/.test(host);
  if (isIP(host) === 6) return host === '::1' || /^f[cd]|^fe[89ab]/.test(host);
  return !host.includes('.');
}

/**
 * The origins that may stand behind what a person typed or pasted, best first: no scheme, a trailing `/app/…`,
 * quotes around it, http on a local network. https comes first wherever the person did not rule it out.
 * Throws `bad-parameters`.
 */
export function candidateSites(address: string): string[] {
  const typed = address.trim().replace(/^[\s"'<(]+|[\s"'>),;]+$/g, '');
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(typed)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') throw notAnAddress();
  const bare = scheme === undefined ? typed : typed.slice(scheme.length + 3);
  // Where `www.` leads nowhere, what stands behind it may be there without.
  const short = /^www\.(?=[^/?#]*\.)/i.exec(bare);
  const without = short === null ? [] : candidateSites((scheme === undefined ? '' : `${scheme}://`) + bare.slice(short[0].length));
  return [...sitesOf(scheme, bare), ...without];
}

function sitesOf(scheme: string | undefined, bare: string): string[] {
  const https = parse(`https://${bare}`);
  const http = parse(`http://${bare}`);
  if (https === null || http === null) throw notAnAddress();
  if (scheme === 'https') return [https.origin];
  const hasPort = /^[^/?#]*:\d+(?:[/?#]|$)/.test(bare);
  if (scheme === 'http') return hasPort ? [http.origin] : [https.origin, http.origin];
  return isLocalHost(https.hostname) || hasPort ? [https.origin, http.origin] : [https.origin];
}

function parse(text: string): URL | null {
  try {
    const url = new URL(text);
    return url.hostname === '' || /[\s%]/.test(url.hostname) ? null : url;
  } catch {
    return null; // The caller says that it is no address.
  }
}
