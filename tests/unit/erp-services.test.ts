import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { BridgeEvents } from '@shared/bridge';
import type { Account } from '@shared/bridge/accounts';
import { signInFromEnvironment } from '../../electron/accounts/environment';
import { serveDemo, type ServedDemo } from '../../electron/demo/rest/serve';
import { createDemoSite, type DemoSite } from '../../electron/demo/site';
import { createServices, type Ports, type ServiceSet } from '../../electron/services';
import { openConfStore } from '../../electron/settings/conf-store';
import { fakeEncryptor } from '../support/fake-encryptor';
import { rememberingLog } from '../support/quiet-log';
import { temporaryFolder } from '../support/temporary-folder';

const context = () => ({ signal: new AbortController().signal });
const encryptor = fakeEncryptor('system');
const log = rememberingLog();

let site: DemoSite;
let served: ServedDemo;
beforeAll(async () => {
  site = createDemoSite({ scale: 20 });
  served = await serveDemo(site);
});
afterAll(() => served.close());

const person = () => site.people.find((one) => one.name === 'field@example.com')!;

const ports = (folder: string): Ports => ({
  fetch,
  folder,
  store: openConfStore(folder),
  encryptor,
  environment: { host: 'headless', version: '0', platform: 'test', startInDemo: false },
  openExternal: async () => undefined,
  handOver: async () => ({ at: 'cancelled' }),
  openFile: async () => undefined,
  log,
  startDemo: async () => ({ url: served.url, apiKey: person().apiKey, apiSecret: person().apiSecret }),
});
const start = (folder: string): Promise<ServiceSet> => createServices(ports(folder));

async function signedIn(): Promise<ServiceSet & { account: Account; folder: string; told: unknown[] }> {
  const folder = await temporaryFolder();
  const set = await start(folder);
  const told: unknown[] = [];
  set.events.on(<E extends keyof BridgeEvents>(name: E, payload: BridgeEvents[E]) => void told.push([name, payload]));
  const { apiKey, apiSecret } = person();
  const account = await set.services.accounts.signIn({ address: `${served.url}/app/home`, apiKey, apiSecret, keep: 'store' }, context());
  return { ...set, account, folder, told };
}

async function keep(set: ServiceSet, account: string, bytes: Uint8Array<ArrayBuffer>, name: string) {
  const { handle } = await set.services.files.begin({ account, name, size: bytes.byteLength }, context());
  for (let at = 0; at < bytes.byteLength; at += 1024 * 1024) {
    await set.services.files.write({ handle, bytes: bytes.subarray(at, at + 1024 * 1024) }, context());
  }
  return set.services.files.finish({ handle }, context());
}

