import { AppError } from '@shared/errors';
import { dayMs, hourMs, isDue } from '@shared/sync/due';
import { showsMore } from '@shared/sync/new-fields';
import { keptNumber } from '../cache/meta';
import { readAgain } from './metadata';
import type { Site } from './site';

const key = 'identityAt';

/**
 * Once a day: who the person is to the site, which roles they have. What a role that they gained lets them see of their
 * documents is read again. Where it fails it is tried again after an hour, and nothing waits for it.
 */
export async function refreshIdentity(site: Site): Promise<void> {
  const last = await keptNumber(site.cache, key);
  const now = site.now();
  // The sign-in, without which there is no database, has just asked.
  if (last === null) return noteIdentity(site, now);
  if (!isDue(last, now, dayMs)) return;
  await noteIdentity(site, now - dayMs + hourMs);
  try {
    const before = await rolesOf(site);
    const { roles } = await site.erp.refresh({ account: site.account });
    const gained = roles.filter((role) => !before.includes(role));
    const bundles = (await site.cache.doctypes.toArray()).map(({ bundle }) => bundle);
    for (const bundle of bundles.filter((one) => showsMore(one, gained))) await readAgain(site, bundle);
    await noteIdentity(site, now);
  } catch (thrown) {
    site.log('info', `who the person is was not asked again (${AppError.from(thrown).code})`);
  }
}

/** The site said who they are at this time (ms). */
export const noteIdentity = async ({ cache }: Pick<Site, 'cache'>, at: number): Promise<void> => {
  await cache.meta.put({ key, value: at });
};

async function rolesOf({ bridge, account }: Site): Promise<readonly string[]> {
  const { accounts } = await bridge.accounts.state({});
  return accounts.find(({ id }) => id === account)?.roles ?? [];
}
