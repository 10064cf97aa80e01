import { z } from 'zod';
import { accountId, ways, type Account } from '@shared/bridge/accounts';
import { formatsAmong } from '@shared/erp/site-formats';
import { usualLargest } from '@shared/files/site-limit';
import type { Store } from '../settings/store';

/** An account as it is kept: nothing secret, its defaults as the site told them, and not whether it is signed in and taken, which this run knows. */
export type StoredAccount = Omit<Account, 'signedIn' | 'refused'>;

const stored = z.object({
  id: accountId,
  siteUrl: z.string(),
  user: z.string(),
  fullName: z.string(),
  roles: z.array(z.string()),
  timeZone: z.string(),
  frappeVersion: z.string(),
  erpnextVersion: z.string().nullable(),
  demo: z.boolean(),
  // Earlier versions knew keys alone.
  way: z.enum(ways).default('key'),
  secretPlace: z.enum(['key-store', 'plain-file', 'session']),
  defaults: z.record(z.string(), z.string()),
  formats: z.record(z.string(), z.unknown()).default({}).transform(formatsAmong),
  largestFile: z.number().int().min(1).max(usualLargest).default(usualLargest),
});

/** `toWipe`: accounts that were removed, and whose databases a window still has to delete. */
export type StoredAccounts = { active: string | null; accounts: StoredAccount[]; toWipe: string[] };

const key = 'accounts';

/** Reads the accounts; one that this version cannot read is left out, the others stay. */
export function readAccounts(store: Store): StoredAccounts {
  const envelope = z
    .object({ active: z.string().nullable(), accounts: z.array(z.unknown()), toWipe: z.array(accountId).default([]) })
    .safeParse(store.get(key));
  if (!envelope.success) return { active: null, accounts: [], toWipe: [] };
  const accounts = envelope.data.accounts.map((one) => stored.safeParse(one)).flatMap((one) => (one.success ? [one.data] : []));
  const active = accounts.some((one) => one.id === envelope.data.active) ? envelope.data.active : null;
  return { active, accounts, toWipe: envelope.data.toWipe };
}

export const writeAccounts = (store: Store, accounts: StoredAccounts): void => store.set(key, accounts);
