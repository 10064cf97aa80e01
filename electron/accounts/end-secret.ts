import { AppError } from '@shared/errors';
import type { Fetch } from '../erp/transport';
import type { Log } from '../log';
import { revoke } from './oauth/tokens';
import type { Secret } from './secret';
import { logout } from './session/logout';

/**
 * Tells the site that a secret is not used any more: a session ends, tokens are revoked; a key is its user's and stays. What
 * cannot be told, as without a network, ends there by itself.
 */
export async function endSecret(fetch: Fetch, log: Log, siteUrl: string, secret: Secret): Promise<void> {
  const { signal } = new AbortController();
  try {
    if (secret.way === 'password') await logout(fetch, siteUrl, secret, signal);
    else if (secret.way === 'browser') await revoke(fetch, siteUrl, secret, signal);
  } catch (thrown) {
    log.info('accounts', `the site was not told of the end of a sign-in: ${AppError.from(thrown).code}`);
  }
}
