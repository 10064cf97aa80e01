import type { Account, AccountsState } from '@shared/bridge/accounts';
import { formatsAmong, type SiteFormats } from '@shared/erp/site-formats';
import { AppError } from '@shared/errors';
import { largestAfter, usualLargest } from '@shared/files/site-limit';
import type { ErpClient } from '../erp/client';
import { fixedHeaders, type Credentials, type SignedHeaders } from '../erp/credentials';
import type { Fetch } from '../erp/transport';
import type { Events } from '../events';
import { inTurn } from '../in-turn';
import type { Log } from '../log';
import type { Store } from '../settings/store';
import { AccountCredentials } from './account-credentials';
import { accountIdOf, identify, readIdentity, somebodyElse } from './identity';
import type { SiteFound } from './probe';
import { headersOf, type KeySecret, type Secret } from './secret';
import { Secrets } from './secrets';
import { readAccounts, writeAccounts, type StoredAccount, type StoredAccounts } from './stored-accounts';
import type { Vault } from './vault';

export type DemoSite = { url: string; apiKey: string; apiSecret: string };

export type AccountsOptions = {
  store: Store;
  vault: Vault;
  events: Events;
  log: Log;
  probe: (address: string, signal: AbortSignal) => Promise<SiteFound>;
  /** `account`: whose requests are counted; nobody's while it is not known yet who signs in. */
  connect: (siteUrl: string, credentials: Credentials, account?: string) => ErpClient;
  fetch: Fetch;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Tells a site that a secret is not used any more; never rejects. */
  end: (siteUrl: string, secret: Secret) => Promise<void>;
  startDemo: () => Promise<DemoSite>;
};

type SignIn = Omit<KeySecret, 'way'> & { address: string; keep: 'session' | 'store'; account?: string | undefined };

/** Where somebody signs in. `as`: the account whose sign-in is renewed, which nobody else's may take the place of. */
export type Entering = { siteUrl: string; keep: 'session' | 'store'; demo: boolean; as?: string };

const stillBeingRemoved = (): AppError =>
  new AppError('try-again', 'This account is still being removed from this device. Try again in a moment, or start Fieldbook anew.');

/** The accounts of this device: who they are is kept, their secrets are the vault's, their clients live here. */
export class Accounts {
  readonly #options: AccountsOptions;
  readonly #secrets: Secrets;
  readonly #clients = new Map<string, ErpClient>();
  readonly #credentials = new Map<string, AccountCredentials>();
  #stored: StoredAccounts;
  /** Changes of accounts, one after another. */
  readonly #inTurn = inTurn();

  constructor(options: AccountsOptions) {
    this.#options = options;
    this.#secrets = new Secrets(options.vault, options.log);
    this.#stored = readAccounts(options.store);
  }

  /** Signs in the accounts whose secret can be read. Asks no server. */
  async start(): Promise<void> {
    for (const account of this.#stored.accounts) await this.#secrets.read(account.id);
  }

  state(): AccountsState {
    const { active, accounts, toWipe } = this.#stored;
    return { active, accounts: accounts.map((account) => this.#shown(account)), toWipe };
  }

  /** The client of a signed-in account. Throws `no-account`. */
  client(id: string): ErpClient {
    const account = this.find(id);
    if (this.#secrets.get(id) === null) throw signedOut(account);
    return this.#client(account);
  }

  /** The headers with which an account asks its site, renewed where they are about to end. Rejects with `no-account`, `sign-in` or a network error. */
  async headers(id: string): Promise<SignedHeaders> {
    return this.#credentialsOf(this.find(id)).headers();
  }

  async signIn({ address, keep, account, ...given }: SignIn, signal: AbortSignal): Promise<Account> {
    const secret: KeySecret = { way: 'key', apiKey: given.apiKey.trim(), apiSecret: given.apiSecret.trim() };
    const { siteUrl } = await this.#options.probe(address, signal);
    return this.enter({ siteUrl, keep, demo: false, ...(account === undefined ? {} : { as: account }) }, secret, signal);
  }

  startDemo(signal: AbortSignal): Promise<Account> {
    return this.#inTurn(async () => {
      const demo = await this.#options.startDemo();
      const secret: KeySecret = { way: 'key', apiKey: demo.apiKey, apiSecret: demo.apiSecret };
      return this.#enter({ siteUrl: new URL(demo.url).origin, keep: 'session', demo: true }, secret, signal);
    });
  }

  signOut(id: string): Promise<AccountsState> {
    return this.#inTurn(async () => {
      const { siteUrl } = this.find(id);
      const secret = this.#secrets.get(id);
      await this.#secrets.forget(id);
      this.#changed();
      if (secret !== null) await this.#options.end(siteUrl, secret);
      return this.state();
    });
  }

