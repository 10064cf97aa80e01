import { z } from 'zod';

/** API key and secret of a user, which serve until somebody has new ones made. */
export type KeySecret = { way: 'key'; apiKey: string; apiSecret: string };

/** A session that a password began. `csrf`: what its writes must carry, where the site asked for it. */
export type SessionSecret = { way: 'password'; sid: string; csrf: string | null };

/** A pair of OAuth tokens. `expiresAt`: ms since 1970 by this device's clock. */
export type TokenSecret = { way: 'browser'; clientId: string; accessToken: string; refreshToken: string | null; expiresAt: number };

/** What signs an account in. Never logged, never in an error, never on the bridge's way back. A password is never among it. */
export type Secret = KeySecret | SessionSecret | TokenSecret;

const text = z.string().min(1);
const key = z.object({ way: z.literal('key'), apiKey: text, apiSecret: text });
const session = z.object({ way: z.literal('password'), sid: text, csrf: z.string().nullable() });
const tokens = z.object({
  ...{ way: z.literal('browser'), clientId: text, accessToken: text },
  ...{ refreshToken: z.string().nullable(), expiresAt: z.number() },
});

/** Earlier versions knew keys alone and did not say so. */
const withWay = (stored: unknown): unknown =>
  typeof stored === 'object' && stored !== null && !('way' in stored) ? { way: 'key', ...stored } : stored;

/** A secret as the vault holds it. */
export const secretSchema = z.preprocess(withWay, z.discriminatedUnion('way', [key, session, tokens]));

/** The headers with which a request of an account goes out: a token, a bearer, or the cookie of a session. */
export function headersOf(secret: Secret): Record<string, string> {
  switch (secret.way) {
    case 'key':
      return { Authorization: `token ${secret.apiKey}:${secret.apiSecret}` };
    case 'browser':
      return { Authorization: `Bearer ${secret.accessToken}` };
    case 'password':
      return { Cookie: `sid=${secret.sid}`, ...(secret.csrf === null ? {} : { 'X-Frappe-CSRF-Token': secret.csrf }) };
  }
}
