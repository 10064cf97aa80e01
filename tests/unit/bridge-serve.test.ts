import { createBirpc } from 'birpc';
import { describe, expect, it } from 'vitest';
import type { MainFunctions, RendererFunctions, Services } from '@shared/bridge';
import { AppError } from '@shared/errors';
import { serveBridge } from '../../electron/bridge/serve';
import { Events } from '../../electron/events';
import { channelPair } from '../support/channel-pair';
import { rememberingLog } from '../support/quiet-log';
import { until } from '../support/until';

const account = '0'.repeat(32);

/** Only what a test calls is there; the rest of the services is not reached. */
const some = (services: object): Services<AbortSignal> => services as Services<AbortSignal>;

function serve(services: object, isAllowed?: () => boolean) {
  const { main, window } = channelPair();
  const [events, log] = [new Events(), rememberingLog()];
  const served = serveBridge(some(services), main, { events, log, ...(isAllowed ? { isAllowed } : {}) });
  const seen: unknown[] = [];
  const listening: RendererFunctions = { event: (name, payload) => void seen.push([name, payload]) };
  const rpc = createBirpc<MainFunctions, RendererFunctions>(listening, { ...window, timeout: -1 });
  return { rpc, events, log, served, seen };
}

describe('the served bridge', () => {
  it('parses parameters, runs the call and answers with data', async () => {
    const { rpc } = serve({ files: { read: async ({ offset }: { offset: number }) => new Uint8Array([offset]) } });
    const params = { account, file: 'f'.repeat(64), offset: 7, length: 1 };
    expect(await rpc.call('1', 'files.read', params)).toEqual({ ok: true, value: new Uint8Array([7]) });
  });

  it('refuses parameters that do not fit by their path, without their values', async () => {
    let ran = false;
    const { rpc, log } = serve({ accounts: { signIn: async () => (ran = true) } });
    const params = { address: 'a', apiKey: 'k', apiSecret: 'x'.repeat(300), keep: 'the-secret-value' };
    const outcome = await rpc.call('1', 'accounts.signIn', params);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'bad-parameters' } });
    expect(JSON.stringify(outcome)).toContain('apiSecret');
    expect(JSON.stringify(outcome)).toContain('keep');
    expect(JSON.stringify([outcome, log.lines])).not.toMatch(/the-secret-value|xxx/);
    expect(ran).toBe(false);
  });

  it('lets nothing along with the question what an item brings: with a rate, ERPNext may write a price', async () => {
    const asked: unknown[] = [];
    const { rpc } = serve({ erp: { itemDetails: async (params: unknown) => (asked.push(params), {}) } });
    const question = { doctype: 'Sales Order', company: 'A', item_code: 'B', transaction_date: '2026-11-23' };
    expect(await rpc.call('1', 'erp.itemDetails', { account, question })).toMatchObject({ ok: true });
    expect(await rpc.call('2', 'erp.itemDetails', { account, question: { ...question, rate: 5 } })).toMatchObject({
      ok: false,
      error: { code: 'bad-parameters' },
    });
    expect(asked).toEqual([{ account, question }]);
  });

  it('a PDF is asked for by document and format alone: no path, no other method', async () => {
    const asked: unknown[] = [];
    const { rpc } = serve({ files: { fetchPdf: async (params: unknown) => (asked.push(params), {}) } });
    const params = { account, doctype: 'Sales Order', name: 'SO-1', format: 'Standard', letterhead: true };
    expect(await rpc.call('1', 'files.fetchPdf', params)).toMatchObject({ ok: true });
    for (const misfit of [
      { ...params, url: '/private/files/a.pdf' },
      { ...params, method: 'frappe.client.delete' },
      { ...params, name: '' },
      { ...params, name: ['SO-1'] },
      { ...params, format: 'F'.repeat(141) },
      { ...params, letterhead: 'yes' },
      { ...params, account: '../../etc' },
    ])
      expect(await rpc.call('2', 'files.fetchPdf', misfit)).toMatchObject({ ok: false, error: { code: 'bad-parameters' } });
    expect(asked).toEqual([params]);
  });

  it.each([
    'nothing',
    'files',
    'files.constructor',
    'constructor.constructor',
    '__proto__.toString',
    'files.read.call',
    'toString.call',
    '',
  ])('knows no call named %j', async (method) => {
    const { rpc } = serve({ files: {} });
    expect(await rpc.call('1', method, {})).toMatchObject({ ok: false, error: { code: 'bad-parameters' } });
  });

  it('offers the other side its two functions and nothing else', async () => {
    const { rpc } = serve({});
    const foreign = rpc as unknown as Record<string, () => Promise<unknown>>;
    await expect(foreign['toString2']!()).rejects.toThrow();
    await expect(foreign['constructor2']!()).rejects.toThrow();
  });

  it('passes an AppError on as data, and keeps the words of a defect to the log', async () => {
    const { rpc, log } = serve({
      erp: {
        ping: async () => {
          throw new AppError('rate-limited', 'Wait.', { retryAfter: 5 });
        },
      },
      journal: {
        read: async () => {
          throw new TypeError('cannot read customer Grant of undefined');
        },
      },
    });
    expect(await rpc.call('1', 'erp.ping', { account })).toEqual({
      ok: false,
      error: { code: 'rate-limited', message: 'Wait.', details: { retryAfter: 5 } },
    });
    const defect = await rpc.call('2', 'journal.read', { account });
    expect(defect).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(defect)).not.toContain('Grant');
    expect(log.lines.join()).toContain('journal.read');
  });

  it('takes calls back by their id, and all of them when the channel closes', async () => {
    const aborted: string[] = [];
    let waiting = 0;
    const { rpc, served } = serve({
      erp: {
        ping: (_params: object, { signal }: { signal: AbortSignal }) =>
          new Promise((_resolve, reject) => {
            waiting += 1;
            signal.addEventListener('abort', () => {
              aborted.push('x');
              reject(new AppError('cancelled', 'Cancelled.'));
            });
          }),
      },
    });
    const first = rpc.call('1', 'erp.ping', { account });
    void rpc.call('2', 'erp.ping', { account }).catch(() => undefined);
    await until(() => waiting === 2);
    rpc.cancel('unknown').catch(() => undefined);
    await rpc.cancel('1');
    expect(await first).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(aborted).toHaveLength(1);
    served.close();
    expect(aborted).toHaveLength(2);
  });

  it('refuses everything from a caller that is not allowed', async () => {
    let ran = false;
    const { rpc } = serve({ settings: { get: async () => (ran = true) } }, () => false);
    expect(await rpc.call('1', 'settings.get', {})).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(ran).toBe(false);
  });

  it('tells events until the channel closes', async () => {
    const { events, seen, served } = serve({});
    events.emit('wake', { reason: 'resume' });
    await until(() => seen.length === 1);
    expect(seen).toEqual([['wake', { reason: 'resume' }]]);
    served.close();
    events.emit('wake', { reason: 'resume' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toHaveLength(1);
  });
});
