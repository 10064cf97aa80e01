import { AppError } from '@shared/errors';
import { mayUpdate } from '@shared/system/updates';
import type { UpdateChoice, UpdateState } from '@shared/system/updates';
import type { Log } from '../log';
import type { Updates } from './ports';
import type { Release } from './signed-release';

/** What fetches and installs; `null` from `check` where there is nothing newer. */
export type Updater = {
  check: () => Promise<Release | null>;
  fetch: (onPercent: (percent: number) => void) => Promise<void>;
  /** Ends the app, installs, and opens the new one. */
  install: () => void;
  /** Whether what was fetched is installed when the app ends by itself. */
  installAtEnd: (yes: boolean) => void;
};

export type AppUpdatesOptions = {
  updater: Updater;
  isSigned: (release: Release) => Promise<boolean>;
  choice: () => UpdateChoice;
  /** Whether work is being sent; null before the window has said so. */
  told: () => { sending: boolean } | null;
  changed: (state: UpdateState) => void;
  now: () => number;
  log: Log;
};

/** Newer versions of the app: found, fetched and installed as the person chose, and never while work is being sent. */
export class AppUpdates implements Updates {
  readonly #options: AppUpdatesOptions;
  #state: UpdateState = { at: 'idle', checkedAt: null };
  #busy = false;

  constructor(options: AppUpdatesOptions) {
    this.#options = options;
  }

  state(): UpdateState {
    return this.#options.choice() === 'off' ? { at: 'off', why: 'setting' } : this.#state;
  }

  /** Asks the feed. A version that the maker did not sign is not offered, and said. */
  async check(): Promise<UpdateState> {
    if (this.#busy || this.state().at === 'off' || this.#state.at === 'ready') return this.state();
    const { updater, isSigned, now } = this.#options;
    await this.#attempt('looked for', async () => {
      this.#enter({ at: 'checking' });
      const release = await updater.check();
      if (release === null) return this.#enter({ at: 'idle', checkedAt: now() });
      if (!(await isSigned(release)))
        throw new AppError(
          'refused',
          `Version ${release.version} is on offer, but the maker of Fieldbook did not sign it. It was not installed.`,
        );
      this.#enter({ at: 'found', version: release.version, notes: release.notes });
    });
    if (this.#options.choice() === 'automatic') await this.#fetch();
    return this.state();
  }

  /** Fetches what was found; installs what was fetched, once nothing is being sent. */
  async update(): Promise<UpdateState> {
    if (this.#state.at === 'ready') {
      this.#enter({ ...this.#state, waits: true });
      this.#installIfWanted();
    } else await this.#fetch();
    return this.state();
  }

  /** The window said how things stand: what waited for that goes on. */
  async toldAgain(): Promise<void> {
    this.#options.updater.installAtEnd(this.#state.at === 'ready' && this.#options.choice() === 'automatic' && this.#mayGoOn);
    this.#installIfWanted();
    if (this.#state.at === 'found' && this.#options.choice() === 'automatic') await this.#fetch();
  }

  get #mayGoOn(): boolean {
    return mayUpdate(this.#options.told());
  }

  #installIfWanted(): void {
    if (this.#state.at === 'ready' && this.#state.waits && this.#mayGoOn) this.#options.updater.install();
  }

  async #fetch(): Promise<void> {
    if (this.#state.at !== 'found' || this.#busy || !this.#mayGoOn) return;
    const { version, notes } = this.#state;
    await this.#attempt('fetched', async () => {
      this.#enter({ at: 'fetching', version, percent: 0 });
      await this.#options.updater.fetch((percent) => this.#enter({ at: 'fetching', version, percent: Math.floor(percent) }));
      this.#enter({ at: 'ready', version, notes, waits: false });
      this.#options.updater.installAtEnd(this.#options.choice() === 'automatic' && this.#mayGoOn);
    });
  }

  async #attempt(what: string, task: () => Promise<void>): Promise<void> {
    this.#busy = true;
    try {
      await task();
    } catch (thrown) {
      const { code, message } = AppError.from(thrown);
      this.#options.log.warn('updates', `A newer version could not be ${what}: ${message}`);
      this.#enter({
        at: 'failed',
        message: code === 'refused' ? message : `A newer version could not be ${what}. Fieldbook goes on as it is, and tries again later.`,
      });
    } finally {
      this.#busy = false;
    }
  }

  #enter(state: UpdateState): void {
    this.#state = state;
    this.#options.changed(this.state());
  }
}
