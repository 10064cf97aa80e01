import { createHmac, randomBytes } from 'node:crypto';
import type { CallVerdict, SiteWebhook, WebhookCall, WebhooksState } from '@shared/bridge/webhooks';
import { AppError } from '@shared/errors';
import { z } from 'zod';
import type { Accounts } from '../../accounts/accounts';
import type { DataKey } from '../../data-key';
import type { Events } from '../../events';
import { inTurn } from '../../in-turn';
import type { Log } from '../../log';
import { sameSecret } from '../../same-secret';
import type { Store } from '../../settings/store';
import { codeOf } from '../../storage-failure';
import { networkAddresses } from './addresses';
import { Receiver, type Limits } from './receiver';
import { installSiteWebhooks, listSiteWebhooks, removeSiteWebhooks, type Wanted } from './site-webhooks';

export type WebhooksOptions = {
  accounts: Accounts;
  dataKey: DataKey;
  events: Events;
  store: Store;
  log: Log;
  now: () => number;
  limits?: Partial<Limits>;
};

const key = 'webhooks';
const hex = (length: number) => z.string().regex(new RegExp(`^[0-9a-f]{${length}}$`));
/** `device` names this device in paths and in the names of its webhooks; `path` is the secret part of an account's address. */
const stored = z.object({
  on: z.boolean().default(false),
  host: z.string().max(60).default('127.0.0.1'),
  port: z.number().int().min(1024).max(65535).default(47820),
  relay: z.string().max(500).nullable().default(null),
  device: hex(8).optional(),
  paths: z.record(z.string(), hex(32)).default({}),
});
type Stored = z.infer<typeof stored>;

const mostCalls = 20;

/** One that could not listen tries again so often (ms): a laptop comes back to the network that has the address. */
const againMs = 60_000;

/** The receiver for sites that push: off unless somebody turns it on. What it hears goes the same way as the realtime hints. */
export class Webhooks {
  readonly #options: WebhooksOptions;
  #receiver: Receiver | null = null;
  #failure: string | null = null;
  #calls: WebhookCall[] = [];
  #counts: Partial<Record<CallVerdict, number>> = {};
  #retry: NodeJS.Timeout | undefined;
  /** Changes, one after another. */
  readonly #inTurn = inTurn();

  constructor(options: WebhooksOptions) {
    this.#options = options;
  }

  start(): Promise<void> {
    return this.#inTurn(() => this.#listen());
  }

  state(account: string): WebhooksState {
    this.#options.accounts.find(account);
    const kept = this.#stored();
    return {
      ...{ on: kept.on, host: kept.host, port: kept.port, relay: kept.relay },
      listening: !kept.on ? { at: 'off' } : this.#failure === null ? { at: 'listening' } : { at: 'failed', message: this.#failure },
      url: this.#url(kept, account),
      addresses: networkAddresses(),
      calls: this.#calls,
      counts: this.#counts,
    };
  }

