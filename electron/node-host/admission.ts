import { randomBytes } from 'node:crypto';
import { sameSecret } from '../same-secret';

/**
 * Who may use the headless host: the browser that opened its link. The link's token serves once and becomes a cookie,
 * so that a reload works and the address bar holds no secret.
 */
export type Admission = {
  /** The token for the next link; the ones given before still serve, once each. */
  newToken(): string;
  /** The value of the session cookie for a token that was not used yet; null otherwise. */
  admit(token: string): string | null;
  isAdmitted(cookie: string | undefined): boolean;
};

export function createAdmission(): Admission {
  const unused = new Set<string>();
  const session = randomBytes(32).toString('base64url');
  return {
    newToken() {
      const token = randomBytes(32).toString('base64url');
      unused.add(token);
      return token;
    },
    admit: (token) => (unused.delete(token) ? session : null),
    isAdmitted: (cookie) => cookie !== undefined && sameSecret(cookie, session),
  };
}
