import type { DocTypeBundle } from '@shared/erp/doctype';
import type { Filter } from '@shared/erp/filters';
import type { PullProgress } from '@shared/sync/sync-state';
import type { ServerCount } from '../../stores/server-counts';

/** A DocType of the profile, or one that could be: what is chosen, what is here and what is on the server. */
export type ProfileRow = {
  doctype: string;
  kept: boolean;
  filters: Filter[];
  here: number;
  pull: PullProgress | undefined;
  there: ServerCount | undefined;
  bundle: DocTypeBundle | undefined;
};
