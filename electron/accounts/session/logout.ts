import type { Fetch } from '../../erp/transport';
import { plainRequest } from '../plain-request';
import { headersOf, type SessionSecret } from '../secret';

/** Ends a session on its site. Rejects with an `AppError` where no answer came; then it ends by itself, days later. */
export async function logout(fetch: Fetch, siteUrl: string, secret: SessionSecret, signal: AbortSignal): Promise<void> {
  const ask = { method: 'POST' as const, url: `${siteUrl}/api/method/logout`, headers: headersOf(secret), timeoutMs: 5_000 };
  await plainRequest(fetch, ask, 'POST /api/method/logout', signal);
}
