import type { Cache } from '../cache/open-cache';
import { pinnedRows } from '../cache/pins';
import { describe } from './describe';
import type { Found } from './describe';

/** The pinned documents as a search shows them. */
export const pinned = async (cache: Cache): Promise<Found[]> => describe(cache, await pinnedRows(cache));
