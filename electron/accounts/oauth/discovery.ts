import { z } from 'zod';
import { AppError } from '@shared/errors';
import type { Fetch } from '../../erp/transport';
import { plainRequest } from '../plain-request';

const configuration = z.object({ authorization_endpoint: z.string(), token_endpoint: z.string() });

/**
 * The address at which a site asks its people to sign in, where it offers OAuth 2.0 at `/.well-known/openid-configuration`, which
 * redirects (301, measured); null where it does not. Asked as a guest. Only the path counts: tokens and people go to the
 * origin that was signed in to and nowhere else, and a site behind a proxy often names itself wrongly.
 */
export async function discoverAuthorize(fetch: Fetch, siteUrl: string, signal: AbortSignal): Promise<string | null> {
  const path = '/.well-known/openid-configuration';
  const ask = { method: 'GET' as const, url: siteUrl + path, follow: true, timeoutMs: 8_000 };
  try {
    const { status, url, envelope } = await plainRequest(fetch, ask, `GET ${path}`, signal);
    const told = configuration.safeParse(envelope);
    if (status !== 200 || new URL(url).origin !== siteUrl || !told.success) return null;
    return siteUrl + new URL(told.data.authorization_endpoint, siteUrl).pathname;
  } catch (thrown) {
    if (AppError.from(thrown).code === 'cancelled') throw thrown;
    return null; // Nothing is offered that cannot be reached.
  }
}
