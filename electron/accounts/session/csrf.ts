import type { Fetch } from '../../erp/transport';
import { plainRequest } from '../plain-request';
import { headersOf, type SessionSecret } from '../secret';

/** Where the desk lives: at `/desk` in newer versions. */
const pages = ['/app', '/desk'];

/**
 * The token that a session's writes must carry, out of the page of the desk; null where no page tells one. Frappe asks for it
 * from the moment that a page of the session was made, so that a session that only ever asked the API has none
 * (measured: such a session writes without; how it begins is read in Frappe's `auth.py` and `sessions.py`).
 */
export async function csrfToken(fetch: Fetch, siteUrl: string, secret: SessionSecret, signal: AbortSignal): Promise<string | null> {
  for (const page of pages) {
    const ask = { method: 'GET' as const, url: siteUrl + page, headers: { ...headersOf(secret), Accept: 'text/html' } };
    const { status, text } = await plainRequest(fetch, ask, `GET ${page}`, signal);
    const token = status === 200 ? /csrf_token\s*=\s*["']([0-9a-zA-Z]{16,128})["']/.exec(text)?.[1] : undefined;
    if (token !== undefined) return token;
  }
  return null;
}
