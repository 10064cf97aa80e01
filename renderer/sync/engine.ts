import { AppError, isStorageError } from '@shared/errors';
import { isDue } from '@shared/sync/due';
import type { LiveState } from '@shared/bridge/live';
import type { Settings } from '@shared/bridge/settings';
import type { SyncCommand, SyncState } from '@shared/sync/sync-state';
import { forgetClean } from '../cache/forget-clean';
import { flushJournal } from '../cache/journal';
import { reconcileWithJournal } from '../cache/restore';
import { forgetRefusals } from '../cache/site-files';
import { storageError } from '../cache/storage-error';
import { noteSignIn } from '../cache/doctypes';
import { noteReady } from '../cache/last-ready';
import { CompanyWatch } from './company-watch';
import { ConnectivityWatch } from './connectivity';
import { download } from './download';
import type { DownloadOptions, Downloaded } from './download';
import { readFacts } from './facts';
import { followLive } from './follow-live';
import { FollowedRenames } from './followed-renames';
import { Hints } from './hints';
import type { DueHints } from './hints';
import { noteIdentity } from './identity';
import { keepFiles } from './keep-files';
import { listSiteFilesSoon } from './list-site-files';
import { LinkClosure } from './link-closure';
import { Loop } from './loop';
import type { Ports } from './ports';
import { pullHinted } from './pull-hinted';
import { push } from './push/push';
import { refreshDocument } from './refresh';
import { Rounds } from './rounds';
import type { Sparing } from './rounds';
import type { Site } from './site';
import { SyncStatus } from './sync-status';
import { tidyFiles } from './tidy-files';
import { watchErp } from './watched-bridge';

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
  readonly #company = new CompanyWatch();
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
  readonly #hints: Hints;
  readonly #rounds: Rounds;
  #live: LiveState = { at: 'off', why: 'not-asked' };
  #savingPower = false;
  /** A person asked for the files that are missing. */
  #filesAgain = false;

  constructor(ports: Ports, publish: (state: SyncState) => void) {
    this.#ports = ports;
    this.#watch = new ConnectivityWatch(ports, () => this.#connectivityChanged());
    this.#status = new SyncStatus(ports.account, this.#watch, publish);
    this.#rounds = new Rounds(ports);
    this.#hints = new Hints(ports, () => this.#pulling.run());
    this.#site = {
      ...ports,
      watch: this.#watch,
      links: this.#closure,
      renames: new FollowedRenames(),
      erp: watchErp(ports.bridge, this.#watch, this.#status.traffic, (doctype, name) => this.#hints.wrote(doctype, name)),
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
        return this.#pullWhole();
      case 'pause-download':
        return this.#pauseDownload(true);
      case 'fetch-files':
        if (command.again) this.#pauseDownload(false);
        this.#filesAgain ||= command.again;
        return this.#filing.run();
      case 'check-profile':
        this.#company.lookSoon();
        return this.#pullWhole();
      case 'rebuild':
        this.#pauseDownload(false);
        this.#wanted = { rebuild: true };
        return this.#pullWhole();
      case 'work-offline':
        return this.#watch.workOffline(command.on);
      case 'save-power':
        return this.#savePower(command.on);
      case 'wake':
        this.#watch.wake();
        return this.syncNow();
      case 'focus':
        if (!isDue(this.#rounds.beganAt, this.#ports.now(), staleMs)) return;
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
      case 'hint':
        if (!this.#rests) this.#hints.add(command.hint);
        return;
      case 'live':
        return this.#liveChanged(command.state);
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
    this.#pullWhole();
  }

  #pullWhole(): void {
    this.#rounds.ask();
    this.#pulling.run();
  }

  /** Nobody looks and the battery is to be spared: nothing is asked but what a person asks for. */
  get #rests(): boolean {
    return this.#live.at === 'off' && this.#live.why === 'resting';
  }

  #liveChanged(state: LiveState): void {
    const rested = this.#rests;
    this.#live = state;
    if (state.at === 'off' && state.why === 'sign-in' && this.#watch.mayAsk)
      this.#watch.signedOut(new AppError('sign-in', 'The site does not take this sign-in any more.'));
    if (this.#rests && !rested) {
      this.#hints.drop();
      this.#pulling.rest();
      this.#status.change({ pollEveryMs: null });
    }
    if (rested && !this.#rests) this.handle({ kind: 'wake' });
  }

  /** Nothing is under way and nothing is left to do now. */
  async idle(): Promise<void> {
    await this.#starting.ended();
    const rounds = [this.#telling, this.#pushing, this.#pulling, this.#filing];
    while (rounds.some((loop) => loop.busy)) await Promise.all(rounds.map((loop) => loop.ended()));
  }

  stop(): void {
    this.#stopped = true;
    this.#hints.drop();
    for (const loop of [this.#starting, this.#telling, this.#pushing, this.#pulling, this.#filing]) loop.stop();
    this.#watch.stop();
  }

  #pauseDownload(on: boolean): void {
    if (this.state.downloadPaused !== on) this.#status.change({ downloadPaused: on });
  }

  #savePower(on: boolean): void {
    if (this.#savingPower === on) return;
    this.#savingPower = on;
    this.#ports.log('info', on ? 'the battery is low: rounds are rare and attachments wait' : 'the battery serves again');
    if (!on) this.syncNow();
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
    this.#site.facts = await readFacts(this.#ports);
    const due = this.#hints.take(this.#site.facts.user);
    if (this.#rounds.isDue(due.all)) {
      const sparing = (): Sparing => ({ live: this.#live.at === 'live', savingPower: this.#savingPower });
      await this.#rounds.run((startedAt) => this.#pullAll(startedAt), sparing);
      this.#status.change({ pollEveryMs: this.#rests ? null : this.#rounds.everyMs });
      await this.#refreshOpen(due);
    } else await this.#pullHinted(due);
    return this.#rests ? null : this.#rounds.untilNext();
  }

  /** Once through the profile, or what of it was asked for. Answers how much was new. */
  async #pullAll(startedAt: number): Promise<number> {
    const { rebuild = false, ...wanted } = this.#wanted;
    this.#wanted = {};
    if (rebuild) await this.#rebuild();
    const listening = this.#listen();
    const { news } = await this.#download({
      ...this.#downloading(startedAt),
      ...wanted,
      begin: (doctypes) => this.#status.downloading(doctypes),
    });
    await listening;
    this.#pulled();
    return news;
  }

  #downloading(startedAt: number): Omit<DownloadOptions, 'doctypes' | 'begin'> {
    return {
      paused: () => this.state.downloadPaused || this.#stopped || this.#wanted.rebuild === true,
      report: (progress) => this.#status.pulled(progress),
      compared: (doctype, cost) => this.#status.compared(doctype, cost, startedAt, this.#ports.now()),
      company: () => this.#company.look(this.#site),
    };
  }

  /** A version that arrived may have freed an edit, or ended one. */
  #pulled(): void {
    this.#pushing.run();
    this.#filing.run();
  }

  /** What the site told of, without a word on the screen: it takes a moment. */
  async #pullHinted(due: DueHints): Promise<void> {
    await this.#refreshOpen(due);
    if (due.doctypes.length === 0 || this.state.downloadPaused) return;
    const { news } = await pullHinted(this.#site, this.#closure, due.doctypes, {
      ...this.#downloading(this.#ports.now()),
      begin: () => undefined,
    });
    if (news > 0) this.#pulled();
  }

  /** Open documents that changed come with who changed what. */
  async #refreshOpen({ documents }: DueHints): Promise<void> {
    for (const document of documents) await refreshDocument(this.#site, document);
  }

  /** The profile may have changed since the last time. */
  async #listen(): Promise<void> {
    const state = await followLive(this.#ports);
    if (state !== null) this.#liveChanged(state);
  }

  /** After the documents, the attachments that are to be here. What was cut off goes on with the next download. */
  async #keepFiles(): Promise<null> {
    const asked = this.#filesAgain;
    // Attachments that nobody asked for by themselves wait for a better battery.
    const spared = (): boolean => this.#savingPower && !asked;
    if (!this.#mayWork || this.state.downloadPaused || spared()) return null;
    if (this.#filesAgain) {
      this.#filesAgain = false;
      await forgetRefusals(this.#ports.cache);
      await listSiteFilesSoon(this.#site);
    }
    try {
      await keepFiles(this.#site, {
        paused: () => this.state.downloadPaused || this.#stopped || spared(),
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
      if (downloaded.complete && options.doctypes === undefined) {
        endedAt = this.#ports.now();
        await noteReady(this.#ports.cache, endedAt);
      }
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
