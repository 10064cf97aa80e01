import { createHash } from 'node:crypto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { Bridge } from '@shared/bridge';
import type { Account } from '@shared/bridge/accounts';
import type { LiveState } from '@shared/bridge/live';
import type { StoredFile } from '@shared/bridge/files';
import { settingsSchema } from '@shared/bridge/settings';
import type { Settings } from '@shared/bridge/settings';
import { AppError } from '@shared/errors';
import { usualLargest } from '@shared/files/site-limit';
import type { SyncState } from '@shared/sync/sync-state';
import type { DemoSite } from '../../electron/demo/site';
import { AccountUse } from '../../electron/api-use/account-use';
import { ErpClient } from '../../electron/erp/client';
import { fixedHeaders } from '../../electron/erp/credentials';
import type { Fetch } from '../../electron/erp/transport';
import { fetchWhole } from '../../electron/files/fetch-whole';
import { textOf } from '../../electron/files/text-of';
import { streamByFetch } from '../../electron/erp/stream-by-fetch';
import { openCache } from '../../renderer/cache/open-cache';
import type { Cache } from '../../renderer/cache/open-cache';
import { writeProfile } from '../../renderer/cache/profile';
import { Engine } from '../../renderer/sync/engine';
import type { Ports } from '../../renderer/sync/ports';
import { memoryJournal, testAccount, testKey } from './cache';
import type { MemoryJournal } from './cache';
import { rememberingLog } from './quiet-log';
import { turns, VirtualTime } from './virtual-time';

export type DeviceOptions = {
  site: DemoSite;
  /** The network between them; the site's own `fetch` unless faults stand in front of it. */
  fetch?: (request: Request) => Promise<Response>;
  user?: string;
  time?: VirtualTime;
  profile?: string[];
  settings?: Partial<Settings>;
  /** In [0, 1), seeded where a run is to be replayed. */
  random?: () => number;
  uuid?: () => string;
  /** Hears what the engine decides. */
  tell?: (line: string) => void;
  /** How the client waits before it repeats a request; not at all unless given. */
  sleep?: (ms: number) => Promise<void>;
  /** Wraps every effect of the engine: a crash stops them all. */
  wrap?: (ports: Ports) => Ports;
  timeZone?: string;
  /** Requests in an hour that its sync keeps to. */
  budget?: number;
  /** So many milliseconds its clock is ahead. */
  skewMs?: number;
};

export type Backup = { name: string; rows: unknown[] }[];

/** A laptop with the real cache and the real engine, over the real client, in front of a demo site. */
export class Device {
  readonly time: VirtualTime;
  readonly journal: MemoryJournal = memoryJournal();
  readonly logged: string[] = [];
  readonly files = new Map<string, Uint8Array>();
  /** Ids of files that were given in this run: the main process lets none of them go. */
  readonly given = new Set<string>();
  /** How the main process listens to the site, and which DocTypes it was last asked to. */
  live: LiveState = { at: 'off', why: 'not-asked' };
  followed: string[] = [];
  disk = { free: 100 * 1024 ** 3, size: 500 * 1024 ** 3 };
  account: Account;
  factory = new IDBFactory();
  cache: Cache;
  engine: Engine;
  ports: Ports;
  states: SyncState[] = [];
  readonly #options: DeviceOptions;
  readonly #client: ErpClient;
  /** What was asked of the server, where it has a budget. */
  readonly use: AccountUse;
  readonly #person: DemoSite['people'][number];
  #settings: Settings;

