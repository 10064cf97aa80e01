import type { LiveHint, LiveState, Viewers } from '@shared/bridge/live';
import { AppError } from '@shared/errors';
import { whyOff } from '@shared/live/live-wish';
import { z } from 'zod';
import type { Accounts } from '../accounts/accounts';
import type { Pace } from '../erp/retry';
import type { Events } from '../events';
import type { Log } from '../log';
import type { SettingsService } from '../settings/settings';
import type { Store } from '../settings/store';
import type { OpenSocketBy } from './open-socket';
import { Realtime } from './realtime';
import {
  benchSocket,
  ownSocket,
  ownSocketAddress,
  siteSocket,
  socketPortOf,
  usualSocketPort,
  type SocketAddress,
} from './socket-addresses';
import { Windows, type WindowReport } from './windows';

/** What a host knows of its window and its power by itself; where it knows neither, the pages tell. */
export type Attention = { state: () => { hidden: boolean; onBattery: boolean }; onChange: (listener: () => void) => void };

export type LiveOptions = {
  accounts: Pick<Accounts, 'state' | 'find' | 'headers' | 'client'>;
  settings: Pick<SettingsService, 'get'>;
  events: Events;
  store: Store;
  open: OpenSocketBy;
  pace: Pace;
  now: () => number;
  log: Log;
  attention?: Attention | undefined;
};

/** Windows that fell silent are looked for this often (ms). */
const lookEveryMs = 60_000;

const addressKey = 'liveAddresses';
const addressesSchema = z.record(z.string(), z.string());

/** Frappe wants some cookie in the handshake; the sign-in is in the headers. */
const someCookie = 'system_user=yes';

/**
 * Listens to the site of the active account while that is of use, and passes its hints on. It decides when a socket is open at
 * all; `Realtime` holds it.
 */
export class Live {
  readonly #options: LiveOptions;
  readonly #windows: Windows;
  readonly #asked = new Map<string, readonly string[]>();
  readonly #viewers = new Map<string, string[]>();
  readonly #dead = new Set<string>();
  readonly #benchPorts = new Map<string, number>();
  #running: { account: string; siteUrl: string; realtime: Realtime } | null = null;
  #state: LiveState = { at: 'off', why: 'no-account' };
  readonly #timer: NodeJS.Timeout;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#windows = new Windows(options.now);
    options.events.on((name) => {
      if (name === 'accounts') this.#accountsChanged();
      if (name === 'settings') this.#look();
      if (name === 'wake') this.#running?.realtime.nudge();
    });
    options.attention?.onChange(() => this.#look());
    this.#timer = setInterval(() => this.#look(), lookEveryMs);
    this.#timer.unref();
  }

  state(): LiveState {
    return this.#state;
  }

