import { AppError, isStorageError } from '@shared/errors';
import { isDue } from '@shared/sync/due';
import type { Settings } from '@shared/bridge/settings';
import type { SyncCommand, SyncState } from '@shared/sync/sync-state';
import { forgetClean } from '../cache/forget-clean';
import { flushJournal } from '../cache/journal';
import { reconcileWithJournal } from '../cache/restore';
import { forgetRefusals } from '../cache/site-files';
import { storageError } from '../cache/storage-error';
import { noteSignIn } from '../cache/doctypes';
import { ConnectivityWatch } from './connectivity';
import { download } from './download';
import type { DownloadOptions, Downloaded } from './download';
import { readFacts } from './facts';
import { FollowedRenames } from './followed-renames';
import { noteIdentity } from './identity';
import { keepFiles } from './keep-files';
import { listSiteFilesSoon } from './list-site-files';
import { LinkClosure } from './link-closure';
import { Loop } from './loop';
import type { Ports } from './ports';
import { push } from './push/push';
import { refreshDocument } from './refresh';
import type { Site } from './site';
import { SyncStatus } from './sync-status';
import { tidyFiles } from './tidy-files';
import { watchErp } from './watched-bridge';

/** How often the profile is looked through: the shorter when the last round brought something. */
const intervalMs = { shortest: 60_000, longest: 5 * 60_000 };

/** Whoever comes back to the window sees what is no older than this. */
const staleMs = 10_000;

/**
 * The sync engine of one account: sends what waits and brings what changed, one round at a time each way. It acts;
 * `shared/sync` decides. Every effect comes through its ports.
 */
export class Engine {
  readonly #ports: Ports;
  readonly #watch: ConnectivityWatch;
  readonly #status: SyncStatus;
  readonly #site: Site;
  readonly #closure = new LinkClosure();
  readonly #starting: Loop;
  readonly #telling: Loop;
  readonly #pushing: Loop;
  readonly #pulling: Loop;
  readonly #filing: Loop;
  /** What came before the start was done, in the order in which it was asked for last. */
  readonly #early = new Map<string, SyncCommand>();
  #begun = false;
  #stopped = false;
  #wanted: { doctypes?: string[]; sweep?: boolean; rebuild?: boolean } = {};
  #interval = intervalMs.shortest;
  /** A person asked for the files that are missing. */
  #filesAgain = false;
  /** When the last round of downloading began (ms). */
  #pulledAt = 0;

  constructor(ports: Ports, publish: (state: SyncState) => void) {
    this.#ports = ports;
    this.#watch = new ConnectivityWatch(ports, () => this.#connectivityChanged());
    this.#status = new SyncStatus(ports.account, this.#watch, publish);
    this.#site = {
      ...ports,
      watch: this.#watch,
      links: this.#closure,
      renames: new FollowedRenames(),
      erp: watchErp(ports.bridge, this.#watch, this.#status.traffic),
      facts: { user: '', fullName: '', timeZone: 'UTC', allowIdxMarker: true },
    };
    this.#starting = new Loop(() => this.#begin(), ports);
    this.#telling = new Loop(() => this.#tell(), ports);
    this.#pushing = new Loop(() => this.#push(), ports);
    this.#pulling = new Loop(() => this.#pull(), ports);
    this.#filing = new Loop(() => this.#keepFiles(), ports);
  }

  get state(): SyncState {
    return this.#status.state;
  }

  /**
   * Makes database and journal agree, then begins to sync. Resolves when that was tried once; where it failed it is tried
   * again, by itself and with each command, and nothing is sent or asked before it succeeded.
   */
  start(): Promise<void> {
    this.#starting.run();
    return this.#starting.ended();
  }