  constructor(options: DeviceOptions) {
    this.#options = options;
    this.time = options.time ?? new VirtualTime();
    this.#settings = settingsSchema.parse({ requestBudget: options.budget, ...options.settings });
    const user = options.user ?? 'field@example.com';
    const person = options.site.people.find(({ name }) => name === user);
    if (person === undefined) throw new Error(`the demo site has no ${user}`);
    this.#person = person;
    this.account = {
      id: testAccount,
      siteUrl: 'https://demo.test',
      user,
      fullName: person.fullName,
      roles: person.roles,
      timeZone: options.timeZone ?? 'Europe/Berlin',
      frappeVersion: '15',
      erpnextVersion: '15',
      demo: true,
      signedIn: true,
      refused: false,
      way: 'key',
      secretPlace: 'session',
      defaults: {},
      formats: {},
      largestFile: usualLargest,
    };
    const answer = options.fetch ?? ((request) => options.site.fetch(request));
    const fetch: Fetch = (input, init) => answer(new Request(input, init));
    this.use = new AccountUse({ now: this.time.now, limit: () => this.#settings.requestBudget, changed: () => undefined });
    this.#client = new ErpClient({
      siteUrl: 'https://demo.test',
      fetch,
      sendStream: streamByFetch(fetch),
      log: rememberingLog(),
      credentials: fixedHeaders(() => ({ Authorization: `token ${person.apiKey}:${person.apiSecret}` })),
      ...(options.budget === undefined ? {} : { meter: this.use }),
      pace: { random: options.random ?? Math.random, sleep: options.sleep ?? (async () => undefined), now: this.time.now },
    });
    [this.cache, this.ports, this.engine] = this.#open();
  }

  /** A new engine on the same database, journal and files, as after a crash. */
  restart(): void {
    this.engine.stop();
    this.cache.close();
    [this.cache, this.ports, this.engine] = this.#open();
  }

  /** The browser's database is gone; the journal is not. */
  loseDatabase(): void {
    this.engine.stop();
    this.cache.close();
    this.factory = new IDBFactory();
    [this.cache, this.ports, this.engine] = this.#open();
  }

  /** Every row of the database as it is now. */
  async backUp(): Promise<Backup> {
    return Promise.all(this.cache.tables.map(async ({ name }) => ({ name, rows: (await this.cache.table(name).toArray()) as unknown[] })));
  }

  /** The database is an older one; the journal is not. */
  async restoreBackUp(backup: Backup): Promise<void> {
    this.loseDatabase();
    for (const { name, rows } of backup) await this.cache.table(name).bulkPut(rows);
  }

  #open(): [Cache, Ports, Engine] {
    // The polyfill's classes have the shape of the browser's.
    const cache = openCache(testAccount, testKey, { indexedDB: this.factory, IDBKeyRange: IDBKeyRange });
    const { options } = { options: this.#options };
    const plain: Ports = {
      cache,
      account: testAccount,
      bridge: this.#bridge(),
      timers: this.time,
      now: () => this.time.now() + (options.skewMs ?? 0),
      uuid: options.uuid ?? (() => crypto.randomUUID()),
      random: options.random ?? Math.random,
      log: (level, message) => {
        this.logged.push(`${level} ${message}`);
        options.tell?.(message);
      },
    };
    const ports = options.wrap?.(plain) ?? plain;
    return [cache, ports, new Engine(ports, (state) => void this.states.push(state))];
  }

  async useProfile(doctypes: string[] = this.#options.profile ?? ['Customer', 'Item', 'Sales Order']): Promise<void> {
    await writeProfile(
      this.cache,
      doctypes.map((doctype) => ({ doctype, filters: [] })),
    );
  }

  /** The person chooses to work offline, or no longer; that outlives a crash. */
  workOffline(on: boolean): void {
    this.#settings = { ...this.#settings, workOffline: on };
    this.engine.handle({ kind: 'work-offline', on });
  }

  /** Runs until nothing goes on by itself, without any time passing: what is slow is still under way. */
  readonly settle = turns;

  /** Lets time pass, with everything that falls due in it. */
  async pass(ms: number): Promise<void> {
    const until = this.time.now() + ms;
    await this.settle();
    while (this.time.step(until)) await this.settle();
    await this.settle();
  }

  keepFile(bytes: Uint8Array, type = 'text/plain'): StoredFile {
    return { ...this.#received(bytes, () => undefined), type };
  }

  #received(bytes: Uint8Array, check: (stored: StoredFile) => void): StoredFile {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const stored = { id: sha256, sha256, md5: createHash('md5').update(bytes).digest('hex'), size: bytes.byteLength, type: 'text/plain' };
    check(stored);
    this.files.set(sha256, bytes);
    return stored;
  }

