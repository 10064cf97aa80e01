import { computed } from 'vue';
import { ownWays, asCompanySays } from '@shared/profile/company-profile';
import type { Followed, SiteProfileFile } from '@shared/profile/site-profile';
import type { ProfileFile } from '@shared/profile/profile-file';
import { changeCompanyProfile, readCompanyProfile, stopFollowing, takeCompanyProfile } from '../cache/company-profile';
import type { CompanyProfile, ProfileSource } from '../cache/company-profile';
import { changeProfile } from '../cache/profile';
import { listProfileFiles, profileFileOf } from '../sync/company-file';
import { useProfile } from './profile';
import { useSession, useWorkspace } from './session';
import { useSync } from './sync';
import { useLiveQuery } from './use-live';

/** A profile of the site that was looked at, and where it is. */
export type LookedAt = { source: ProfileSource; file: ProfileFile };

/** The profile that a company hands out over its site: finding it, following it, and how what is kept here differs from it. */
export function useCompanyProfile() {
  const session = useSession();
  const { cache, accountId } = useWorkspace();
  const profile = useProfile();
  const sync = useSync();
  const live = useLiveQuery<CompanyProfile | null>(() => readCompanyProfile(cache), { initial: null });
  const followed = computed(() => live.value.value);
  const ways = computed(() => ownWays(profile.entries, followed.value?.entries ?? []));
  const questions = () => ({ list: session.bridge.erp.list, text: session.bridge.files.text });

  const find = (): Promise<SiteProfileFile[]> => listProfileFiles(questions(), accountId);

  /** Null where the site has no such file for this user. @throws AppError of the server, or of a file that is no profile */
  async function look(file: Followed): Promise<LookedAt | null> {
    const found = await profileFileOf(questions(), accountId, file, 'interactive');
    return found === null ? null : { source: found.source, file: await found.read() };
  }

  /** `whole`: nothing else is kept than what it says. */
  const follow = ({ source, file }: LookedAt, whole: boolean): Promise<void> =>
    takeCompanyProfile(cache, source, file, { now: Date.now(), whole, tell: false });

  async function again(doctypes: readonly string[]): Promise<void> {
    const company = followed.value?.entries ?? [];
    await changeProfile(cache, (mine) => asCompanySays(mine, company, doctypes));
  }

  async function seen(): Promise<void> {
    if (followed.value !== null) await changeCompanyProfile(cache, followed.value.url, { news: null });
  }

  return {
    followed,
    loaded: live.loaded,
    ways,
    find,
    look,
    follow,
    again,
    seen,
    stop: (): Promise<void> => stopFollowing(cache),
    check: (): void => sync.send({ kind: 'check-profile' }),
  };
}