describe('accounts on a site', () => {
  it('sign in by key and secret, know who they are, and are signed in again at the next start', async () => {
    const { account, folder, told, services } = await signedIn();
    expect(account).toMatchObject({
      id: createHash('sha256').update(`${served.url}\nfield@example.com`).digest('hex').slice(0, 32),
      siteUrl: served.url,
      user: 'field@example.com',
      signedIn: true,
      refused: false,
      way: 'key',
      secretPlace: 'key-store',
      demo: false,
    });
    expect(account.roles.length).toBeGreaterThan(0);
    expect(account.timeZone).toBe('Europe/Berlin');
    expect(account.frappeVersion).toMatch(/^\d+\./);
    expect(told.at(-1)).toEqual(['accounts', { active: account.id, accounts: [account], toWipe: [] }]);
    const again = await start(folder);
    expect(await again.services.accounts.state({}, context())).toEqual({ active: account.id, accounts: [account], toWipe: [] });
    expect((await again.services.erp.ping({ account: account.id }, context())).date).toMatch(/GMT$/);
    expect(await services.accounts.refresh({ account: account.id }, context())).toEqual(account);
    const everything = JSON.stringify([account, told, log.lines, await readFile(join(folder, 'settings.json'), 'utf8')]);
    expect(everything).not.toContain(person().apiSecret);
  });

  it('know how the site writes dates and numbers; what the person chose instead stays through a new sign-in and a restart', async () => {
    const { account, services, folder } = await signedIn();
    expect(account.defaults).toMatchObject({
      company: 'Alder & Finch Supply GmbH',
      currency: 'EUR',
      date_format: 'dd.mm.yyyy',
      time_format: 'HH:mm',
      number_format: '#.###,##',
      float_precision: '3',
    });
    const formats = { date_format: 'yyyy-mm-dd', number_format: '#,###.##' } as const;
    const chosen = await services.accounts.setFormats({ account: account.id, formats }, context());
    expect(chosen.formats).toEqual(formats);
    expect(chosen.defaults).toMatchObject({ ...formats, time_format: 'HH:mm' });
    expect(await services.accounts.refresh({ account: account.id }, context())).toEqual(chosen);
    const again = await start(folder);
    expect((await again.services.accounts.state({}, context())).accounts).toEqual([chosen]);
    const back = await services.accounts.setFormats({ account: account.id, formats: {} }, context());
    expect(back.defaults).toEqual(account.defaults);
  });

  it('know the defaults that User Permissions mark or leave no choice of, but for those of one DocType alone', async () => {
    const own = createDemoSite({ scale: 5 });
    const permission = { user: 'office@example.com', allow: 'Company', for_value: own.documents('Company')[0]?.name ?? '', is_default: 1 };
    own.as('Administrator').insert('User Permission', permission);
    const territory = { user: 'office@example.com', allow: 'Territory', for_value: 'Abroad', is_default: 1 };
    own.as('Administrator').insert('User Permission', { ...territory, apply_to_all_doctypes: 0, applicable_for: 'Customer' });
    own.as('Administrator').insert('User Permission', { ...territory, allow: 'Price List', for_value: 'Standard Selling', is_default: 0 });
    const answering = await serveDemo(own);
    const { services } = await start(await temporaryFolder());
    const { apiKey, apiSecret } = own.people.find(({ name }) => name === 'office@example.com')!;
    const account = await services.accounts.signIn({ address: answering.url, apiKey, apiSecret, keep: 'session' }, context());
    expect(account.defaults).toMatchObject({ company: permission.for_value, price_list: 'Standard Selling' });
    expect(account.defaults).not.toHaveProperty('territory');
    await answering.close();
  });

  it('keep the formats of the last time where the page that tells them cannot be read, and take numbers from the currency at first', async () => {
    const folder = await temporaryFolder();
    let pageThere = false;
    const set = await createServices({
      ...ports(folder),
      fetch: (input, init) => {
        const { pathname } = new URL(input instanceof Request ? input.url : input);
        return pathname === '/login' && !pageThere ? Promise.resolve(new Response('', { status: 302 })) : fetch(input, init);
      },
    });
    const { apiKey, apiSecret } = person();
    const account = await set.services.accounts.signIn({ address: served.url, apiKey, apiSecret, keep: 'store' }, context());
    expect(account.defaults).toEqual({ company: 'Alder & Finch Supply GmbH', currency: 'EUR', number_format: '#.###,##' });
    pageThere = true;
    const told = await set.services.accounts.refresh({ account: account.id }, context());
    expect(told.defaults).toMatchObject({ date_format: 'dd.mm.yyyy' });
    pageThere = false;
    expect(await set.services.accounts.refresh({ account: account.id }, context())).toEqual(told);
  });

  it('stay known when signed out, and are refused calls until they sign in again', async () => {
    const { account, services, folder } = await signedIn();
    const state = await services.accounts.signOut({ account: account.id }, context());
    expect(state.accounts).toEqual([{ ...account, signedIn: false }]);
    await expect(services.erp.ping({ account: account.id }, context())).rejects.toMatchObject({ code: 'no-account' });
    const again = await start(folder);
    expect((await again.services.accounts.state({}, context())).accounts[0]?.signedIn).toBe(false);
  });

  it('are told apart: a wrong key, no site there, and something else there', async () => {
    const { services } = await start(await temporaryFolder()).then((set) => set);
    const signIn = (address: string, apiSecret = 'wrong') =>
      services.accounts.signIn({ address, apiKey: person().apiKey, apiSecret, keep: 'session' }, context());
    await expect(signIn(served.url)).rejects.toMatchObject({ code: 'sign-in' });
    await expect(signIn('http://127.0.0.1:1')).rejects.toMatchObject({ code: 'offline' });
    const { scriptedServer, html } = await import('../support/scripted-server');
    const other = await scriptedServer((_received, response) => html(response, '<h1>My router</h1>'));
    await expect(signIn(other.url)).rejects.toMatchObject({ code: 'not-frappe' });
    expect(other.received.every((one) => one.headers.authorization === undefined)).toBe(true);
    await other.close();
    expect((await services.accounts.state({}, context())).accounts).toEqual([]);
  });

  it('follow the address to where it leads before any secret is sent', async () => {
    const { scriptedServer } = await import('../support/scripted-server');
    const old = await scriptedServer(
      (received, response) => void response.writeHead(301, { Location: `${served.url}${received.url.pathname}` }).end(),
    );
    const { services } = await start(await temporaryFolder());
    const probe = await services.accounts.probe({ address: old.url }, context());
    expect(probe).toMatchObject({ siteUrl: served.url, plainHttp: true });
    const { apiKey, apiSecret } = person();
    const account = await services.accounts.signIn({ address: old.url, apiKey, apiSecret, keep: 'session' }, context());
    expect(account.siteUrl).toBe(served.url);
    expect(old.received.every((one) => one.headers.authorization === undefined)).toBe(true);
    await old.close();
  });

  it('come from the environment where all of it is set', async () => {
    const set = await start(await temporaryFolder());
    const { apiKey, apiSecret } = person();
    const environment = { FIELDBOOK_URL: served.url, FIELDBOOK_API_KEY: apiKey, FIELDBOOK_API_SECRET: apiSecret };
    expect(await signInFromEnvironment(set.accounts, {}, context().signal)).toBeNull();
    await expect(signInFromEnvironment(set.accounts, { ...environment, FIELDBOOK_URL: '' }, context().signal)).rejects.toMatchObject({
      code: 'bad-parameters',
    });
    expect(await signInFromEnvironment(set.accounts, environment, context().signal)).toMatchObject({
      secretPlace: 'session',
      signedIn: true,
    });
    expect(await set.services.accounts.startDemo({}, context())).toMatchObject({ demo: true });
  });
});

