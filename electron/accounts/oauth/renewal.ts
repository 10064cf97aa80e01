import { AppError } from '@shared/errors';
import type { Fetch } from '../../erp/transport';
import type { Secret, TokenSecret } from '../secret';
import { refresh } from './tokens';

export type RenewalOptions = {
  siteUrl: string;
  fetch: Fetch;
  now: () => number;
  secret: () => Secret;
  keep: (renewed: Secret, instead: Secret) => Promise<void>;
};

/** A token is renewed so long before it ends (ms): a request under way must not outlive it. */
const marginMs = 60_000;

/**
 * Renews the tokens of one account: one renewal at a time, whoever waits for it, and the new pair is written before it is used, since
 * the site may take the old one no more. A pair that could not be written is kept in memory and written before the next request.
 */
export class Renewal {
  readonly #options: RenewalOptions;
  #running: Promise<TokenSecret> | null = null;
  #unwritten: { renewed: TokenSecret; instead: TokenSecret } | null = null;

  constructor(options: RenewalOptions) {
    this.#options = options;
  }

  /** Tokens that serve for the next request. Rejects with `sign-in`, or with what kept the site from answering. */
  async inTime(secret: TokenSecret): Promise<TokenSecret> {
    const serves = secret.expiresAt - this.#options.now() > marginMs;
    if (this.#unwritten === null && (serves || secret.refreshToken === null)) return secret;
    return this.now(secret);
  }

  /** Other tokens than `old`. */
  now(old: TokenSecret): Promise<TokenSecret> {
    const current = this.#options.secret();
    if (current.way === 'browser' && current.accessToken !== old.accessToken) return Promise.resolve(current);
    // It goes on without whoever asked first: others wait for it too.
    this.#running ??= this.#renew(old).finally(() => (this.#running = null));
    return this.#running;
  }

  async #renew(old: TokenSecret): Promise<TokenSecret> {
    const { fetch, siteUrl, now, keep } = this.#options;
    if (this.#unwritten?.instead.accessToken !== old.accessToken) {
      this.#unwritten = null;
      if (old.refreshToken === null)
        throw new AppError('sign-in', 'This sign-in has ended. Nothing is lost: sign in again and the work goes on.');
      const asked = { fetch, siteUrl, now, signal: new AbortController().signal };
      this.#unwritten = { renewed: await refresh(asked, { ...old, refreshToken: old.refreshToken }), instead: old };
    }
    const { renewed } = this.#unwritten;
    await keep(renewed, old);
    this.#unwritten = null;
    return renewed;
  }
}
