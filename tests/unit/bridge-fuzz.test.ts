import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createBirpc } from 'birpc';
import fc from 'fast-check';
import { beforeAll, expect, it, afterAll } from 'vitest';
import type { z } from 'zod';
import { bridge } from '@shared/bridge';
import type { MainFunctions, RendererFunctions } from '@shared/bridge';
import { serveBridge } from '../../electron/bridge/serve';
import { createServices, type ServiceSet } from '../../electron/services';
import { openConfStore } from '../../electron/settings/conf-store';
import { channelPair } from '../support/channel-pair';
import { fakeEncryptor } from '../support/fake-encryptor';
import { rememberingLog } from '../support/quiet-log';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';

/** Malformed parameters a method: 1,000 where there is time for it. `FIELDBOOK_FUZZ_SEED` replays a run. */
const runs = process.env['FIELDBOOK_LONG'] === 'yes' ? 1_000 : 100;
const seed = Number(process.env['FIELDBOOK_FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

const methods = Object.entries(bridge).flatMap(([service, contract]) =>
  // What the contract holds are methods.
  Object.entries(contract as Record<string, { params: z.ZodType }>).map(([name, { params }]) => ({ method: `${service}.${name}`, params })),
);

const account = 'a'.repeat(32);

/** Values that a program tends to trip over; some fit somewhere, so that what is wrong is not always the first thing. */
const values = fc.oneof(
  fc.constantFrom<unknown>(account, 'f'.repeat(64), 'Sales Order', 'interactive', 'GET', true, 1, 0, '/private/files/a.pdf'),
  fc.constantFrom<unknown>('', '../../etc/passwd', '/files/../../x', '__proto__', 'a'.repeat(5_000), '\u0000', '\ud800', '‮gpj.exe'),
  fc.constantFrom<unknown>(null, undefined, -1, 0.5, Number.NaN, Infinity, 2 ** 53, 10n, new Date(0), new Map([['a', 1]]), new Set([1])),
  fc.constantFrom<unknown>(
    [],
    {},
    [[]],
    [null],
    new Uint8Array(3),
    new ArrayBuffer(2),
    Array.from({ length: 600 }, () => 'x'),
  ),
  fc.anything({ maxDepth: 2, withTypedArray: true, withBigInt: true, withDate: true, withMap: true, withNullPrototype: false }),
);

/** Names of parameters that some method has, and names that no object should be trusted with. */
const names = [...new Set(methods.flatMap(({ params }) => Object.keys('shape' in params ? (params.shape as object) : {})))];
const keys = fc.oneof(fc.constantFrom(...names), fc.constantFrom('constructor', 'toString', 'then', 'hasOwnProperty', 'length'));

/** Parameters that do not fit: this method's own names with any values, other names, and what is no object at all. */
function misfits(params: z.ZodType): fc.Arbitrary<unknown> {
  const own = Object.fromEntries(Object.keys('shape' in params ? (params.shape as object) : {}).map((name) => [name, values]));
  const any = fc.oneof(
    { weight: 6, arbitrary: fc.record(own, { requiredKeys: [] }) },
    { weight: 2, arbitrary: fc.dictionary(keys, values) },
    values,
  );
  return any.filter((given) => canCross(given) && !params.safeParse(given).success);
}

function canCross(given: unknown): boolean {
  try {
    structuredClone(given);
    return true;
  } catch {
    return false;
  }
}

let folder: string;
let set: ServiceSet;
/** What reached anything outside of the process. */
const reached: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldbook-fuzz-'));
  set = await createServices({
    fetch: async (input) => {
      reached.push(`fetch ${String(input)}`);
      throw new TypeError('fetch failed');
    },
    folder,
    store: openConfStore(folder),
    encryptor: fakeEncryptor('system'),
    environment: { host: 'headless', version: '0', platform: 'test', startInDemo: false },
    openExternal: async (url) => void reached.push(`open ${url}`),
    handOver: async () => (reached.push('hand over'), { at: 'cancelled' }),
    openFile: async () => void reached.push('open a file'),
    log: rememberingLog(),
    startDemo: async () => {
      reached.push('demo');
      throw new Error('no demo here');
    },
  });
});

afterAll(async () => {
  await set.close();
  await rm(folder, { recursive: true, force: true });
});

/** Every file of the data folder by its content, and what the services tell of themselves. */
async function state(): Promise<unknown> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = await Promise.all(
    entries.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return [
        path,
        entry.isFile()
          ? createHash('sha256')
              .update(await readFile(path))
              .digest('hex')
          : '',
      ];
    }),
  );
  const signal = { signal: new AbortController().signal };
  return {
    files: files.sort(),
    settings: await set.services.settings.get({}, signal),
    accounts: await set.services.accounts.state({}, signal),
  };
}

function connect() {
  const { main, window } = channelPair();
  const log = rememberingLog();
  const served = serveBridge(set.services, main, { events: set.events, log });
  const rpc = createBirpc<MainFunctions, RendererFunctions>({ event: () => undefined }, { ...window, timeout: -1 });
  return { rpc, log, served };
}

