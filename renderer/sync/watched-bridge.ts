import type { Bridge } from '@shared/bridge';
import { AppError } from '@shared/errors';
import type { ErrorCode } from '@shared/errors';
import type { ConnectivityWatch } from './connectivity';

export type Traffic = { requests: number; bytes: number; failed: number };

/** What answers these is not the site, or not its application. */
const unanswered: ReadonlySet<ErrorCode> = new Set(['offline', 'timeout', 'lost', 'not-frappe', 'cancelled']);

type Priority = 'interactive' | 'bulk';

/** What a person types themselves (`run`) is no business of the engine’s. */
export type Erp = Omit<Bridge['erp'], 'run'> & {
  upload: Bridge['files']['upload'];
  fetchFile: Bridge['files']['fetch'];
  fileText: Bridge['files']['text'];
  refresh: Bridge['accounts']['refresh'];
};

/**
 * The calls that reach the server, watched: none is made while the server may not be asked, and each tells whether it
 * is there. The one place through which every request of the engine goes. `wrote` hears of what was written.
 */
export function watchErp(
  bridge: Bridge,
  watch: ConnectivityWatch,
  traffic: Traffic,
  wrote: (doctype: string, name: string) => void = () => undefined,
): Erp {
  async function watched<R>(call: () => Promise<R>, priority: Priority = 'bulk'): Promise<R> {
    if (!watch.mayAskFor(priority))
      throw new AppError('offline', 'Not connected: this waits on the device until the server can be reached.');
    try {
      const result = await call();
      traffic.requests += requestsOf(result);
      traffic.bytes += bytesOf(result);
      watch.answered(dateOf(result));
      return result;
    } catch (thrown) {
      const error = AppError.from(thrown);
      // Such a call went nowhere.
      if (error.code !== 'budget') {
        traffic.requests += 1;
        traffic.failed += 1;
      }
      report(error, watch);
      throw error;
    }
  }
  const { erp, files, accounts } = bridge;
  return {
    list: (params, options) => watched(() => erp.list(params, options), params.priority),
    page: (params, options) => watched(() => erp.page(params, options), params.priority),
    count: (params, options) => watched(() => erp.count(params, options), params.priority),
    get: (params, options) => watched(() => erp.get(params, options), params.priority),
    open: (params, options) => watched(() => erp.open(params, options), params.priority),
    create: (params, options) =>
      watched(async () => {
        const saved = await erp.create(params, options);
        wrote(params.doctype, saved.doc.name);
        return saved;
      }, params.priority),
    update: (params, options) => {
      // Before its answer: the server may tell of it sooner.
      wrote(params.doctype, params.name);
      return watched(() => erp.update(params, options), params.priority);
    },
    remove: (params, options) => {
      wrote(params.doctype, params.name);
      return watched(() => erp.remove(params, options), params.priority);
    },
    itemDetails: (params, options) => watched(() => erp.itemDetails(params, options), params.priority),
    call: (params, options) => watched(() => erp.call(params, options), params.priority),
    doctype: (params, options) => watched(() => erp.doctype(params, options), params.priority),
    ping: (params, options) => watched(() => erp.ping(params, options), params.priority),
    refresh: (params, options) => watched(() => accounts.refresh(params, options)),
    upload: (params, options) => watched(() => files.upload(params, options)),
    fetchFile: (params, options) => watched(() => files.fetch(params, options), params.priority),
    fileText: (params, options) => watched(() => files.text(params, options)),
  };
}

function report(error: AppError, watch: ConnectivityWatch): void {
  if (unanswered.has(error.code)) watch.check();
  else if (error.code === 'sign-in' || error.code === 'no-account') watch.signedOut(error);
  else if (error.code === 'budget') watch.budgetUsedUp(error.details.retryAfter);
  else if (error.code === 'rate-limited' || error.code === 'busy') watch.pause(error.details.retryAfter, error);
  else if (error.details.status !== undefined) watch.answered(null);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function dateOf(result: unknown): string | null {
  if (!isObject(result)) return null;
  const source = isObject(result['parents']) ? result['parents'] : result;
  return typeof source['date'] === 'string' ? source['date'] : null;
}

const requestsOf = (result: unknown): number => (isObject(result) && typeof result['requests'] === 'number' ? result['requests'] : 1);

function bytesOf(result: unknown): number {
  if (!isObject(result)) return 0;
  const lists = isObject(result['parents']) ? [result['parents'], result['check'], ...children(result['children'])] : [result];
  return lists.reduce<number>((sum, list) => sum + (isObject(list) && typeof list['bytes'] === 'number' ? list['bytes'] : 0), 0);
}

const children = (value: unknown): unknown[] =>
  Array.isArray(value) ? value.map((child: unknown) => (isObject(child) ? child['rows'] : null)) : [];
