import type { LiveState } from '@shared/bridge/live';
import { AppError } from '@shared/errors';
import { readProfile } from '../cache/profile';
import type { Ports } from './ports';

/** Says which DocTypes are kept here, so that the site's hints about them are listened for. Null where nobody could be told. */
export async function followLive({
  bridge,
  account,
  cache,
  log,
}: Pick<Ports, 'bridge' | 'account' | 'cache' | 'log'>): Promise<LiveState | null> {
  try {
    const doctypes = (await readProfile(cache)).map(({ doctype }) => doctype);
    return await bridge.live.follow({ account, doctypes });
  } catch (thrown) {
    log('info', `hints are not listened for (${AppError.from(thrown).code})`);
    return null;
  }
}