  follow(account: string, doctypes: readonly string[]): LiveState {
    this.#asked.set(account, doctypes);
    if (this.#running?.account === account) this.#running.realtime.follow(doctypes);
    this.#look();
    return this.#state;
  }

  attend(window: string, report: WindowReport): { viewers: string[] } {
    const wasHidden = this.#windows.hidden;
    this.#windows.report(window, report);
    this.#look();
    if (wasHidden && !report.hidden) this.#running?.realtime.nudge();
    const { account, document } = report;
    return { viewers: document === null ? [] : (this.#viewers.get(viewersKey(account, document)) ?? []) };
  }

  address(account: string): string | null {
    this.#options.accounts.find(account);
    return this.#addresses()[account] ?? null;
  }

  setAddress(account: string, typed: string | null): string | null {
    const address = ownSocketAddress(typed, this.#options.accounts.find(account).siteUrl);
    const { [account]: _before, ...others } = this.#addresses();
    this.#options.store.set(addressKey, address === null ? others : { ...others, [account]: address });
    this.#stop();
    this.#look();
    return address;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#stop();
  }

  #addresses(): Record<string, string> {
    const { success, data } = addressesSchema.safeParse(this.#options.store.get(addressKey) ?? {});
    return success ? data : {};
  }

  /** Somebody signed in or out, or another account is active: the connection that stands may be nobody's. */
  #accountsChanged(): void {
    const { active, accounts } = this.#options.accounts.state();
    const account = accounts.find(({ id }) => id === active);
    // Somebody may have signed in anew; where not, the next handshake tells so again.
    this.#dead.clear();
    if (this.#running !== null && (this.#running.account !== active || account?.signedIn !== true)) this.#stop();
    this.#look();
  }

  #look(): void {
    const { accounts, settings, attention } = this.#options;
    const { active, accounts: known } = accounts.state();
    const account = known.find(({ id }) => id === active) ?? null;
    const { hidden, onBattery } = attention?.state() ?? this.#windows;
    const off = whyOff({
      account,
      dead: account !== null && this.#dead.has(account.id),
      chosenOffline: settings.get().workOffline,
      asked: account !== null && this.#asked.has(account.id),
      hidden,
      onBattery,
    });
    if (off !== null || account === null) {
      this.#stop();
      return this.#enter({ at: 'off', why: off ?? 'no-account' });
    }
    this.#running ??= this.#start(account.id, account.siteUrl);
    const shown = this.#windows.documents(account.id);
    this.#running.realtime.show(shown);
    // Who looks at one that is closed here is not told any more.
    const keys = new Set(shown.map((document) => viewersKey(account.id, document)));
    for (const key of this.#viewers.keys()) if (!keys.has(key)) this.#viewers.delete(key);
  }

  #start(account: string, siteUrl: string): { account: string; siteUrl: string; realtime: Realtime } {
    const { open, pace, now, log, events } = this.#options;
    const realtime = new Realtime({
      ...{ open, pace, now, log },
      addresses: () => this.#ways(account, siteUrl),
      headers: () => this.#headers(account, siteUrl),
      isDead: (signal) => this.#isDead(account, signal),
      onState: (state) => this.#enter(state),
      onHint: (hint: LiveHint) => events.emit('hint', { account, hint }),
      onViewers: (viewers) => this.#tellViewers(account, viewers),
      onDead: () => {
        this.#dead.add(account);
        this.#look();
      },
    });
    realtime.follow(this.#asked.get(account) ?? []);
    return { account, siteUrl, realtime };
  }

  #stop(): void {
    this.#running?.realtime.close();
    this.#running = null;
  }

  /** Those of the handshake; null where there is no sign-in that could go along. */
  async #headers(account: string, siteUrl: string): Promise<Record<string, string> | null> {
    try {
      return { Cookie: someCookie, ...(await this.#options.accounts.headers(account)), Origin: new URL(siteUrl).origin };
    } catch (thrown) {
      if (isSignedOut(thrown)) return null;
      throw thrown;
    }
  }

  async *#ways(account: string, siteUrl: string): AsyncGenerator<SocketAddress> {
    const own = this.address(account);
    if (own !== null) return yield* ownSocket(siteUrl, own);
    yield* siteSocket(siteUrl);
    yield* benchSocket(siteUrl, await this.#benchPort(account));
  }

  /** The sign-in page tells where a development bench listens; until it can be read the usual port is tried. */
  async #benchPort(account: string): Promise<number> {
    const known = this.#benchPorts.get(account);
    if (known !== undefined) return known;
    try {
      const page = await this.#options.accounts.client(account).signInPage({ priority: 'bulk', signal: AbortSignal.timeout(10_000) });
      this.#benchPorts.set(account, socketPortOf(page));
    } catch (thrown) {
      this.#options.log.debug('live', `the sign-in page was not read (${AppError.from(thrown).code})`);
    }
    return this.#benchPorts.get(account) ?? usualSocketPort;
  }

  async #isDead(account: string, signal: AbortSignal): Promise<boolean> {
    try {
      await this.#options.accounts.client(account).call('GET', 'frappe.auth.get_logged_user', {}, { priority: 'bulk', signal });
      return false;
    } catch (thrown) {
      return isSignedOut(thrown);
    }
  }

  #tellViewers(account: string, viewers: Viewers): void {
    if (viewers.users.length === 0) this.#viewers.delete(viewersKey(account, viewers));
    else this.#viewers.set(viewersKey(account, viewers), viewers.users);
    this.#options.events.emit('viewers', { account, ...viewers });
  }

  #enter(state: LiveState): void {
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    this.#options.events.emit('live', state);
  }
}

const isSignedOut = (thrown: unknown): boolean => ['sign-in', 'no-account'].includes(AppError.from(thrown).code);

const viewersKey = (account: string, { doctype, name }: { doctype: string; name: string }): string =>
  JSON.stringify([account, doctype, name]);
