import { AppError } from '@shared/errors';

/** One way to a site's realtime service. `namespace`: the site's name there. */
export type SocketAddress = { origin: string; namespace: string; transport: 'websocket' | 'polling' };

/** Where Frappe's realtime service listens in development, unless the site says otherwise. */
export const usualSocketPort = 9000;

/** Behind the site's own address, as a proxy has it. */
export const siteSocket = (siteUrl: string): SocketAddress[] => bothWays(new URL(siteUrl).origin, new URL(siteUrl).hostname);

/** At the port of a development bench on the same host, no less protected than the site. */
export function benchSocket(siteUrl: string, port: number): SocketAddress[] {
  const site = new URL(siteUrl);
  const bench = new URL(site.origin);
  bench.port = String(port);
  return bench.origin === site.origin ? [] : bothWays(bench.origin, site.hostname);
}

/** At the address that somebody gave instead (`ownSocketAddress`), whose path is the site's name there. */
export function ownSocket(siteUrl: string, own: string): SocketAddress[] {
  const given = new URL(own);
  return bothWays(given.origin, decodeURIComponent(given.pathname.slice(1)) || new URL(siteUrl).hostname);
}

/** Over a WebSocket, then by long requests, which go through the system's proxy and its certificates. */
const bothWays = (origin: string, namespace: string): SocketAddress[] =>
  (['websocket', 'polling'] as const).map((transport) => ({ origin, namespace, transport }));

/** The port that the site's sign-in page tells its scripts. */
export function socketPortOf(page: string): number {
  const port = Number(/window\.socketio_port\s*=\s*"?(\d{1,5})"?\s*;/.exec(page)?.[1] ?? Number.NaN);
  return port > 0 && port < 65536 ? port : usualSocketPort;
}

/** What a person typed as the address, put right; null for nothing. Throws `bad-parameters`. */
export function ownSocketAddress(typed: string | null, siteUrl: string): string | null {
  const text = typed?.trim() ?? '';
  if (text === '') return null;
  const url = parsed(text.includes('://') ? text : `${new URL(siteUrl).protocol}//${text}`);
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '')
    throw new AppError('bad-parameters', 'This is no address of a realtime service. It looks like https://erp.example.com:9000.');
  // The sign-in goes along: it must not travel less protected than to the site itself.
  if (url.protocol === 'http:' && siteUrl.startsWith('https:'))
    throw new AppError(
      'bad-parameters',
      'The site is reached over https, so its realtime service must be too: the sign-in goes there as well.',
    );
  return `${url.origin}${url.pathname === '/' ? '' : url.pathname.replace(/\/$/, '')}`;
}

function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
