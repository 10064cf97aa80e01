import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { Bridge } from '@shared/bridge';
import type { Account, AccountsState, KeyStore, SiteProbe } from '@shared/bridge/accounts';
import type { Environment } from '@shared/bridge/app';
import type { BrowserStep, PasswordStep } from '@shared/bridge/sign-in';
import { formatsAmong } from '@shared/erp/site-formats';
import { AppError } from '@shared/errors';
import type { LinkState } from '../bridge/channel';
import type { Connection } from '../bridge/client';
import { logTo, logged } from '../bridge/log-to';
import { openWithKey } from '../cache/open-with-key';
import type { Cache } from '../cache/open-cache';
import type { Recorder } from '../cache/record';
import { wipeCache } from '../cache/wipe';
import { startSearch } from '../search/start-search';
import type { SearchHandle } from '../search/start-search';
import { startSync } from '../sync/start-worker';
import type { SyncHandle } from '../sync/start-worker';

/** What the active account works with. One for as long as it stays active. */
export type Workspace = { accountId: string; cache: Cache; recorder: Recorder; sync: SyncHandle; search: SearchHandle };

/**
 * Why what the active account keeps here is not open. `foreign`: it was sealed with another key than the one of this device
 * now, with so many unsent changes in it.
 */
export type Closed = { accountId: string } & ({ why: 'error'; error: AppError } | { why: 'foreign'; unsent: number });

/** Where somebody signs in. `account`: whose sign-in it renews. */
type Where = { address: string; keep: 'session' | 'store'; account?: string };

