import type { Account } from '@shared/bridge/accounts';
import { AppError } from '@shared/errors';
import type { Accounts } from './accounts';

/**
 * Signs in as `FIELDBOOK_URL`, `FIELDBOOK_API_KEY` and `FIELDBOOK_API_SECRET` say, for this session; null where none is set.
 * Rejects with `bad-parameters` when only some are.
 */
export async function signInFromEnvironment(
  accounts: Accounts,
  environment: Record<string, string | undefined>,
  signal: AbortSignal,
): Promise<Account | null> {
  const { FIELDBOOK_URL: address, FIELDBOOK_API_KEY: apiKey, FIELDBOOK_API_SECRET: apiSecret } = environment;
  if (!address && !apiKey && !apiSecret) return null;
  if (!address || !apiKey || !apiSecret) {
    throw new AppError(
      'bad-parameters',
      'To sign in from the environment, set FIELDBOOK_URL, FIELDBOOK_API_KEY and FIELDBOOK_API_SECRET together.',
    );
  }
  return accounts.signIn({ address, apiKey, apiSecret, keep: 'session' }, signal);
}