  /** As the main process does, without what its journal and this run hold. */
  #forget(ids: readonly string[]): { freed: number } {
    const freed = ids.reduce((sum, id) => sum + (this.files.get(id)?.byteLength ?? 0), 0);
    for (const id of ids) this.files.delete(id);
    return { freed };
  }

  #bridge(): Bridge {
    const client = this.#client;
    const asking = (params: { priority?: 'interactive' | 'bulk' | undefined }) => ({
      priority: params.priority,
      signal: new AbortController().signal,
    });
    const unused = () => Promise.reject(new AppError('unsupported', 'not on this device'));
    return {
      signIn: { password: unused, code: unused, browser: unused, returned: unused },
      erp: {
        list: ({ account: _account, priority, ...list }) => client.list(list, asking({ priority })),
        page: ({ account: _account, priority, ...page }) => client.page(page, asking({ priority })),
        count: (params) => client.count(params.doctype, params.filters, asking(params)),
        get: (params) => client.get(params.doctype, params.name, asking(params)),
        open: (params) => client.open(params.doctype, params.name, asking(params)),
        create: (params) => client.create(params.doctype, params.body, asking(params)),
        update: (params) => client.update(params.doctype, params.name, params.body, asking(params)),
        remove: (params) => client.remove(params.doctype, params.name, asking(params)),
        itemDetails: (params) => client.itemDetails(params.question, asking(params)),
        call: (params) => client.call(params.http, params.method, params.args, asking(params)),
        run: ({ account: _account, ...question }) => client.run(question, asking({ priority: 'interactive' })),
        doctype: (params) => client.doctype(params.doctype, asking(params)),
        ping: (params) => client.ping(asking(params)),
      },
      files: {
        begin: unused,
        write: unused,
        finish: unused,
        abandon: unused,
        read: unused,
        fetch: ({ url, told, priority }) => {
          const take = (check: (stored: StoredFile) => void): Promise<StoredFile> =>
            client.download(url, async (chunks) => this.#received(await wholeOf(chunks), check), asking({ priority }));
          return fetchWhole(take, told);
        },
        text: async ({ url, told, largest, priority }) => ({
          text: await client.download(url, (chunks) => textOf(chunks, { largest, told }), asking({ priority })),
        }),
        fetchPdf: unused,
        open: unused,
        room: async () => ({ taken: [...this.files.values()].reduce((sum, bytes) => sum + bytes.byteLength, 0), disk: this.disk }),
        forget: async ({ files }) => {
          const stayed = files.filter((id) => this.given.has(id));
          return { ...this.#forget(files.filter((id) => !this.given.has(id))), stayed };
        },
        forgetOthers: async ({ keep }) => this.#forget([...this.files.keys()].filter((id) => !keep.includes(id))),
        stopUpload: unused,
        upload: async ({ file, account: _account, ...upload }) => {
          const bytes = this.files.get(file);
          if (bytes === undefined) throw new AppError('not-found', 'These bytes are not kept here.');
          const pieces = async function* () {
            yield bytes;
          };
          return (await client.upload({ ...upload, type: 'text/plain', size: bytes.byteLength, bytes: pieces() }, asking({}))).file;
        },
      },
      journal: { append: this.journal.append, read: this.journal.read, condition: this.journal.condition, unsent: this.journal.unsent },
      work: { export: unused, begin: unused, write: unused, open: unused, abandon: unused },
      accounts: {
        state: async () => ({ active: testAccount, accounts: [this.account], toWipe: [] }),
        keyStore: unused,
        cacheKey: unused,
        remove: unused,
        wiped: unused,
        probe: unused,
        signIn: unused,
        startDemo: unused,
        signOut: unused,
        activate: unused,
        refresh: async () => (this.account = { ...this.account, roles: [...this.#person.roles] }),
        setFormats: unused,
      },
      settings: {
        get: async () => this.#settings,
        set: async (changed) => (this.#settings = settingsSchema.parse({ ...this.#settings, ...changed })),
      },
      live: {
        state: async () => this.live,
        follow: async ({ doctypes }) => ((this.followed = doctypes), this.live),
        attend: unused,
        address: unused,
        setAddress: unused,
      },
      webhooks: { state: unused, set: unused, onSite: unused, install: unused, remove: unused },
      apiUse: { read: unused, liftBudget: async () => (this.use.lift(), null) },
      system: { tell: unused, take: unused, updates: unused, checkForUpdates: unused, update: unused },
      app: { environment: unused, openExternal: unused, log: async () => null, logTail: unused },
    };
  }
}

async function wholeOf(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}
