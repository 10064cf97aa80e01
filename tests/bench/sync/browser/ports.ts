import type { Bridge } from '@shared/bridge';
import { AppError } from '@shared/errors';
import { settingsSchema } from '@shared/bridge/settings';
import { openCache } from '../../../../renderer/cache/open-cache';
import type { Cache } from '../../../../renderer/cache/open-cache';
import type { Ports } from '../../../../renderer/sync/ports';
import { systemTimers } from '../../../../renderer/timers';

/** The services that sync calls besides the server's own. */
type Services = Pick<Bridge, 'journal' | 'accounts' | 'settings'> & { erp: Partial<Bridge['erp']> };

/** The engine's effects in a worker, on a fresh database, sealed as the app's is; `erp` answers for the site. */
export function freshPorts(erp: Partial<Bridge['erp']>, open: (account: string) => Cache = sealedCache): Ports {
  const account = crypto.randomUUID().replaceAll('-', '');
  const services: Services = {
    erp: { doctype: () => Promise.reject(new AppError('forbidden', 'not here')), ...erp },
    journal: {
      append: async () => null,
      read: async () => [],
      condition: async () => ({ torn: false, damaged: 0 }),
      unsent: async () => [],
    },
    settings: { get: async () => settingsSchema.parse({}), set: async () => settingsSchema.parse({}) },
    // Of accounts only this is asked.
    accounts: { state: async () => ({ active: account, accounts: [], toWipe: [] }) } as unknown as Bridge['accounts'],
  };
  return {
    cache: open(account),
    account,
    // What is left out is not called by what is measured; it would fail the bench.
    bridge: services as Bridge,
    now: () => Date.now(),
    uuid: () => crypto.randomUUID(),
    random: () => Math.random(),
    log: (level, message) => {
      if (level === 'error') throw new Error(message);
    },
    timers: systemTimers,
  };
}

export const sealedCache = (account: string): Cache => openCache(account, crypto.getRandomValues(new Uint8Array(32)));
