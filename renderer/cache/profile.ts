import type { ProfileEntry } from '@shared/sync/profile';
import type { Cache } from './open-cache';

/** The ten DocTypes that people work in. */
export const commonDocTypes: readonly string[] = [
  'Customer',
  'Item',
  'Sales Order',
  'Purchase Order',
  'Sales Invoice',
  'Purchase Invoice',
  'Delivery Note',
  'Stock Entry',
  'Payment Entry',
  'Journal Entry',
];

/**
 * What is downloaded unless the person chooses otherwise: the ten common DocTypes and the masters that they need.
 * One that the user may not read is passed over.
 */
export const defaultProfile: string[] = [
  ...commonDocTypes,
  'Supplier',
  'Address',
  'Contact',
  'Item Price',
  'Bin',
  'Warehouse',
  'UOM',
  'Currency',
  'Currency Exchange',
  'Price List',
  'Customer Group',
  'Territory',
  'Item Group',
  'Brand',
  'Company',
  'Account',
  'Cost Center',
  'Mode of Payment',
  'Supplier Group',
  'Stock Entry Type',
  'Sales Person',
  'Payment Term',
  'Payment Terms Template',
  'Sales Taxes and Charges Template',
  'Purchase Taxes and Charges Template',
];

/** As it lies in the database: `position` is its place in the order of download; absent from what an older version wrote. */
export type StoredEntry = ProfileEntry & { position?: number };

/** What this device keeps, in the order of download; the default until a person changed it. */
export async function readProfile(cache: Cache): Promise<ProfileEntry[]> {
  const stored = await cache.profile.toArray();
  if (stored.length === 0) return defaultEntries();
  return stored.sort((a, b) => positionOf(a) - positionOf(b)).map(({ position: _position, ...entry }) => entry);
}

export const defaultEntries = (): ProfileEntry[] => defaultProfile.map((doctype) => ({ doctype, filters: [] }));

/** Nobody chose anything yet. */
export const isUnchosen = async (cache: Cache): Promise<boolean> => (await cache.profile.count()) === 0;

export const writeProfile = (cache: Cache, entries: ProfileEntry[]): Promise<void> => changeProfile(cache, () => entries);

/** Changes it from what it is at that moment: of two changes in quick succession both count. */
export async function changeProfile(cache: Cache, change: (entries: ProfileEntry[]) => ProfileEntry[]): Promise<void> {
  await cache.transaction('rw', cache.profile, async () => {
    const entries = change(await readProfile(cache));
    await cache.profile.clear();
    await cache.profile.bulkPut(entries.map((entry, position) => ({ ...entry, position })));
  });
}

function positionOf({ doctype, position }: StoredEntry): number {
  if (position !== undefined) return position;
  const at = defaultProfile.indexOf(doctype);
  return at === -1 ? defaultProfile.length : at;
}