describe('documents on a site', () => {
  it('are listed, paged with their rows, opened, created, updated and deleted', async () => {
    const {
      account: { id: account },
      services,
    } = await signedIn();
    const total = await services.erp.count({ account, doctype: 'Sales Order', filters: [] }, context());
    expect(total).toBe(site.documents('Sales Order').length);
    const { doctype, children } = await services.erp.doctype({ account, doctype: 'Sales Order' }, context());
    expect(doctype.is_submittable).toBe(1);
    const childTables = children.map((child) => child.name);
    const page = await services.erp.page(
      { account, doctype: 'Sales Order', fields: ['*'], filters: [], orderBy: 'modified asc, name asc', limit: 10, childTables },
      context(),
    );
    const parents = (JSON.parse(page.parents.text) as { data: { name: string; modified: string }[] }).data;
    expect(parents).toHaveLength(10);
    expect(page.requests).toBe(childTables.length + 2);
    const items = page.children.find((child) => child.doctype === 'Sales Order Item')!;
    const rows = Object.values(JSON.parse(items.rows.text) as Record<string, { parent: string; name: string }[]>)[0]!;
    const expected = parents.flatMap(({ name }) =>
      (site.document('Sales Order', name)!['items'] as { name: string }[]).map((row) => row.name),
    );
    expect(rows.map((row) => row.name).sort()).toEqual(expected.sort());

    const created = await services.erp.create(
      { account, doctype: 'Customer', body: { customer_name: 'Søren & Søn / Test', customer_type: 'Company' } },
      context(),
    );
    const { name, modified } = created.doc;
    const opened = await services.erp.open({ account, doctype: 'Customer', name }, context());
    expect(opened.doc.modified).toBe(modified);
    expect(opened.docinfo).toEqual({ comments: [], attachments: [], versions: [] });
    const saved = await services.erp.update({ account, doctype: 'Customer', name, body: { website: 'a.example', modified } }, context());
    expect(saved.doc['website']).toBe('a.example');
    await expect(
      services.erp.update({ account, doctype: 'Customer', name, body: { website: 'b.example', modified } }, context()),
    ).rejects.toMatchObject({ code: 'stale', details: { excType: 'TimestampMismatchError' } });
    await expect(services.erp.get({ account, doctype: 'Customer', name: 'Nobody' }, context())).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(services.erp.create({ account, doctype: 'Sales Order', body: { customer: name } }, context())).rejects.toMatchObject({
      code: 'server-error',
    });
  });
});