it.each(methods)(
  `$method refuses ${runs} malformed parameters by their paths, and nothing happens (seed ${seed})`,
  async ({ method, params }) => {
    const { rpc, log, served } = connect();
    const before = await state();
    let id = 0;
    await fc.assert(
      fc.asyncProperty(misfits(params), async (given) => {
        const answer = await rpc.call(String((id += 1)), method, given);
        expect(answer).toMatchObject({ ok: false, error: { code: 'bad-parameters', details: {} } });
        if (!answer.ok) expect(answer.error.message.length).toBeLessThan(600);
      }),
      { seed, numRuns: runs },
    );
    expect(await state()).toEqual(before);
    expect(reached).toEqual([]);
    expect(log.lines.filter((line) => line.includes('error'))).toEqual([]);
    served.close();
  },
);

it(`no name but the contract's is a method, whatever comes with it (seed ${seed})`, async () => {
  const { rpc, served } = connect();
  const known = new Set(methods.map(({ method }) => method));
  const word = fc.oneof(
    fc.constantFrom('accounts', 'erp', 'files', 'constructor', '__proto__', 'prototype', 'call', 'toString', ''),
    fc.string(),
  );
  const name = fc
    .oneof(
      word,
      fc.array(word, { maxLength: 4 }).map((parts) => parts.join('.')),
    )
    .filter((each) => !known.has(each));
  let id = 0;
  await fc.assert(
    fc.asyncProperty(name, values.filter(canCross), async (method, given) => {
      expect(await rpc.call(String((id += 1)), method, given)).toMatchObject({ ok: false, error: { code: 'bad-parameters' } });
    }),
    { seed, numRuns: runs },
  );
  served.close();
});

it(`parameters that fit, of an account that is not here, are refused by the method or answered with nothing (seed ${seed})`, async () => {
  const { rpc, served, log } = connect();
  const before = (await state()) as { accounts: unknown; settings: unknown };
  let tried = 0;
  // What is told of an account that is not here, or of all of them.
  const nothing = [[], {}, '', { freed: 0, stayed: [] }, { freed: 0 }, { torn: false, damaged: 0 }, null, before.accounts];
  for (const method of methods) {
    // Those that need no account, or of which the page is trusted with the effect.
    if (!('shape' in method.params) || !Object.hasOwn(method.params.shape as object, 'account') || method.method === 'journal.append')
      continue;
    const given = fitting[method.method] ?? { account };
    if (!method.params.safeParse(given).success) continue;
    tried += 1;
    const answer = await rpc.call(method.method, method.method, given);
    if (answer.ok) expect(nothing, method.method).toContainEqual(withoutRoom(answer.value));
    else expect(['no-account', 'not-found', 'bad-parameters'], method.method).toContain(answer.error.code);
  }
  expect(tried).toBeGreaterThan(35);
  expect(reached).toEqual([]);
  expect((await state()) as object).toMatchObject({ accounts: before.accounts, settings: before.settings });
  expect(log.lines.filter((line) => line.includes('error'))).toEqual([]);
  served.close();
});

/** What is free on the disk is told of any account. */
const withoutRoom = (value: unknown): unknown => (typeof value === 'object' && value !== null && 'disk' in value ? {} : value);

const document = { account, doctype: 'Sales Order', name: 'SO-1' };
const file = 'f'.repeat(64);

const fitting: Record<string, object> = {
  'accounts.setFormats': { account, formats: {} },
  'erp.list': { ...document, fields: ['name'], filters: [], limit: 1 },
  'erp.page': { ...document, fields: ['name'], filters: [], limit: 1, childTables: [] },
  'erp.count': { ...document, filters: [] },
  'erp.get': document,
  'erp.open': document,
  'erp.create': { ...document, body: {} },
  'erp.update': { ...document, body: {} },
  'erp.remove': document,
  'erp.itemDetails': { account, question: { doctype: 'Sales Order', company: 'A', item_code: 'B', transaction_date: '2026-11-23' } },
  'erp.call': { account, method: 'frappe.ping', http: 'GET', args: {} },
  'erp.doctype': document,
  'files.begin': { account, name: 'a', size: 1 },
  'files.read': { account, file, offset: 0, length: 1 },
  'files.upload': { account, file, fileName: 'a', doctype: 'Item', docname: 'A', isPrivate: true },
  'files.stopUpload': { account, file, docname: 'A' },
  'files.fetch': { account, url: '/files/a', told: [], priority: 'bulk' },
  'files.fetchPdf': { ...document, format: 'Standard', letterhead: true },
  'files.open': { account, file, fileName: 'a' },
  'files.forget': { account, files: [file] },
  'files.forgetOthers': { account, keep: [] },
  'work.export': { account, passphrase: 'long enough' },
  'work.open': { account, passphrase: 'long enough', handle: 'none' },
};