/** Accounts, the open cache and the sync engine of the active one. Only stores use `bridge`. */
export const useSession = defineStore('session', () => {
  const connection = shallowRef<Connection | null>(null);
  const link = shallowRef<LinkState>('open');
  const environment = shallowRef<Environment | null>(null);
  const accounts = shallowRef<AccountsState>({ active: null, accounts: [], toWipe: [] });
  const workspace = shallowRef<Workspace | null>(null);

  const wiping = new Set<string>();
  const closed = shallowRef<Closed | null>(null);
  let opening: Promise<void> = Promise.resolve();

  const account = computed(() => accounts.value.accounts.find((one) => one.id === accounts.value.active) ?? null);
  const cache = computed(() => workspace.value?.cache ?? null);
  const recorder = computed(() => workspace.value?.recorder ?? null);

  const bridge = computed((): Bridge => {
    if (!connection.value) throw new AppError('internal', 'The window is not connected to the main process yet.');
    return connection.value.bridge;
  });

  function workspaceOf(accountId: string, opened: Cache, key: Uint8Array): Workspace {
    return {
      accountId,
      cache: opened,
      recorder: {
        cache: opened,
        bridge: bridge.value,
        account: accountId,
        now: () => Date.now(),
        uuid: () => crypto.randomUUID(),
        random: () => Math.random(),
        log: logTo(bridge.value, 'outbox'),
      },
      sync: startSync(accountId, key),
      // Whoever searches is told by the search itself; this is what failed in between.
      search: startSearch(accountId, key, (error) => logTo(bridge.value, 'search')('error', logged(error))),
    };
  }

  function closeWorkspace(): void {
    workspace.value?.sync.stop();
    workspace.value?.search.stop();
    workspace.value?.cache.close();
    workspace.value = null;
  }

  /** Opens what the active account keeps here; the one before it is shown until then. */
  async function openActive(): Promise<void> {
    const { active } = accounts.value;
    if (workspace.value?.accountId === (active ?? undefined)) return;
    closed.value = null;
    if (active === null) return closeWorkspace();
    try {
      const opened = await openWithKey(bridge.value, active);
      closeWorkspace();
      if (opened.kind === 'open') workspace.value = workspaceOf(active, opened.cache, opened.key);
      else closed.value = { accountId: active, why: 'foreign', unsent: opened.unsent };
    } catch (thrown) {
      closeWorkspace();
      closed.value = { accountId: active, why: 'error', error: AppError.from(thrown) };
    }
  }

  /** One after another, each with the newest state: who waits for it finds the account open, or `closed` saying why not. */
  function follow(state: AccountsState): Promise<void> {
    accounts.value = state;
    opening = opening.then(async () => {
      await openActive();
      for (const id of accounts.value.toWipe) if (!wiping.has(id)) void wipe(id);
    });
    return opening;
  }

  /** Deletes the database of a removed account; where that fails, the next start tries again. */
  async function wipe(accountId: string): Promise<void> {
    wiping.add(accountId);
    try {
      await wipeCache(accountId);
      await bridge.value.accounts.wiped({ account: accountId });
    } catch (thrown) {
      logTo(bridge.value, 'accounts')('error', logged(AppError.from(thrown)));
    } finally {
      wiping.delete(accountId);
    }
  }

  async function start(made: Connection): Promise<void> {
    connection.value = made;
    link.value = made.link.state;
    made.link.onChange((state) => (link.value = state));
    made.on('accounts', (state) => void follow(state));
    const [env, state] = await Promise.all([made.bridge.app.environment({}), made.bridge.accounts.state({})]);
    environment.value = env;
    await follow(state);
    if (env.startInDemo && !state.accounts.some((one) => one.demo && one.id === state.active)) await startDemo();
    made.on('wake', () => workspace.value?.sync.send({ kind: 'wake' }));
  }

  async function reread(): Promise<void> {
    await follow(await bridge.value.accounts.state({}));
  }

  /** Whoever signed in is the active account now, and its engine goes on. */
  async function entered<T>(signed: T): Promise<T> {
    await reread();
    workspace.value?.sync.send({ kind: 'signed-in' });
    return signed;
  }

  const signIn = async (request: Where & { apiKey: string; apiSecret: string }): Promise<Account> =>
    entered(await bridge.value.accounts.signIn(request));

  async function signInByPassword(request: Where & { user: string; password: string }): Promise<PasswordStep> {
    const step = await bridge.value.signIn.password(request);
    return step.at === 'signed-in' ? entered(step) : step;
  }

  async function signInByCode(ticket: string, code: string): Promise<PasswordStep> {
    const step = await bridge.value.signIn.code({ ticket, code });
    return step.at === 'signed-in' ? entered(step) : step;
  }

  const beginInBrowser = (request: Where & { clientId: string }): Promise<BrowserStep> => bridge.value.signIn.browser(request);

  /** Waits for whoever signs in in the browser. */
  const returnFromBrowser = async (ticket: string, signal: AbortSignal): Promise<Account> =>
    entered(await bridge.value.signIn.returned({ ticket }, { signal }));

  const startDemo = async (): Promise<Account> => entered(await bridge.value.accounts.startDemo({}));

  async function signOut(accountId: string): Promise<void> {
    await follow(await bridge.value.accounts.signOut({ account: accountId }));
  }

  /** Takes an account off this device with all that is kept of it, unsent work too. */
  async function remove(accountId: string): Promise<void> {
    await follow(await bridge.value.accounts.remove({ account: accountId }));
  }

  /** The DocTypes of an account's changes that have not reached its server, one a change. */
  const unsentOf = (accountId: string): Promise<string[]> => bridge.value.journal.unsent({ account: accountId });

  async function activate(accountId: string): Promise<void> {
    await bridge.value.accounts.activate({ account: accountId });
    await reread();
  }

  /** Keeps how the active account's person wants dates and numbers written; what is no option is as the site says. */
  async function setFormats(formats: Readonly<Record<string, string | undefined>>): Promise<void> {
    if (account.value === null) return;
    await bridge.value.accounts.setFormats({ account: account.value.id, formats: formatsAmong(formats) });
    await reread();
  }

  /** Tries again to open what the active account keeps here. */
  const openAgain = (): Promise<void> => follow(accounts.value);

  /** Deletes what no key opens any more; the account begins anew. */
  async function startAnew(): Promise<void> {
    if (closed.value?.why !== 'foreign') return;
    await wipeCache(closed.value.accountId);
    await openAgain();
  }

  const probe = (address: string): Promise<SiteProbe> => bridge.value.accounts.probe({ address });
  const keyStore = (): Promise<KeyStore> => bridge.value.accounts.keyStore({});

  return {
    connection,
    link,
    environment,
    accounts,
    account,
    workspace,
    closed,
    cache,
    recorder,
    bridge,
    start,
    signIn,
    signInByPassword,
    signInByCode,
    beginInBrowser,
    returnFromBrowser,
    startDemo,
    signOut,
    remove,
    unsentOf,
    activate,
    setFormats,
    openAgain,
    startAnew,
    probe,
    keyStore,
  };
});

/** The active account's workspace, for what is shown only while there is one: the shell and everything in it. */
export function useWorkspace(): Workspace {
  const { workspace } = useSession();
  if (!workspace) throw new AppError('no-account', 'There is no active account on this device. Sign in first.');
  return workspace;
}