  async #begin(): Promise<null> {
    if (this.#begun) return null;
    const settings = await this.#prepare();
    this.#begun = true;
    if (settings.workOffline) this.#watch.workOffline(true);
    this.#status.change({ trouble: null });
    const early = [...this.#early.values()];
    this.#early.clear();
    early.forEach((command) => this.handle(command));
    this.syncNow();
    return null;
  }

  async #prepare(): Promise<Settings> {
    try {
      const { restored, ...safetyCopy } = await reconcileWithJournal(this.#ports);
      const { unreadable, damaged } = safetyCopy;
      if (restored + unreadable + damaged > 0)
        this.#ports.log('warn', `journal: ${restored} changes restored, ${unreadable} could not be read, ${damaged} places damaged`);
      this.#status.change({ safetyCopy: { failing: null, ...safetyCopy } });
      return await this.#ports.bridge.settings.get({});
    } catch (thrown) {
      const { code, message } = AppError.from(thrown);
      this.#status.change({ trouble: { at: 'start', code, message } });
      throw thrown;
    }
  }

  handle(command: SyncCommand): void {
    if (!this.#begun) return this.#putOff(command);
    switch (command.kind) {
      case 'saved':
        this.#telling.run();
        return this.#pushing.run();
      case 'sync-now':
        this.#watch.look();
        if (this.#watch.state.kind === 'budget') void this.#liftBudget();
        return this.syncNow(true);
      case 'download':
        this.#pauseDownload(false);
        this.#wanted = { ...this.#wanted, ...(command.doctypes === undefined ? {} : { doctypes: command.doctypes }) };
        return this.#pulling.run();
      case 'pause-download':
        return this.#pauseDownload(true);
      case 'fetch-files':
        if (command.again) this.#pauseDownload(false);
        this.#filesAgain ||= command.again;
        return this.#filing.run();
      case 'rebuild':
        this.#pauseDownload(false);
        this.#wanted = { rebuild: true };
        return this.#pulling.run();
      case 'work-offline':
        return this.#watch.workOffline(command.on);
      case 'wake':
        this.#watch.wake();
        return this.syncNow();
      case 'focus':
        if (!isDue(this.#pulledAt, this.#ports.now(), staleMs)) return;
        this.#watch.look();
        return this.syncNow();
      case 'budget-changed':
        return this.#watch.budgetChanged();
      case 'signed-in':
        this.#watch.signedIn();
        return this.#signedIn();
      case 'refresh':
        if (this.#begun && !this.#stopped && this.#watch.mayAskFor('interactive')) void refreshDocument(this.#site, command);
        return;
    }
  }

  /** They may be permitted what they were not before, and the site may have changed meanwhile. */
  #signedIn(): void {
    const { cache, now, log } = this.#ports;
    const noted = Promise.all([noteSignIn(cache, now()), noteIdentity(this.#ports, now())]);
    noted.then(
      () => this.syncNow(),
      (thrown: unknown) => log('error', AppError.from(thrown).message),
    );
  }

  /** A person wants it now, whatever they let sync make of requests otherwise. */
  async #liftBudget(): Promise<void> {
    const { bridge, account, log } = this.#ports;
    try {
      await bridge.apiUse.liftBudget({ account });
      this.#watch.budgetChanged();
    } catch (thrown) {
      log('error', AppError.from(thrown).message);
    }
  }

  #putOff(command: SyncCommand): void {
    const key = JSON.stringify(command);
    this.#early.delete(key);
    this.#early.set(key, command);
    if (this.#status.state.trouble !== null) this.#starting.run();
  }

  /** Sends and brings now. `sweep`: compare names too, as a person who asks for a sync expects. */
  syncNow(sweep = false): void {
    if (this.#stopped) return;
    if (sweep) this.#wanted = { ...this.#wanted, sweep: true };
    this.#telling.run();
    this.#pushing.run();
    this.#pulling.run();
  }

  /** Nothing is under way and nothing is left to do now. */
  async idle(): Promise<void> {
    await this.#starting.ended();
    const rounds = [this.#telling, this.#pushing, this.#pulling, this.#filing];
    while (rounds.some((loop) => loop.busy)) await Promise.all(rounds.map((loop) => loop.ended()));
  }

  stop(): void {
    this.#stopped = true;
    for (const loop of [this.#starting, this.#telling, this.#pushing, this.#pulling, this.#filing]) loop.stop();
    this.#watch.stop();
  }

  #pauseDownload(on: boolean): void {
    if (this.state.downloadPaused !== on) this.#status.change({ downloadPaused: on });
  }

  get #mayWork(): boolean {
    return this.#begun && !this.#stopped && this.#watch.mayAsk;
  }

  /** What the journal could not be told with the change itself, it is told as soon as it can be, also without a connection. */
  async #tell(): Promise<null> {
    try {
      this.#copies(await flushJournal(this.#ports));
    } catch (thrown) {
      this.#copies(storageError(thrown));
      throw thrown;
    }
    return null;
  }

  #copies(error: AppError | null): void {
    const failing = error === null ? null : { code: error.code, message: error.message };
    if (failing === null && this.state.safetyCopy.failing === null) return;
    this.#status.change({ safetyCopy: { ...this.state.safetyCopy, failing } });
  }

  async #push(): Promise<number | null> {
    if (!this.#mayWork) return null;
    this.#site.facts = await readFacts(this.#ports);
    const due = await this.#send();
    return due === null ? null : Math.max(500, due - this.#ports.now());
  }

  /** What keeps this device from writing down what it sends is said for as long as it does. */
  async #send(): Promise<number | null> {
    try {
      const due = await push(this.#site, (progress) => this.#status.sending(progress));
      if (this.state.trouble !== null) this.#status.change({ trouble: null });
      return due;
    } catch (thrown) {
      const error = storageError(thrown);
      const { code, message } = error;
      if (isStorageError(error)) this.#status.change({ trouble: { at: 'storage', code, message } });
      throw error;
    }
  }

  async #pull(): Promise<number | null> {
    if (!this.#mayWork) return null;
    const startedAt = this.#ports.now();
    this.#pulledAt = startedAt;
    this.#site.facts = await readFacts(this.#ports);
    const { rebuild = false, ...wanted } = this.#wanted;
    this.#wanted = {};
    if (rebuild) await this.#rebuild();
    const { news } = await this.#download({
      ...wanted,
      paused: () => this.state.downloadPaused || this.#stopped || this.#wanted.rebuild === true,
      begin: (doctypes) => this.#status.downloading(doctypes),
      report: (progress) => this.#status.pulled(progress),
      compared: (doctype, cost) => this.#status.compared(doctype, cost, startedAt, this.#ports.now()),
    });
    // A version that arrived may have freed an edit, or ended one.
    this.#pushing.run();
    this.#filing.run();
    this.#interval = news > 0 ? intervalMs.shortest : Math.min(intervalMs.longest, this.#interval * 1.5);
    return this.#interval * (0.8 + 0.4 * this.#ports.random());
  }

  /** After the documents, the attachments that are to be here. What was cut off goes on with the next download. */
  async #keepFiles(): Promise<null> {
    if (!this.#mayWork || this.state.downloadPaused) return null;
    if (this.#filesAgain) {
      this.#filesAgain = false;
      await forgetRefusals(this.#ports.cache);
      await listSiteFilesSoon(this.#site);
    }
    try {
      await keepFiles(this.#site, {
        paused: () => this.state.downloadPaused || this.#stopped,
        report: (progress) => {
          if (progress !== null) this.#status.change({ files: { ...progress, fetching: true } });
          else if (this.state.files !== null) this.#status.change({ files: null });
        },
      });
    } finally {
      const { files } = this.state;
      if (files?.fetching === true) this.#status.change({ files: { ...files, fetching: false } });
    }
    await tidyFiles(this.#site);
    return null;
  }

  async #rebuild(): Promise<void> {
    await forgetClean(this.#ports.cache);
    this.#closure.reset();
    this.#ports.log('info', 'the documents without unsent work were forgotten, and are downloaded again');
  }

  /** One round of downloading; however it ends, it is no longer said to be under way. */
  async #download(options: DownloadOptions): Promise<Downloaded> {
    let endedAt: number | null = null;
    try {
      const downloaded = await download(this.#site, this.#closure, options);
      if (downloaded.complete && options.doctypes === undefined) endedAt = this.#ports.now();
      return downloaded;
    } finally {
      this.#status.downloaded(endedAt);
    }
  }

  #connectivityChanged(): void {
    this.#status.change({});
    if (this.#stopped) return;
    if (this.#watch.mayAsk) this.syncNow();
  }
}
