import type { DocTypeBundle } from '@shared/erp/doctype';
import type { ProfileEntry } from '@shared/sync/profile';
import type { PullProgress } from '@shared/sync/sync-state';
import type { ServerCount } from '../../stores/server-counts';

/** A DocType of the profile, or one that could be: what is chosen, what is here and what is on the server. */
export type ProfileRow = {
  entry: ProfileEntry;
  kept: boolean;
  here: number;
  /** About how many bytes it takes here; undefined until that was looked at. */
  bytes: number | undefined;
  pull: PullProgress | undefined;
  there: ServerCount | undefined;
  bundle: DocTypeBundle | undefined;
  /** Documents with unsent work. */
  unsent: number;
  /** Kept as the company says, or otherwise than it says; null where it says nothing of this DocType. */
  company: 'same' | 'otherwise' | null;
};
