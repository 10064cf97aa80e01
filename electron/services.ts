import { join } from 'node:path';
import type { Services } from '@shared/bridge';
import type { Environment } from '@shared/bridge/app';
import { mayRun } from '@shared/format/file-kind';
import { dayMs } from '@shared/sync/due';
import { Accounts, type DemoSite } from './accounts/accounts';
import type { Encryptor } from './accounts/encryptor';
import { PlainSecrets } from './accounts/plain-secrets';
import { endSecret } from './accounts/end-secret';
import { lookAtSite } from './accounts/look-at-site';
import { defaultCallbackPort } from './accounts/oauth/callback-listener';
import { probeSite } from './accounts/probe';
import { SignIns } from './accounts/sign-ins';
import { Vault } from './accounts/vault';
import { ApiUses } from './api-use/uses';
import { DataKey } from './data-key';
import { ErpClient } from './erp/client';
import { streamByFetch } from './erp/stream-by-fetch';
import { realPace, type Pace } from './erp/retry';
import type { Fetch, SendStream } from './erp/transport';
import { Events } from './events';
import { Live, type Attention } from './live/live';
import { openSocketBy } from './live/open-socket';
import { Webhooks } from './live/webhooks/webhooks';
import { fetchWhole } from './files/fetch-whole';
import { FileStore } from './files/file-store';
import { OpenedFiles } from './files/opened-files';
import { textOf } from './files/text-of';
import { KeptUploads } from './files/kept-uploads';
import { Journal } from './journal/journal';
import { filesOf } from './journal/unsent-files';
import { given } from './given';
import type { HandOver } from './hand-over';
import type { Log } from './log';
import { logFile, readLogTail } from './log-tail';
import { SettingsService } from './settings/settings';
import type { Store } from './settings/store';
import { AskedQueue } from './system/asked-queue';
import { noDesktop, type Desktop } from './system/ports';
import { Work } from './work/work';

/** What a host gives the services; everything else is the same in both hosts. */
export type Ports = {
  fetch: Fetch;
  /** Streams an upload; absent: through `fetch`, which only Node's does without holding the whole body. */
  sendStream?: SendStream;
  /** This host's own data folder. */
  folder: string;
  store: Store;
  encryptor: Encryptor;
  environment: Environment;
  openExternal: (url: string) => Promise<void>;
  handOver: HandOver;
  /** Opens a file of the disk with the system's program for it, after a warning where it may run. */
  openFile: (path: string, file: { fileName: string; mayRun: boolean }) => Promise<void>;
  log: Log;
  /** Starts the demo site, or answers where it runs already. */
  startDemo: () => Promise<DemoSite>;
  /** What the host knows of its window and its power; absent: the pages tell. */
  attention?: Attention;
  /** The port of this device to which a browser comes back from signing in; null: the fixed one. */
  callbackPort?: number | null;
  pace?: Pace;
  desktop?: Desktop;
};

export type ServiceSet = {
  services: Services<AbortSignal>;
  events: Events;
  accounts: Accounts;
  settings: SettingsService;
  /** Where the system leaves what it asks of the window. */
  asked: AskedQueue;
  /** Takes an exported file of unsent work from the disk, as `work.begin` and `write` take it from the window. */
  receiveWork: (path: string) => Promise<string>;
  /** The DocTypes of the changes of all accounts that have not reached their server, one a change. */
  unsent: () => Promise<string[]>;
  /** Ends what is open; pending journal writes first. */
  close: () => Promise<void>;
};

