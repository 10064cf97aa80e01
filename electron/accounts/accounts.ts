import type { Account, AccountsState, SiteProbe } from '@shared/bridge/accounts';
import { formatsAmong, type SiteFormats } from '@shared/erp/site-formats';
import { AppError } from '@shared/errors';
import { largestAfter, usualLargest } from '@shared/files/site-limit';
import type { ErpClient } from '../erp/client';
import type { Events } from '../events';
import type { Log } from '../log';
import type { Store } from '../settings/store';
import { accountIdOf, readIdentity, type Identity } from './identity';
import { authorizationOf, type Secret } from './secret';
import { readAccounts, writeAccounts, type StoredAccount, type StoredAccounts } from './stored-accounts';
import type { Vault } from './vault';

export type DemoSite = { url: string; apiKey: string; apiSecret: string };

export type AccountsOptions = {
  store: Store;
  vault: Vault;
  events: Events;
  log: Log;
  probe: (address: string, signal: AbortSignal) => Promise<SiteProbe>;
  /** `account`: whose requests are counted; nobody's while it is not known yet who signs in. */
  connect: (siteUrl: string, authorization: () => string | null, account?: string) => ErpClient;
  startDemo: () => Promise<DemoSite>;
};

type SignIn = Secret & { address: string; keep: 'session' | 'store' };

const stillBeingRemoved = (): AppError =>
  new AppError('try-again', 'This account is still being removed from this device. Try again in a moment, or start Fieldbook anew.');

/** The accounts of this device: who they are is kept, their secrets are the vault's, their clients live here. */
export class Accounts {
  readonly #options: AccountsOptions;
  readonly #secrets = new Map<string, Secret>();
  readonly #clients = new Map<string, ErpClient>();
  #stored: StoredAccounts;
  /** Changes of accounts, one after another. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: AccountsOptions) {
    this.#options = options;
    this.#stored = readAccounts(options.store);
  }

  /** Signs in the accounts whose secret can be read. Asks no server. */
  async start(): Promise<void> {
    for (const account of this.#stored.accounts) {
      const found = await this.#options.vault.find(account.id);
      if (found.at === 'found') this.#secrets.set(account.id, found.secret);
      else if (found.at === 'locked') this.#options.log.warn('accounts', `the sign-in of ${account.id} is locked in the key store`);
    }
  }

  state(): AccountsState {
    const { active, accounts, toWipe } = this.#stored;
    return { active, accounts: accounts.map((account) => this.#shown(account)), toWipe };
  }

  probe(address: string, signal: AbortSignal): Promise<SiteProbe> {
    return this.#options.probe(address, signal);
  }

  /** The client of a signed-in account. Throws `no-account`. */
  client(id: string): ErpClient {
    const account = this.find(id);
    if (!this.#secrets.has(id)) {
      throw new AppError('no-account', `${account.fullName} is signed out on this device. Sign in again; work that waits is kept.`);
    }
    return this.#client(account);
  }

  signIn(signIn: SignIn, signal: AbortSignal): Promise<Account> {
    return this.#inTurn(async () => {
      const { siteUrl } = await this.#options.probe(signIn.address, signal);
      return this.#enter(siteUrl, signIn, signIn.keep, false, signal);
    });
  }

  startDemo(signal: AbortSignal): Promise<Account> {
    return this.#inTurn(async () => {
      const demo = await this.#options.startDemo();
      return this.#enter(new URL(demo.url).origin, demo, 'session', true, signal);
    });
  }

  signOut(id: string): Promise<AccountsState> {
    return this.#inTurn(async () => {
      this.find(id);
      await this.#options.vault.forget(id);
      this.#secrets.delete(id);
      this.#changed();
      return this.state();
    });
  }

  /** Forgets an account and its secret. What it keeps elsewhere is its caller's; its database a window deletes, also after a crash. */
  remove(id: string): Promise<AccountsState> {
    return this.#inTurn(async () => {
      this.find(id);
      await this.#options.vault.forget(id);
      this.#secrets.delete(id);
      this.#clients.delete(id);
      const accounts = this.#stored.accounts.filter((one) => one.id !== id);
      const active = this.#stored.active === id ? (accounts[0]?.id ?? null) : this.#stored.active;
      this.#write({ active, accounts, toWipe: [...this.#stored.toWipe, id] });
      this.#options.log.info('accounts', `removed ${id} from this device`);
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
        throw new AppError('sign-in', `This key now belongs to ${identity.user}. Sign in again as ${account.user}.`);
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

  /** Checks a secret against the server, keeps it, and makes its account the active one. */
  async #enter(siteUrl: string, given: Secret, keep: 'session' | 'store', demo: boolean, signal: AbortSignal): Promise<Account> {
    const secret = { apiKey: given.apiKey.trim(), apiSecret: given.apiSecret.trim() };
    const guest = this.#options.connect(siteUrl, () => authorizationOf(secret));
    const identity = await this.#identify(guest, this.#formatsOf(siteUrl), signal);
    const id = accountIdOf(siteUrl, identity.user);
    if (this.leaves(id)) throw stillBeingRemoved();
    const secretPlace = await this.#options.vault.keep(id, secret, keep);
    this.#secrets.set(id, secret);
    this.#options.log.info('accounts', `signed in as ${id}, secret kept in ${secretPlace}`);
    const { formats = {}, largestFile = usualLargest } = this.#stored.accounts.find((one) => one.id === id) ?? {};
    return this.#put({ id, siteUrl, demo, secretPlace, ...identity, formats, largestFile }, id);
  }

  /** What an account of the site was told of its formats before. */
  #formatsOf(siteUrl: string): SiteFormats {
    return formatsAmong(this.#stored.accounts.find((one) => one.siteUrl === siteUrl)?.defaults ?? {});
  }

  async #identify(client: ErpClient, known: SiteFormats, signal: AbortSignal): Promise<Identity> {
    try {
      return await readIdentity(client, { priority: 'interactive', signal }, known);
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (error.code !== 'sign-in') throw error;
      throw new AppError('sign-in', 'The site does not accept this key and secret. Check both, or have new ones made.', error.details);
    }
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
    return { ...account, defaults: { ...account.defaults, ...account.formats }, signedIn: this.#secrets.has(account.id) };
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
    const client = this.#options.connect(
      account.siteUrl,
      () => {
        const secret = this.#secrets.get(account.id);
        return secret === undefined ? null : authorizationOf(secret);
      },
      account.id,
    );
    this.#clients.set(account.id, client);
    return client;
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(task, task);
    // The next one waits for this one, however it ends; whoever called hears of a failure.
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}
