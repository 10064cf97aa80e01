import { z } from 'zod';
import { accountId, type Account } from './accounts';
import { method } from './method';

/** How a code of the second factor reaches its person. */
export type CodeBy = 'app' | 'email' | 'sms' | 'other';

/** A password's answer: signed in, or a code is asked for. `ticket` names the sign-in that waits; `prompt` is the site's own sentence. */
export type PasswordStep = { at: 'signed-in'; account: Account } | { at: 'code'; ticket: string; by: CodeBy; prompt: string | null };

/** A page of the site that waits for its person. `opened`: the system's browser was told; otherwise the page opens it by a click. */
export type BrowserStep = { ticket: string; url: string; opened: boolean };

const where = z.object({
  address: z.string().min(1).max(2000),
  /** `store` falls to a plain file where there is no real key store: only with the person's word. */
  keep: z.enum(['session', 'store']),
  /** Whose sign-in this renews: anybody else's is refused. */
  account: accountId.optional(),
});
const ticket = z.string().min(1).max(100);

/** Ways to sign in that take more than one step. */
export const signIn = {
  /** The password is sent to the site once, and kept nowhere. */
  password: method<PasswordStep>()(where.extend({ user: z.string().min(1).max(200), password: z.string().min(1).max(512) })),
  code: method<PasswordStep>()(z.object({ ticket, code: z.string().min(1).max(50) })),
  /** Begins to wait for the browser, at most five minutes; one at a time. */
  browser: method<BrowserStep>()(where.extend({ clientId: z.string().min(1).max(200) })),
  /** Resolves when the person came back signed in. Taken back, it waits no longer. */
  returned: method<Account>()(z.object({ ticket })),
};