/** Composes the services of a host and signs in the accounts whose secret it keeps. Asks no server. */
export async function createServices(ports: Ports): Promise<ServiceSet> {
  const { log, encryptor, store, folder } = ports;
  const now = (): number => Date.now();
  const events = new Events();
  const settings = new SettingsService(store, events);
  const dataKey = new DataKey({ path: join(folder, 'data-key.json'), encryptor, log });
  const files = new FileStore({ folder: join(folder, 'files'), dataKey });
  const opened = new OpenedFiles(join(folder, 'opened'));
  const journal = new Journal({ folder: join(folder, 'journals'), dataKey, log, now: () => new Date() });
  const vault = new Vault({ encryptor, store, plain: new PlainSecrets(join(folder, 'secrets.json')), log });
  const sendStream = ports.sendStream ?? streamByFetch(ports.fetch);
  const pace = ports.pace ?? realPace;
  const probe = (address: string, signal: AbortSignal) => probeSite(ports.fetch, address, signal);
  const uses = new ApiUses({ folder: join(folder, 'api-use'), log, now, limit: () => settings.get().requestBudget });
  const desktop = ports.desktop ?? noDesktop;
  const asked = new AskedQueue(events);
  const accounts = new Accounts({
    store,
    vault,
    events,
    log,
    probe,
    connect: (siteUrl, credentials, account) => {
      const meter = account === undefined ? {} : { meter: uses.of(account) };
      return new ErpClient({ siteUrl, credentials, fetch: ports.fetch, sendStream, pace, log, ...meter });
    },
    fetch: ports.fetch,
    now,
    end: (siteUrl, secret) => endSecret(ports.fetch, log, siteUrl, secret),
    startDemo: ports.startDemo,
  });
  const uploads = new KeptUploads({ files, accounts, events });
  const live = new Live({
    ...{ accounts, settings, events, store, pace, now, log },
    open: openSocketBy(ports.fetch),
    attention: ports.attention,
  });
  const webhooks = new Webhooks({ accounts, dataKey, events, store, log, now });
  const signIns = new SignIns({
    ...{ accounts, store, probe, fetch: ports.fetch, now },
    callbackPort: ports.callbackPort ?? defaultCallbackPort,
    openBrowser: ports.environment.host === 'electron' ? ports.openExternal : null,
  });
  const work = new Work({
    folder: join(folder, 'imports'),
    journal,
    files,
    handOver: ports.handOver,
    now: () => new Date(),
    account: (id) => accounts.find(id),
  });
  /** What a removed account keeps on the disk: its unsent work, its files, and the figures of what it asked. */
  const clear = async (account: string): Promise<void> => {
    await journal.remove(account);
    await files.removeAll(account);
    await uses.remove(account);
  };
  await files.clearIncoming();
  await work.clear();
  await opened.clear();
  await accounts.start();
  await webhooks.start();
  await uses.start(accounts.state().accounts.map(({ id }) => id));

  const services: Services<AbortSignal> = {
    accounts: {
      state: async () => accounts.state(),
      keyStore: async () => ({ ...encryptor.keyStore(), dataKey: await dataKey.place() }),
      probe: ({ address }, { signal }) => lookAtSite({ ...ports, probe }, address, signal),
      signIn: (params, { signal }) => accounts.signIn(params, signal),
      startDemo: (_params, { signal }) => accounts.startDemo(signal),
      cacheKey: async ({ account }) => ({ key: new Uint8Array(await dataKey.keyFor(accounts.find(account).id, 'cache')) }),
      signOut: ({ account }) => accounts.signOut(account),
      remove: async ({ account }) => {
        const state = await accounts.remove(account);
        await clear(account);
        return state;
      },
      wiped: async ({ account }) => {
        if (!accounts.leaves(account)) return accounts.state();
        // Once more: it may have failed when the account was removed.
        await clear(account);
        return accounts.wiped(account);
      },
      activate: ({ account }) => accounts.activate(account),
      refresh: ({ account }, { signal }) => accounts.refresh(account, signal),
      setFormats: ({ account, formats }) => accounts.setFormats(account, formats),
    },
    signIn: {
      password: (params, { signal }) => signIns.password(params, signal),
      code: ({ ticket, code }, { signal }) => signIns.code(ticket, code, signal),
      browser: (params, { signal }) => signIns.browser(params, signal),
      returned: ({ ticket }, { signal }) => signIns.returned(ticket, signal),
    },
    erp: {
      list: async ({ account, priority, ...list }, { signal }) => accounts.client(account).list(list, { priority, signal }),
      page: async ({ account, priority, ...page }, { signal }) => accounts.client(account).page(page, { priority, signal }),
      count: async ({ account, priority, doctype, filters }, { signal }) =>
        accounts.client(account).count(doctype, filters, { priority, signal }),
      get: async ({ account, priority, doctype, name }, { signal }) => accounts.client(account).get(doctype, name, { priority, signal }),
      open: async ({ account, priority, doctype, name }, { signal }) => accounts.client(account).open(doctype, name, { priority, signal }),
      create: async ({ account, priority, doctype, body }, { signal }) =>
        accounts.client(account).create(doctype, body, { priority, signal }),
      update: async ({ account, priority, doctype, name, body }, { signal }) =>
        accounts.client(account).update(doctype, name, body, { priority, signal }),
      remove: async ({ account, priority, doctype, name }, { signal }) =>
        accounts.client(account).remove(doctype, name, { priority, signal }),
      itemDetails: async ({ account, priority, question }, { signal }) =>
        accounts.client(account).itemDetails(question, { priority, signal }),
      call: async ({ account, priority, http, method, args }, { signal }) =>
        accounts.client(account).call(http, method, args, { priority, signal }),
      run: async ({ account, ...question }, { signal }) => accounts.client(account).run(question, { priority: 'interactive', signal }),
      doctype: async ({ account, priority, doctype }, { signal }) => accounts.client(account).doctype(doctype, { priority, signal }),
      ping: async ({ account, priority }, { signal }) => accounts.client(account).ping({ priority: priority ?? 'interactive', signal }),
    },
    files: {
      begin: async ({ account, name, size }) => files.begin(account, name, size, accounts.find(account).largestFile),
      write: async ({ handle, bytes }) => (await files.write(handle, bytes), null),
      finish: ({ handle }) => files.finish(handle),
      abandon: async ({ handle }) => (await files.abandon(handle), null),
      read: ({ account, file, offset, length }) => files.read(account, file, offset, length),
      upload: (upload, { signal }) => uploads.send(upload, signal),
      stopUpload: async (upload) => (uploads.stop(upload), null),
      fetch: async ({ account, url, told, priority }, { signal }) =>
        fetchWhole(
          (check) => accounts.client(account).download(url, (chunks) => files.receive(account, url, chunks, check), { priority, signal }),
          told,
        ),
      text: async ({ account, url, told, largest, priority }, { signal }) => ({
        text: await accounts.client(account).download(url, (chunks) => textOf(chunks, { largest, told }), { priority, signal }),
      }),
      fetchPdf: async ({ account, ...print }, { signal }) =>
        accounts.client(account).pdf(print, (chunks) => files.receive(account, 'print.pdf', chunks), { priority: 'interactive', signal }),
      open: ({ account, file, fileName }) =>
        files.use(account, file, async (reader) => {
          const risky = mayRun(fileName, await reader.contentType(fileName));
          await ports.openFile(await opened.write(fileName, reader.chunks()), { fileName, mayRun: risky });
          return null;
        }),
      room: async ({ account }) => ({ taken: await files.taken(account), disk: await files.disk() }),
      forget: async ({ account, files: ids }) => files.forget(account, ids, new Set(filesOf(await journal.read(account)))),
      forgetOthers: async ({ account, keep }) => files.forgetOthers(account, [...keep, ...filesOf(await journal.read(account))], dayMs),
    },
    journal: {
      append: async ({ account, records }) => {
        // An engine that is on its way out writes nothing for an account that was removed.
        await journal.append(accounts.find(account).id, records);
        return null;
      },
      read: ({ account }) => journal.read(account),
      condition: ({ account }) => journal.condition(account),
      unsent: ({ account }) => journal.unsent(account),
    },
    work: {
      export: ({ account, passphrase }) => work.export(account, passphrase),
      begin: () => work.begin(),
      write: async ({ handle, bytes }) => (await work.write(handle, bytes), null),
      open: ({ handle, account, passphrase }) => work.open(handle, account, passphrase),
      abandon: async ({ handle }) => (await work.abandon(handle), null),
    },
    settings: {
      get: async () => settings.get(),
      set: async (changes) => settings.set(changes),
    },
    live: {
      state: async () => live.state(),
      follow: async ({ account, doctypes }) => live.follow(account, doctypes),
      attend: async ({ window, ...report }) => live.attend(window, report),
      address: async ({ account }) => ({ address: live.address(account) }),
      setAddress: async ({ account, address }) => ({ address: live.setAddress(account, address) }),
    },
    webhooks: {
      state: async ({ account }) => webhooks.state(account),
      set: ({ account, ...changes }) => webhooks.set(account, given(changes)),
      onSite: ({ account }, { signal }) => webhooks.onSite(account, signal),
      install: ({ account, doctypes }, { signal }) => webhooks.install(account, doctypes, signal),
      remove: ({ account }, { signal }) => webhooks.remove(account, signal),
    },
    apiUse: {
      read: async ({ account, span }) => uses.of(accounts.find(account).id).read(span),
      liftBudget: async ({ account }) => (uses.of(accounts.find(account).id).lift(), null),
    },
    system: {
      tell: async (told) => (desktop.told(told), null),
      take: async () => asked.take(),
      updates: async () => desktop.updates.state(),
      checkForUpdates: () => desktop.updates.check(),
      update: () => desktop.updates.update(),
    },
    app: {
      environment: async () => ports.environment,
      openExternal: async ({ url }) => (await ports.openExternal(url), null),
      log: async ({ level, scope, message }) => (log[level](`window ${scope}`, message), null),
      logTail: ({ count }) => readLogTail(logFile(folder), count),
    },
  };
  return {
    services,
    events,
    accounts,
    settings,
    asked,
    receiveWork: (path) => work.receive(path),
    unsent: async () => (await Promise.all(accounts.state().accounts.map(({ id }) => journal.unsent(id)))).flat(),
    close: async () => {
      live.close();
      await webhooks.close();
      signIns.close();
      await journal.close();
      await uses.close();
      await opened.clear();
    },
  };
}
