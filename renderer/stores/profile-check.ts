import { AppError } from '@shared/errors';
import { rightsOf } from '@shared/erp/permissions';
import { profileFilters } from '@shared/sync/profile';
import type { ProfileEntry } from '@shared/sync/profile';
import { siteTime } from '@shared/sync/site-time';
import { useSession, useWorkspace } from './session';
import { useSync } from './sync';

/**
 * What the site says to an entry of a profile: so many documents fit; it may not be read (or is not there, which the server does not
 * tell apart); it is rows of other documents; its filters or something else do not work; or nobody could be asked.
 */
export type EntryCheck =
  | { kind: 'counted'; count: number }
  | { kind: 'not-readable' }
  | { kind: 'rows' }
  | { kind: 'failed'; message: string }
  | { kind: 'unasked' };

/** Asks the site about entries before they are kept. */
export function useProfileCheck() {
  const session = useSession();
  const sync = useSync();
  const { accountId } = useWorkspace();
  const asked = { account: accountId, priority: 'interactive' as const };

  async function check(entry: ProfileEntry): Promise<EntryCheck> {
    if (!sync.online) return { kind: 'unasked' };
    const { doctype } = entry;
    const today = siteTime(Date.now(), session.account?.timeZone ?? 'UTC').slice(0, 10);
    try {
      return { kind: 'counted', count: await session.bridge.erp.count({ ...asked, doctype, filters: profileFilters(entry, today) }) };
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (error.code === 'forbidden') return { kind: 'not-readable' };
      if (['offline', 'timeout', 'lost', 'busy', 'rate-limited'].includes(error.code)) return { kind: 'unasked' };
      return byItsForm(doctype, error);
    }
  }

  /** A single cannot be counted, and rows of other documents cannot without them (recordings single, list). */
  async function byItsForm(doctype: string, error: AppError): Promise<EntryCheck> {
    try {
      const { doctype: meta } = await session.bridge.erp.doctype({ ...asked, doctype });
      if (meta.istable === 1) return { kind: 'rows' };
      const { user = '', roles = [] } = session.account ?? {};
      if (!rightsOf(meta, { user, roles }, undefined).read) return { kind: 'not-readable' };
      return meta.issingle === 1 ? { kind: 'counted', count: 1 } : { kind: 'failed', message: error.message };
    } catch (thrown) {
      const { code } = AppError.from(thrown);
      return code === 'forbidden' || code === 'not-found' ? { kind: 'not-readable' } : { kind: 'failed', message: error.message };
    }
  }

  return { check };
}
