import { AppError } from '@shared/errors';
import type { Credentials, SignedHeaders } from '../erp/credentials';
import type { Fetch } from '../erp/transport';
import { Renewal } from './oauth/renewal';
import { headersOf, type Secret, type SessionSecret } from './secret';
import { csrfToken } from './session/csrf';
import { stillSignedIn } from './session/still-signed-in';

export type CredentialsOptions = {
  siteUrl: string;
  fetch: Fetch;
  /** Milliseconds since 1970. */
  now: () => number;
  /** What signs in now. Throws `no-account`. */
  secret: () => Secret;
  /** Keeps a renewed secret; resolves once it is written. Rejects where another one is kept meanwhile. */
  keep: (renewed: Secret, instead: Secret) => Promise<void>;
  /** The site no longer takes the secret, or does again. */
  took: (taken: boolean) => void;
};

/** A session that was just seen alive is not asked about again for so long (ms). */
const seenAliveMs = 5_000;

/** What one account shows its site: keys as they are, tokens renewed in time, sessions with what their writes need. */
export class AccountCredentials implements Credentials {
  readonly #options: CredentialsOptions;
  readonly #renewal: Renewal;
  #seenAlive = -Infinity;

  constructor(options: CredentialsOptions) {
    this.#options = options;
    this.#renewal = new Renewal(options);
  }

  async headers(): Promise<SignedHeaders> {
    const secret = this.#options.secret();
    return headersOf(secret.way === 'browser' ? await this.#telling(() => this.#renewal.inTime(secret)) : secret);
  }

  async renew(refusal: AppError, sent: SignedHeaders, signal: AbortSignal): Promise<boolean> {
    const secret = this.#options.secret();
    // Asked before somebody signed in again, or before another request renewed it.
    if (!sameHeaders(sent, headersOf(secret))) return refusal.code === 'sign-in' || isForToken(refusal);
    if (secret.way === 'password') {
      if (isForToken(refusal)) return this.#tokenOfPage(secret, refusal, signal);
      if (refusal.code === 'forbidden') await this.#checkAlive(secret, signal);
    }
    if (refusal.code !== 'sign-in') return false;
    if (secret.way === 'browser' && secret.refreshToken !== null) {
      await this.#telling(() => this.#renewal.now(secret));
      return true;
    }
    this.#options.took(false);
    return false;
  }

  served(): void {
    this.#options.took(true);
  }

  async #telling<T>(renew: () => Promise<T>): Promise<T> {
    try {
      return await renew();
    } catch (thrown) {
      if (AppError.from(thrown).code === 'sign-in') this.#options.took(false);
      throw thrown;
    }
  }

  async #tokenOfPage(secret: SessionSecret, refusal: AppError, signal: AbortSignal): Promise<boolean> {
    const { fetch, siteUrl, keep } = this.#options;
    const csrf = await csrfToken(fetch, siteUrl, secret, signal);
    if (csrf === null || csrf === secret.csrf) {
      const sentence = 'The site asks for more than a password before it takes changes. Nothing is lost: sign in again, or with a key.';
      this.#options.took(false);
      throw new AppError('sign-in', sentence, refusal.details);
    }
    await keep({ ...secret, csrf }, secret);
    return true;
  }

  /** Not permitted, or nobody any more? */
  async #checkAlive(secret: SessionSecret, signal: AbortSignal): Promise<void> {
    const { fetch, siteUrl, now, took } = this.#options;
    if (now() - this.#seenAlive < seenAliveMs) return;
    if (await stillSignedIn(fetch, siteUrl, secret, signal)) {
      this.#seenAlive = now();
      return;
    }
    took(false);
    throw new AppError('sign-in', 'The session has ended. Nothing is lost: sign in again and the work goes on.');
  }
}

/** A session's write without the token of its page: refused before anything was done. */
const isForToken = ({ details }: AppError): boolean => details.excType === 'CSRFTokenError';

const sameHeaders = (one: SignedHeaders, other: SignedHeaders): boolean => JSON.stringify(one) === JSON.stringify(other);
