import type { SyncState } from '@shared/sync/sync-state';
import { commonDocTypes, defaultProfile } from '../../cache/profile';
import type { DocumentCount } from '../../stores/sync';

export type NavigationItem = { doctype: string; total: number; dot: 'needs-you' | 'waits' | null };

/** The rest of the usual profile is what the common DocTypes need, and stands below. What a person added stands above. */
const below: ReadonlySet<string> = new Set(defaultProfile.filter((doctype) => !commonDocTypes.includes(doctype)));

/** The sidebar: the DocTypes of the profile that the user may see, the masters apart. */
export function navigationOf(
  profile: readonly string[],
  counts: Readonly<Record<string, DocumentCount>>,
  pulls: SyncState['pulls'],
): { main: NavigationItem[]; more: NavigationItem[] } {
  const items = profile.flatMap((doctype): NavigationItem[] => {
    const count = counts[doctype] ?? { total: 0, unsent: 0, needsYou: 0 };
    if (count.total === 0 && pulls[doctype]?.error?.code === 'forbidden') return [];
    return [{ doctype, total: count.total, dot: count.needsYou > 0 ? 'needs-you' : count.unsent > 0 ? 'waits' : null }];
  });
  const isMain = ({ doctype }: NavigationItem): boolean => !below.has(doctype);
  // A profile of masters alone has nothing to put apart.
  const main = items.filter(isMain);
  return main.length === 0 ? { main: items, more: [] } : { main, more: items.filter((item) => !isMain(item)) };
}