describe('files on a site', () => {
  it('go up as they are, privately, with progress, and come back the same', async () => {
    const set = await signedIn();
    const {
      account: { id: account },
      services,
      told,
      folder,
    } = set;
    const { doc } = await services.erp.create(
      { account, doctype: 'Customer', body: { customer_name: `Files ${Date.now()}`, customer_type: 'Company' } },
      context(),
    );
    const bytes = Buffer.concat([Buffer.from('%PDF-1.4\r\n--boundary\r\n'), randomBytes(3_000_000)]);
    const stored = await keep(set, account, bytes, 'Bericht “1”.pdf');
    expect(stored.type).toBe('application/pdf');
    const uploaded = await services.files.upload(
      { account, file: stored.id, fileName: 'Bericht "1"\r\n.pdf', doctype: 'Customer', docname: doc.name, isPrivate: true },
      context(),
    );
    expect(uploaded).toMatchObject({ is_private: 1, content_hash: stored.md5, file_size: bytes.byteLength });
    expect(site.files().find((file) => file.doc.name === uploaded.name)?.sha256).toBe(stored.sha256);
    const progress = told.filter(
      (one): one is [string, BridgeEvents['uploadProgress']] => Array.isArray(one) && one[0] === 'uploadProgress',
    );
    expect(progress.length).toBeGreaterThan(10);
    expect(progress.at(-1)![1]).toEqual({ account, file: stored.id, docname: doc.name, sent: bytes.byteLength, total: bytes.byteLength });

    await rm(join(folder, 'files', account), { recursive: true });
    const fetched = await services.files.fetch({ account, url: uploaded.file_url, told: [], priority: 'interactive' }, context());
    expect(fetched).toEqual(stored);
    await expect(
      services.files.fetch({ account, url: '/files/none.pdf', told: [], priority: 'interactive' }, context()),
    ).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(await readdir(join(folder, 'files', account, 'incoming'))).toEqual([]);
  });

  it('are held against what the site says of them: other bytes are asked for once more, and never kept', async () => {
    const set = await signedIn();
    const account = set.account.id;
    const stored = await keep(set, account, Buffer.from('%PDF-1.4 as it should be'), 'plan.pdf');
    const uploaded = await set.services.files.upload(
      { account, file: stored.id, fileName: 'plan.pdf', doctype: 'Customer', docname: 'X', isPrivate: true },
      context(),
    );
    await rm(join(set.folder, 'files', account), { recursive: true });
    const url = uploaded.file_url;
    const told = [{ size: stored.size, md5: stored.md5 }];
    const fetchIt = (facts: { size: number | null; md5: string | null }[]) =>
      set.services.files.fetch({ account, url, told: facts, priority: 'interactive' }, context());
    const whole = site.engine.disk.get(url)!;

    site.engine.disk.set(url, whole.slice(0, 10));
    await expect(fetchIt(told)).rejects.toMatchObject({ code: 'not-frappe' });
    await expect(fetchIt([{ size: stored.size, md5: null }])).rejects.toMatchObject({ code: 'not-frappe' });
    await expect(set.services.files.read({ account, file: stored.id, offset: 0, length: 1 }, context())).rejects.toMatchObject({
      code: 'not-found',
    });
    const folder = join(set.folder, 'files', account);
    expect(await readdir(join(folder, 'incoming'))).toEqual([]);
    expect((await readdir(folder)).filter((name) => name !== 'incoming')).toEqual([]);

    // A transfer that went wrong once.
    let asked = 0;
    vi.spyOn(site.engine.disk, 'get').mockImplementation(() => ((asked += 1) === 1 ? whole.slice(0, 10) : whole));
    expect(await fetchIt(told)).toEqual(stored);
    expect(asked).toBe(2);
    vi.restoreAllMocks();
    // One of several File documents of the address fits; of nothing is said.
    expect(await fetchIt([{ size: 3, md5: 'f'.repeat(32) }]).catch(() => null)).toBeNull();
    site.engine.disk.set(url, whole);
    expect(await fetchIt([{ size: 3, md5: 'f'.repeat(32) }, ...told])).toEqual(stored);
  });

  it('are forgotten to make room, but never what unsent work or a form of this run holds', async () => {
    const first = await signedIn();
    const account = first.account.id;
    const unsent = await keep(first, account, randomBytes(1_000), 'unsent.bin');
    const fetched = await keep(first, account, randomBytes(2_000), 'fetched.bin');
    const put = { kind: 'put' as const, id: randomUUID(), entry: { entry: { doctype: 'Customer' }, attachment: { file: unsent.id } } };
    await first.services.journal.append({ account, records: [put] }, context());
    const files = [unsent.id, fetched.id];
    // In this run both were given here: a form may hold them.
    expect(await first.services.files.forget({ account, files }, context())).toEqual({ freed: 0, stayed: files });
    await first.close();

    const second = await start(first.folder);
    onTestFinished(second.close);
    const { services } = second;
    const before = await services.files.room({ account }, context());
    expect(before.taken).toBeGreaterThan(3_000);
    expect(before.disk?.free).toBeGreaterThan(0);
    expect(before.disk?.size).toBeGreaterThan(before.disk?.free ?? 0);
    // Kept within the last day: whatever refers to it may not have been noted yet.
    expect(await services.files.forgetOthers({ account, keep: [] }, context())).toEqual({ freed: 0 });
    const { freed, stayed } = await services.files.forget({ account, files }, context());
    expect(stayed).toEqual([unsent.id]);
    expect(freed).toBeGreaterThanOrEqual(2_000);
    expect(await services.files.room({ account }, context())).toMatchObject({ taken: before.taken - freed });
    expect((await services.files.read({ account, file: unsent.id, offset: 0, length: 4 }, context())).byteLength).toBe(4);
    await expect(services.files.read({ account, file: fetched.id, offset: 0, length: 4 }, context())).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('over the site’s limit are too large in its own words', async () => {
    const set = await signedIn();
    const {
      account: { id: account },
      accounts,
    } = set;
    const piece = Buffer.alloc(64 * 1024);
    const bytes = async function* () {
      for (let sent = 0; sent < 26 * 1024 * 1024; sent += piece.byteLength) yield piece;
    };
    const upload = accounts.client(account).upload(
      {
        fileName: 'big.bin',
        type: 'application/octet-stream',
        size: 26 * 1024 * 1024,
        bytes: bytes(),
        doctype: 'Customer',
        docname: 'X',
        isPrivate: true,
      },
      context(),
    );
    await expect(upload).rejects.toMatchObject({ code: 'too-large', details: { status: 413 } });
  });

  it('tell how large the site takes them: what it refused as too large is refused at once from then on, also after a restart', async () => {
    const set = await signedIn();
    const { id: account } = set.account;
    // With what is around it in the request it is more than the site takes.
    const bytes = Buffer.alloc(25 * 1024 * 1024, 1);
    const stored = await keep(set, account, bytes, 'big.bin');
    const to = { account, file: stored.id, fileName: 'big.bin', doctype: 'Customer', docname: 'X', isPrivate: true };
    await expect(set.services.files.upload(to, context())).rejects.toMatchObject({ code: 'too-large', details: { status: 413 } });
    const largestFile = bytes.byteLength - 1;
    expect(set.told.at(-1)).toMatchObject(['accounts', { accounts: [{ id: account, largestFile }] }]);
    const again = await start(set.folder);
    for (const { services } of [set, again]) {
      const begun = services.files.begin({ account, name: 'big.bin', size: bytes.byteLength }, context());
      await expect(begun).rejects.toMatchObject({ code: 'too-large' });
      const { handle } = await services.files.begin({ account, name: 'big.bin', size: largestFile }, context());
      await services.files.abandon({ handle }, context());
    }
  });

  it('a PDF that the server made is kept sealed, whatever the name of its document, and nothing else is kept as one', async () => {
    const set = await signedIn();
    const {
      account: { id: account },
      services,
      folder,
    } = set;
    const order = site.documents('Sales Order').find(({ docstatus }) => docstatus === 1)!;
    const cancelled = site.documents('Sales Order').find(({ docstatus }) => docstatus === 0)!;
    site.as('Administrator').submit('Sales Order', cancelled.name);
    site.as('Administrator').cancel('Sales Order', cancelled.name);
    const ask = { account, doctype: 'Sales Order', format: 'Standard', letterhead: true };
    const stored = await services.files.fetchPdf({ ...ask, name: order.name }, context());
    expect(stored.type).toBe('application/pdf');
    const bytes = Buffer.from(await services.files.read({ account, file: stored.id, offset: 0, length: 100_000 }, context()));
    expect(bytes.toString('latin1')).toContain(`(${order.name})`);
    await expect(services.files.fetchPdf({ ...ask, name: cancelled.name }, context())).rejects.toMatchObject({
      code: 'forbidden',
      message: 'Not allowed to print cancelled documents',
    });
    const [name] = await readdir(join(folder, 'files', account)).then((names) => names.filter((one) => one !== 'incoming'));
    expect((await readFile(join(folder, 'files', account, name!))).toString('latin1')).not.toContain(order.name);
    expect(await readdir(join(folder, 'files', account, 'incoming'))).toEqual([]);
  });

  it('are sent by one account and read by no other', async () => {
    const set = await signedIn();
    const stored = await keep(set, set.account.id, randomBytes(100), 'a.bin');
    const other = 'b'.repeat(32);
    await expect(set.services.files.read({ account: other, file: stored.id, offset: 0, length: 10 }, context())).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