  set(account: string, changes: Partial<Pick<Stored, 'on' | 'host' | 'port' | 'relay'>>): Promise<WebhooksState> {
    return this.#inTurn(async () => {
      if (changes.host !== undefined && !networkAddresses().some(({ address }) => address === changes.host))
        throw new AppError('bad-parameters', 'This device has no such address. Choose one of those that it has.');
      const before = this.#stored();
      const now = { ...before, ...changes };
      if (now.on) this.#givePath(now, account);
      this.#keep(now);
      if (before.on !== now.on || before.host !== now.host || before.port !== now.port) await this.#listen();
      return this.state(account);
    });
  }

  async onSite(account: string, signal: AbortSignal): Promise<SiteWebhook[]> {
    return listSiteWebhooks(this.#options.accounts.client(account), await this.#wanted(account), { priority: 'interactive', signal });
  }

  async install(
    account: string,
    doctypes: readonly { doctype: string; submittable: boolean }[],
    signal: AbortSignal,
  ): Promise<SiteWebhook[]> {
    const client = this.#options.accounts.client(account);
    const wanted = await this.#wanted(account);
    await installSiteWebhooks(client, wanted, doctypes, { priority: 'interactive', signal });
    this.#options.log.info('webhooks', `set up on the site for ${doctypes.length} DocTypes`);
    return listSiteWebhooks(client, wanted, { priority: 'interactive', signal });
  }

  async remove(account: string, signal: AbortSignal): Promise<SiteWebhook[]> {
    const client = this.#options.accounts.client(account);
    const wanted = await this.#wanted(account);
    await removeSiteWebhooks(client, wanted, { priority: 'interactive', signal });
    return listSiteWebhooks(client, wanted, { priority: 'interactive', signal });
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#silence());
  }

  #stored(): Stored {
    const { success, data } = stored.safeParse(this.#options.store.get(key) ?? {});
    return success ? data : stored.parse({});
  }

  #keep(now: Stored): void {
    // `undefined` is no JSON.
    this.#options.store.set(key, JSON.parse(JSON.stringify(now)));
  }

  #givePath(now: Stored, account: string): void {
    now.device ??= randomBytes(4).toString('hex');
    now.paths = { ...now.paths, [account]: now.paths[account] ?? randomBytes(16).toString('hex') };
  }

  #url(kept: Stored, account: string): string | null {
    const { device, paths, relay, host, port } = kept;
    const secret = paths[account];
    if (device === undefined || secret === undefined) return null;
    const base = relay?.replace(/\/+$/, '') ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
    return `${base}/fieldbook/${device}/${secret}`;
  }

  /** What the site is to send, and where to; the receiver gets its path when it is turned on. */
  async #wanted(account: string): Promise<Wanted> {
    const kept = this.#stored();
    const url = this.#url(kept, account);
    if (url === null || kept.device === undefined)
      throw new AppError('unsupported', 'Turn the receiver on first: only then it has an address that the site can send to.');
    return { url, device: kept.device, secret: await this.#secretOf(account, kept.paths[account] ?? '') };
  }

  /** Follows from the key that this device keeps for its own data, so that it is stored nowhere; a new path gives a new one. */
  async #secretOf(account: string, path: string): Promise<string> {
    const own = await this.#options.dataKey.keyFor(account, 'webhooks');
    return createHmac('sha256', own).update(path).digest('hex');
  }

  async #receives(path: string): Promise<{ account: string; secret: string } | null> {
    const kept = this.#stored();
    const [, root, device, secret = ''] = path.split('/');
    // A relay keeps what stands after its own address.
    if (root !== 'fieldbook' || device !== kept.device) return null;
    const found = Object.entries(kept.paths).find(([, known]) => sameSecret(secret, known));
    const account = found?.[0];
    // Of somebody who signed out, nothing is wanted any more.
    const signedIn = this.#options.accounts.state().accounts.some((one) => one.id === account && one.signedIn);
    return found === undefined || account === undefined || !signedIn ? null : { account, secret: await this.#secretOf(account, found[1]) };
  }

  async #listen(): Promise<void> {
    await this.#silence();
    const { on, host, port } = this.#stored();
    if (!on) return;
    try {
      this.#receiver = await Receiver.listen({
        ...{ host, port },
        receives: (path) => this.#receives(path),
        onHint: (account, hint) => this.#options.events.emit('hint', { account, hint }),
        onCall: (verdict, doctype) => this.#note(verdict, doctype),
        now: this.#options.now,
        ...(this.#options.limits === undefined ? {} : { limits: this.#options.limits }),
      });
      this.#options.log.info('webhooks', `listening at ${host}, port ${port}`);
    } catch (thrown) {
      this.#failure = failureText(codeOf(thrown), host, port);
      this.#options.log.warn('webhooks', `not listening at ${host}, port ${port}: ${codeOf(thrown) ?? String(thrown)}`);
      this.#retry = setTimeout(() => void this.#inTurn(() => this.#listen()), againMs);
      this.#retry.unref();
    }
  }

  async #silence(): Promise<void> {
    clearTimeout(this.#retry);
    this.#failure = null;
    const receiver = this.#receiver;
    this.#receiver = null;
    await receiver?.close();
  }

  #note(verdict: CallVerdict, doctype: string | null): void {
    this.#calls = [{ at: this.#options.now(), verdict, doctype }, ...this.#calls].slice(0, mostCalls);
    this.#counts = { ...this.#counts, [verdict]: (this.#counts[verdict] ?? 0) + 1 };
  }
}

function failureText(code: string | null, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `Another program listens at port ${port} already. Choose another port.`;
  if (code === 'EADDRNOTAVAIL')
    return `This device does not have the address ${host} just now. It is tried again by itself; or choose another address.`;
  return `Nothing can listen at ${host}, port ${port}. Choose another address or port.`;
}
