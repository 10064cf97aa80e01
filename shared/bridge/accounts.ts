import { z } from 'zod';
import { formatsAmong, type SiteFormats } from '../erp/site-formats';
import { method } from './method';

/** Where the sign-in secret of an account is kept. */
export type SecretPlace = 'key-store' | 'plain-file' | 'session';

/** How somebody signs in: by API key and secret, by user and password, or in the browser (OAuth). */
export const ways = ['key', 'password', 'browser'] as const;
export type SignInWay = (typeof ways)[number];

/** What can protect secrets on this device. `basic_text` is Electron's word for no protection at all. */
export type KeyStore = {
  backend: 'system' | 'basic_text' | 'none';
  name: string;
  /**
   * Where the key lies that encrypts unsent work, files and cached documents. `plain-file`: readable by this user alone, but not against who
   * has the disk. `locked`: the key store holds it and does not give it, so what is kept here cannot be opened.
   */
  dataKey: 'key-store' | 'plain-file' | 'locked';
};

/** A person on a site, without any secret. `id` names its database and its folder. */
export type Account = {
  /** 32 hex digits of the SHA-256 of site URL and user. */
  id: string;
  siteUrl: string;
  user: string;
  fullName: string;
  roles: string[];
  /** IANA name of the site's time zone, in which all its dates and times are written. */
  timeZone: string;
  frappeVersion: string;
  erpnextVersion: string | null;
  /** The demo company inside this program, not a real site. */
  demo: boolean;
  /** Signed in: there is a secret to send. Otherwise the cache can be read and work goes on, unsent. */
  signedIn: boolean;
  /** Signed in, but the site no longer takes it: a session ended, a key was made anew. */
  refused: boolean;
  way: SignInWay;
  secretPlace: SecretPlace;
  /** Defaults of the user and the site, e.g. `company`, `currency`, `date_format`, with `formats` over them; empty where they may not be read. */
  defaults: Record<string, string>;
  /** How the person wants dates, times and numbers written, where not as the site says. */
  formats: SiteFormats;
  /** The largest file that the site takes, in bytes, as far as it told. */
  largestFile: number;
};

export type AccountsState = {
  active: string | null;
  accounts: Account[];
  /** Accounts that were removed, and whose databases a window still has to delete. */
  toWipe: string[];
};

/** What stands at an address. `notes` are plain warnings, e.g. that http is not encrypted. */
export type SiteProbe = {
  siteUrl: string;
  plainHttp: boolean;
  serverDate: string | null;
  /** The site offers the sign-in with the browser; the client ID where this device knows it. */
  browser: { clientId: string | null } | null;
};

const accountId = z.string().regex(/^[0-9a-f]{32}$/);

export const accounts = {
  state: method<AccountsState>()(z.object({})),
  keyStore: method<KeyStore>()(z.object({})),
  /**
   * The key (32 bytes) of the account's database in the browser; `key-store` while the key store does not give it. The page
   * may hold it: it shows what the key opens.
   */
  cacheKey: method<{ key: Uint8Array }>()(z.object({ account: accountId })),
  /** Finds the site behind what a person typed or pasted. */
  probe: method<SiteProbe>()(z.object({ address: z.string().min(1).max(2000) })),
  /** Checks key and secret against the server, keeps them as `keep` says, and makes the account active. */
  signIn: method<Account>()(
    z.object({
      address: z.string().min(1).max(2000),
      apiKey: z.string().min(1).max(200),
      apiSecret: z.string().min(1).max(200),
      /** `store` falls to a plain file where there is no real key store: only with the person's word. */
      keep: z.enum(['session', 'store']),
      /** Whose sign-in this renews: anybody else's is refused. */
      account: accountId.optional(),
    }),
  ),
  /** Starts the demo site inside this program and signs in to it. */
  startDemo: method<Account>()(z.object({})),
  /** Forgets the secret; the cache, unsent work and files stay. */
  signOut: method<AccountsState>()(z.object({ account: accountId })),
  /** Takes the account off this device with its secret, unsent work and files. Its database is the window's to delete. */
  remove: method<AccountsState>()(z.object({ account: accountId })),
  /** The database of a removed account is gone. */
  wiped: method<AccountsState>()(z.object({ account: accountId })),
  activate: method<Account>()(z.object({ account: accountId })),
  /** Asks the server again for user, roles, time zone, versions and defaults. */
  refresh: method<Account>()(z.object({ account: accountId })),
  /** Keeps how the person wants dates, times and numbers written; what is left out is as the site says. */
  setFormats: method<Account>()(z.object({ account: accountId, formats: z.record(z.string(), z.string()).transform(formatsAmong) })),
};

export { accountId };