  /** Forgets an account and its secret. What it keeps elsewhere is its caller's; its database a window deletes, also after a crash. */
  remove(id: string): Promise<AccountsState> {
    return this.#inTurn(async () => {
      const { siteUrl } = this.find(id);
      const secret = this.#secrets.get(id);
      await this.#secrets.forget(id);
      this.#clients.delete(id);
      this.#credentials.delete(id);
      const accounts = this.#stored.accounts.filter((one) => one.id !== id);
      const active = this.#stored.active === id ? (accounts[0]?.id ?? null) : this.#stored.active;
      this.#write({ active, accounts, toWipe: [...this.#stored.toWipe, id] });
      this.#options.log.info('accounts', `removed ${id} from this device`);
      // The site is told, and not waited for: what is here goes at once.
      if (secret !== null) void this.#options.end(siteUrl, secret);
      return this.state();
    });
  }

  /** Removed, with a database that a window still has to delete. */
  leaves(id: string): boolean {
    return this.#stored.toWipe.includes(id);
  }

  /** The database of a removed account is gone. */
  wiped(id: string): Promise<AccountsState> {
    return this.#inTurn(async () => {
      if (this.leaves(id)) this.#write({ ...this.#stored, toWipe: this.#stored.toWipe.filter((one) => one !== id) });
      return this.state();
    });
  }

  activate(id: string): Promise<Account> {
    return this.#inTurn(async () => {
      const account = this.find(id);
      this.#write({ ...this.#stored, active: id });
      return this.#shown(account);
    });
  }

  refresh(id: string, signal: AbortSignal): Promise<Account> {
    return this.#inTurn(async () => {
      const account = this.find(id);
      const identity = await readIdentity(this.client(id), { priority: 'interactive', signal }, formatsAmong(account.defaults));
      if (identity.user !== account.user) {
        throw new AppError('sign-in', `This sign-in now belongs to ${identity.user}. Sign in again as ${account.user}.`);
      }
      return this.#put({ ...account, ...identity }, this.#stored.active);
    });
  }

  setFormats(id: string, formats: SiteFormats): Promise<Account> {
    return this.#inTurn(async () => this.#put({ ...this.find(id), formats }, this.#stored.active));
  }

  /** What became of a file of `size` bytes that was sent tells how large the site takes them. */
  async learnLargest(id: string, size: number, became: 'taken' | 'too-large'): Promise<void> {
    const learnt = (): number => largestAfter(this.find(id).largestFile, size, became);
    if (learnt() === this.find(id).largestFile) return;
    await this.#inTurn(async () => this.#put({ ...this.find(id), largestFile: learnt() }, this.#stored.active));
  }

  /** Checks a secret against the server, keeps it, and makes its account the active one. What cannot be kept is ended there. */
  enter(entering: Entering, secret: Secret, signal: AbortSignal): Promise<Account> {
    return this.#inTurn(async () => {
      try {
        return await this.#enter(entering, secret, signal);
      } catch (thrown) {
        await this.#options.end(entering.siteUrl, secret);
        throw thrown;
      }
    });
  }

  async #enter({ siteUrl, keep, demo, as }: Entering, secret: Secret, signal: AbortSignal): Promise<Account> {
    const guest = this.#options.connect(
      siteUrl,
      fixedHeaders(() => headersOf(secret)),
    );
    const identity = await identify(guest, secret.way, this.#formatsOf(siteUrl), signal);
    const id = accountIdOf(siteUrl, identity.user);
    if (this.leaves(id)) throw stillBeingRemoved();
    if (as !== undefined && as !== id) throw somebodyElse(identity, this.find(as));
    const before = this.#secrets.get(id);
    const secretPlace = await this.#secrets.keep(id, secret, keep);
    this.#options.log.info('accounts', `signed in as ${id} by ${secret.way}, secret kept in ${secretPlace}`);
    // The one before serves nobody any more.
    if (before !== null) void this.#options.end(siteUrl, before);
    const { formats = {}, largestFile = usualLargest } = this.#stored.accounts.find((one) => one.id === id) ?? {};
    return this.#put({ id, siteUrl, demo, way: secret.way, secretPlace, ...identity, formats, largestFile }, id);
  }

  /** What an account of the site was told of its formats before. */
  #formatsOf(siteUrl: string): SiteFormats {
    return formatsAmong(this.#stored.accounts.find((one) => one.siteUrl === siteUrl)?.defaults ?? {});
  }

  #put(account: StoredAccount, active: string | null): Account {
    const others = this.#stored.accounts.filter((one) => one.id !== account.id);
    // There is one demo; the account of an earlier one that had another address leads nowhere.
    const gone = others.filter((one) => account.demo && one.demo).map(({ id }) => id);
    const accounts = [...others.filter((one) => !gone.includes(one.id)), account];
    this.#write({ active, accounts, toWipe: [...this.#stored.toWipe, ...gone] });
    return this.#shown(account);
  }

  #write(stored: StoredAccounts): void {
    this.#stored = stored;
    writeAccounts(this.#options.store, stored);
    this.#changed();
  }

  #changed(): void {
    this.#options.events.emit('accounts', this.state());
  }

  #shown(account: StoredAccount): Account {
    const { id, defaults, formats } = account;
    return {
      ...account,
      defaults: { ...defaults, ...formats },
      signedIn: this.#secrets.get(id) !== null,
      refused: this.#secrets.isRefused(id),
    };
  }

  /** An account of this device, signed in or not. Throws `no-account`. */
  find(id: string): StoredAccount {
    const account = this.#stored.accounts.find((one) => one.id === id);
    if (account === undefined) throw new AppError('no-account', 'This account is not known on this device. Sign in first.');
    return account;
  }

  #client(account: StoredAccount): ErpClient {
    const known = this.#clients.get(account.id);
    if (known !== undefined) return known;
    const client = this.#options.connect(account.siteUrl, this.#credentialsOf(account), account.id);
    this.#clients.set(account.id, client);
    return client;
  }

  #credentialsOf({ id, siteUrl }: StoredAccount): AccountCredentials {
    const known = this.#credentials.get(id);
    if (known !== undefined) return known;
    const { fetch, now } = this.#options;
    const credentials = new AccountCredentials({
      ...{ siteUrl, fetch, now },
      secret: () => this.#secretOf(id),
      keep: async (renewed, instead) => {
        // A renewal that ends after somebody signed in or out serves nobody.
        if (!(await this.#secrets.replace(id, renewed, instead))) await this.#options.end(siteUrl, renewed);
      },
      took: (taken) => {
        if (this.#secrets.took(id, taken)) this.#changed();
      },
    });
    this.#credentials.set(id, credentials);
    return credentials;
  }

  #secretOf(id: string): Secret {
    const secret = this.#secrets.get(id);
    if (secret === null) throw signedOut(this.find(id));
    return secret;
  }
}

const signedOut = ({ fullName }: StoredAccount): AppError =>
  new AppError('no-account', `${fullName} is signed out on this device. Sign in again; work that waits is kept.`);
