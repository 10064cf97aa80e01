import type { AppError } from '@shared/errors';

/** The headers that tell the site who asks; none for a guest. */
export type SignedHeaders = Readonly<Record<string, string>>;

/** What an account shows its site, and what becomes of it when the site no longer takes it. */
export type Credentials = {
  /** For the next request; renewed first where they are about to end. Rejects with an `AppError` where there are none. */
  headers(signal: AbortSignal): Promise<SignedHeaders>;
  /**
   * The site refused what was asked with `sent`. True where there are other headers now, with which to ask once more;
   * rejects with an error that says better what is wrong.
   */
  renew(refusal: AppError, sent: SignedHeaders, signal: AbortSignal): Promise<boolean>;
  /** The site took them. */
  served(): void;
};

/** Headers that nothing renews: a guest's (`{}`), or a key's that is only being tried. */
export const fixedHeaders = (headers: () => SignedHeaders): Credentials => ({
  headers: () => Promise.resolve(headers()),
  renew: () => Promise.resolve(false),
  served: () => undefined,
});
