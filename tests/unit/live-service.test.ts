import { describe, expect, it, onTestFinished } from 'vitest';
import type { Account } from '@shared/bridge/accounts';
import { settingsSchema } from '@shared/bridge/settings';
import { AppError } from '@shared/errors';
import type { Accounts } from '../../electron/accounts/accounts';
import { Events } from '../../electron/events';
import { Live } from '../../electron/live/live';
import type { OpenSocket } from '../../electron/live/open-socket';
import { accountOf } from '../support/composed';
import { rememberingLog } from '../support/quiet-log';
import { until } from '../support/until';

const window = '3e0c0c36-6f4e-4c0b-9d55-0a5a3e0f4d11';
const document = { doctype: 'Customer', name: 'Acme' };

/** The service over sockets that only remember what was said to them. */
function listening({ byHost = false } = {}) {
  const [events, kept] = [new Events(), new Map<string, unknown>()];
  const account = accountOf();
  let state = { active: account.id as string | null, accounts: [account] as Account[], toWipe: [] as string[] };
  let [workOffline, now, secret] = [false, 0, 'token a:b' as string | null];
  let host = { hidden: false, onBattery: false };
  let hostChanged = (): void => undefined;
  const sockets: {
    said: string[];
    headers: Record<string, string>;
    address: string;
    end(): void;
    open: boolean;
    tell(event: string, payload: unknown): void;
  }[] = [];
  const refusing = { how: null as 'refused' | null };
  const accounts = {
    state: () => state,
    find: () => ({ ...account }),
    headers: async () => {
      if (secret === null) throw new AppError('no-account', 'signed out');
      return { Authorization: secret };
    },
    client: () => ({ call: () => Promise.reject(new AppError('sign-in', 'dead')), signInPage: () => Promise.resolve('') }),
  };
  const live = new Live({
    // Only what the service asks of them.
    accounts: accounts as unknown as Accounts,
    settings: { get: () => settingsSchema.parse({ workOffline }) },
    events,
    store: { get: (key) => kept.get(key), set: (key, value) => void kept.set(key, value) },
    open: async (address, headers) => {
      if (refusing.how !== null) return { ok: false, why: refusing.how, message: 'Unauthorized' };
      const listeners = new Map<string, (payload: unknown) => void>();
      const said: string[] = [];
      let end = (): void => undefined;
      const closed = new Promise<void>((resolve) => (end = resolve));
      const made = {
        said,
        headers,
        address: address.origin,
        open: true,
        tell: (event: string, payload: unknown) => listeners.get(event)?.(payload),
        end: () => end(),
      };
      const socket: OpenSocket = {
        emit: (...words) => void said.push(words.join(' ')),
        on: (event, listener) => void listeners.set(event, listener),
        closed: closed.then(() => void (made.open = false)),
        close: () => end(),
      };
      sockets.push(made);
      return { ok: true, socket };
    },
    pace: { random: () => 0, sleep: () => new Promise((resolve) => setTimeout(resolve, 5)) },
    now: () => now,
    log: rememberingLog(),
    attention: byHost ? { state: () => host, onChange: (listener) => void (hostChanged = listener) } : undefined,
  });
  onTestFinished(() => live.close());
  return {
    live,
    events,
    sockets,
    account,
    refusing,
    standing: () => sockets.filter(({ open }) => open).length,
    attend: (over: { hidden?: boolean; onBattery?: boolean | null; document?: typeof document | null } = {}) =>
      live.attend(window, { account: account.id, hidden: false, onBattery: null, document: null, ...over }),
    pass: (ms: number) => void (now += ms),
    setOffline(on: boolean) {
      workOffline = on;
      events.emit('settings', settingsSchema.parse({ workOffline }));
    },
    sign(out: boolean) {
      secret = out ? null : 'token c:d';
      state = { ...state, accounts: [{ ...account, signedIn: !out }] };
      events.emit('accounts', state);
    },
    setHost(now_: typeof host) {
      host = now_;
      hostChanged();
    },
  };
}

/** With one window that is looked at, and an engine that asked. */
async function connected(options?: { byHost?: boolean }) {
  const made = listening(options);
  made.attend();
  made.live.follow(made.account.id, ['Customer', 'Item']);
  await until(() => made.live.state().at === 'live');
  return made;
}

