import { randomUUID } from 'node:crypto';
import type { Account } from '@shared/bridge/accounts';
import type { BrowserStep, PasswordStep } from '@shared/bridge/sign-in';
import { AppError } from '@shared/errors';
import type { Fetch } from '../erp/transport';
import type { Store } from '../settings/store';
import type { Accounts, Entering } from './accounts';
import { listenForCallback, redirectUriAt, type CallbackListener } from './oauth/callback-listener';
import { keepClientId } from './oauth/clients';
import { discoverAuthorize } from './oauth/discovery';
import { authorizeUrl, newProof } from './oauth/pkce';
import { redeem } from './oauth/tokens';
import type { SiteFound } from './probe';
import { login, type LoginStep } from './session/login';

export type SignInsOptions = {
  accounts: Pick<Accounts, 'enter'>;
  fetch: Fetch;
  store: Store;
  now: () => number;
  probe: (address: string, signal: AbortSignal) => Promise<SiteFound>;
  callbackPort: number;
  /** Null where the page itself opens the browser that it is in. */
  openBrowser: ((url: string) => Promise<void>) | null;
};

type Where = { address: string; keep: 'session' | 'store'; account?: string | undefined };
type ForCode = Entering & { tmpId: string };
type ForBrowser = Entering & { listener: CallbackListener; clientId: string; verifier: string };

const waitMs = 5 * 60_000;

const gone = (): AppError => new AppError('unsupported', 'This sign-in is over. Begin again.');

/** Sign-ins of several steps. What waits for the next one is in memory alone. */
export class SignIns {
  readonly #options: SignInsOptions;
  /** One of each kind: whoever begins again has left the one before. */
  #forCode: { ticket: string; waits: ForCode } | null = null;
  #forBrowser: { ticket: string; waits: ForBrowser } | null = null;

  constructor(options: SignInsOptions) {
    this.#options = options;
  }

  async password({ user, password, ...where }: Where & { user: string; password: string }, signal: AbortSignal): Promise<PasswordStep> {
    const entering = await this.#entering(where, signal);
    return this.#afterLogin(entering, await login(this.#options.fetch, entering.siteUrl, { user: user.trim(), password }, signal), signal);
  }

  async code(ticket: string, code: string, signal: AbortSignal): Promise<PasswordStep> {
    if (this.#forCode?.ticket !== ticket) throw gone();
    const { tmpId, ...entering } = this.#forCode.waits;
    // A wrong code leaves the question open.
    const step = await login(this.#options.fetch, entering.siteUrl, { tmpId, code: code.replace(/\s/g, '') }, signal);
    return this.#afterLogin(entering, step, signal);
  }

  async #afterLogin(entering: Entering, step: LoginStep, signal: AbortSignal): Promise<PasswordStep> {
    if (step.at === 'session') {
      this.#forCode = null;
      return { at: 'signed-in', account: await this.#options.accounts.enter(entering, step.secret, signal) };
    }
    const ticket = randomUUID();
    this.#forCode = { ticket, waits: { ...entering, tmpId: step.tmpId } };
    return { at: 'code', ticket, by: step.by, prompt: step.prompt };
  }

  async browser({ clientId: typed, ...where }: Where & { clientId: string }, signal: AbortSignal): Promise<BrowserStep> {
    const { fetch, callbackPort, openBrowser } = this.#options;
    const clientId = typed.trim();
    const entering = await this.#entering(where, signal);
    const endpoint = await discoverAuthorize(fetch, entering.siteUrl, signal);
    if (endpoint === null)
      throw new AppError('unsupported', 'This site does not offer the sign-in with the browser. Use user and password, or a key.');
    this.close();
    const proof = newProof();
    const listener = await listenForCallback(callbackPort, proof.state, waitMs);
    const ticket = randomUUID();
    this.#forBrowser = { ticket, waits: { ...entering, listener, clientId, verifier: proof.verifier } };
    const url = authorizeUrl(endpoint, proof, { clientId, redirectUri: redirectUriAt(callbackPort) });
    try {
      await openBrowser?.(url);
    } catch (thrown) {
      this.close();
      throw thrown;
    }
    return { ticket, url, opened: openBrowser !== null };
  }

  async returned(ticket: string, signal: AbortSignal): Promise<Account> {
    if (this.#forBrowser?.ticket !== ticket) throw gone();
    const { listener, clientId, verifier, ...entering } = this.#forBrowser.waits;
    const stop = (): void => listener.close();
    signal.addEventListener('abort', stop);
    try {
      const code = await listener.code;
      const { fetch, now, callbackPort, store, accounts } = this.#options;
      const client = { clientId, redirectUri: redirectUriAt(callbackPort), verifier };
      const secret = await redeem({ fetch, siteUrl: entering.siteUrl, now, signal }, code, client);
      const account = await accounts.enter(entering, secret, signal);
      keepClientId(store, entering.siteUrl, clientId);
      return account;
    } finally {
      signal.removeEventListener('abort', stop);
      if (this.#forBrowser?.ticket === ticket) this.#forBrowser = null;
    }
  }

  /** Waits for no browser any longer. */
  close(): void {
    this.#forBrowser?.waits.listener.close();
    this.#forBrowser = null;
  }

  async #entering({ address, keep, account }: Where, signal: AbortSignal): Promise<Entering> {
    const { siteUrl } = await this.#options.probe(address, signal);
    return { siteUrl, keep, demo: false, ...(account === undefined ? {} : { as: account }) };
  }
}
