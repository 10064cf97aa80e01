import { isRecord } from '@shared/erp/envelope';
import type { Fetch } from '../../erp/transport';
import { plainRequest } from '../plain-request';
import { headersOf, type SessionSecret } from '../secret';

/**
 * Whether the site still takes a session: pages and files answer a dead one as they answer whoever may not see them, without
 * the mark `session_expired`. Rejects with an `AppError` where no answer came.
 */
export async function stillSignedIn(fetch: Fetch, siteUrl: string, secret: SessionSecret, signal: AbortSignal): Promise<boolean> {
  const method = '/api/method/frappe.auth.get_logged_user';
  const ask = { method: 'GET' as const, url: siteUrl + method, headers: headersOf(secret) };
  const { status, envelope } = await plainRequest(fetch, ask, `GET ${method}`, signal);
  if (status === 401 || status === 403) return false;
  return !isRecord(envelope) || (!envelope['session_expired'] && envelope['message'] !== 'Guest');
}