describe('the service that listens to the site', () => {
  it('opens nothing before an engine asked', async () => {
    const { live, attend, sockets } = listening();
    attend();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([live.state(), sockets.length]).toEqual([{ at: 'off', why: 'not-asked' }, 0]);
  });

  it('says who it is by the headers of the account, with the origin of the site and some cookie', async () => {
    const { sockets } = await connected();
    expect(sockets[0]?.headers).toEqual({ Authorization: 'token a:b', Cookie: 'system_user=yes', Origin: 'https://site.example' });
    expect(sockets[0]?.said).toEqual(['doctype_subscribe Customer', 'doctype_subscribe Item']);
  });

  it('opens nothing while every page is hidden on battery, and opens again when one is looked at', async () => {
    const { live, attend, standing, sockets } = await connected();
    attend({ hidden: true, onBattery: true });
    await until(() => standing() === 0);
    expect(live.state()).toEqual({ at: 'off', why: 'resting' });
    const opened = sockets.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(sockets).toHaveLength(opened);
    attend({ onBattery: true });
    await until(() => standing() === 1);
  });

  it('takes the host’s word for the window and its power where the host knows', async () => {
    const { attend, standing, setHost } = await connected({ byHost: true });
    setHost({ hidden: true, onBattery: true });
    await until(() => standing() === 0);
    // A window that is not throttled calls itself visible.
    attend();
    expect(standing()).toBe(0);
    setHost({ hidden: true, onBattery: false });
    await until(() => standing() === 1);
  });

  it('closes when no page has spoken for a while: there is none', async () => {
    const { live, pass, standing, account } = await connected();
    pass(10 * 60_000);
    live.follow(account.id, ['Customer']);
    await until(() => standing() === 0);
    expect(live.state()).toEqual({ at: 'off', why: 'resting' });
  });

  it('closes while somebody works offline by choice, and on signing out', async () => {
    const { standing, setOffline, sign, live } = await connected();
    setOffline(true);
    await until(() => standing() === 0);
    setOffline(false);
    await until(() => standing() === 1);
    sign(true);
    await until(() => standing() === 0);
    expect(live.state()).toEqual({ at: 'off', why: 'signed-out' });
  });

  it('says that the sign-in is dead, and tries again with the next one', async () => {
    const { live, sockets, refusing, sign } = await connected();
    refusing.how = 'refused';
    sockets[0]?.end();
    await until(() => live.state().at === 'off');
    expect(live.state()).toEqual({ at: 'off', why: 'sign-in' });
    refusing.how = null;
    sign(false);
    await until(() => live.state().at === 'live');
    expect(sockets.at(-1)?.headers['Authorization']).toBe('token c:d');
  });

  it('opens and closes documents at the site as windows show them, and remembers who else is there', async () => {
    const { attend, sockets, events } = await connected();
    const told: unknown[] = [];
    events.on((name, payload) => {
      if (name === 'viewers') told.push(payload);
    });
    attend({ document });
    expect(sockets[0]?.said.slice(2)).toEqual(['doc_subscribe Customer Acme', 'doc_open Customer Acme']);
    sockets[0]?.tell('doc_viewers', { doctype: 'Customer', docname: 'Acme', users: ['otto'] });
    expect(attend({ document })).toEqual({ viewers: ['otto'] });
    expect(told).toHaveLength(1);
    attend();
    expect(sockets[0]?.said.slice(4)).toEqual(['doc_close Customer Acme', 'doc_unsubscribe Customer Acme']);
    expect(attend({ document })).toEqual({ viewers: [] });
  });

  it('passes on hints of a known shape alone', async () => {
    const { sockets, events } = await connected();
    const hints: unknown[] = [];
    events.on((name, payload) => {
      if (name === 'hint') hints.push(payload);
    });
    for (const payload of [
      null,
      'x',
      { doctype: 7 },
      { doctype: 'C'.repeat(200), name: 'A' },
      { doctype: 'Customer', name: 12, user: 'otto' },
    ])
      sockets[0]?.tell('list_update', payload);
    expect(hints).toEqual([{ account: expect.any(String), hint: { kind: 'list', doctype: 'Customer', name: '12', user: 'otto' } }]);
  });

  it('goes to the address that somebody gave for the account, and back to the usual one', async () => {
    const { live, account, sockets } = await connected();
    live.setAddress(account.id, 'push.example:9443/site-1');
    await until(() => sockets.at(-1)?.address === 'https://push.example:9443');
    expect(live.address(account.id)).toBe('https://push.example:9443/site-1');
    live.setAddress(account.id, null);
    await until(() => sockets.at(-1)?.address === 'https://site.example');
  });
});
