import { z } from 'zod';
import { classify } from '@shared/erp/classify';
import { AppError } from '@shared/errors';
import type { Fetch } from '../../erp/transport';
import { form, plainRequest, type PlainAnswer } from '../plain-request';
import type { TokenSecret } from '../secret';

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  /** Seconds; an hour on Frappe. */
  expires_in: z.number().positive().default(3600),
});

const tokenPath = '/api/method/frappe.integrations.oauth2.get_token';
const revokePath = '/api/method/frappe.integrations.oauth2.revoke_token';

const label = 'POST get_token';

type Asked = { fetch: Fetch; siteUrl: string; now: () => number; signal: AbortSignal };

/** Redeems the code that the browser brought. Rejects with `sign-in` where the site does not take it. */
export async function redeem(
  asked: Asked,
  code: string,
  client: { clientId: string; redirectUri: string; verifier: string },
): Promise<TokenSecret> {
  const { clientId, redirectUri, verifier } = client;
  const grant = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, client_id: clientId, code_verifier: verifier };
  const sentence =
    'The site did not take what the browser brought. Try again; if it happens again, have your administrator check the client ID.';
  return tokensOf(asked, grant, { clientId, refreshToken: null }, sentence);
}

/** A new pair for an old one. Rejects with `sign-in` where the site does not take the old one any more. */
export async function refresh(asked: Asked, secret: TokenSecret & { refreshToken: string }): Promise<TokenSecret> {
  const { clientId, refreshToken } = secret;
  const grant = { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId };
  const sentence = 'The site no longer renews this sign-in. Nothing is lost: sign in again and the work goes on.';
  return tokensOf(asked, grant, secret, sentence);
}

async function tokensOf(
  { fetch, siteUrl, now, signal }: Asked,
  grant: Record<string, string>,
  before: Pick<TokenSecret, 'clientId' | 'refreshToken'>,
  sentence: string,
): Promise<TokenSecret> {
  const answer = await plainRequest(fetch, { method: 'POST', url: siteUrl + tokenPath, ...form(grant) }, label, signal);
  const told = answer.status === 200 ? tokenAnswer.safeParse(answer.envelope) : null;
  if (!told?.success) throw refusal(answer, sentence);
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = told.data;
  return {
    ...{ way: 'browser', clientId: before.clientId, accessToken },
    // A site that does not rotate keeps the old one going.
    refreshToken: refreshToken ?? before.refreshToken,
    expiresAt: now() + seconds * 1000,
  };
}

/** Frappe says no as 403 PermissionError or as 417, others as 400 with `error`; a site that is busy or gone has said nothing. */
function refusal(answer: PlainAnswer, sentence: string): AppError {
  const { status, headers, text, envelope } = answer;
  const failed = { status, contentType: headers.get('content-type'), body: text, request: label };
  const error = classify({ ...failed, retryAfter: headers.get('retry-after'), date: headers.get('date') });
  const saysNo = status >= 400 && status < 500 && status !== 429 && status !== 408 && envelope !== null;
  if (!saysNo && error.code !== 'sign-in') return error;
  const told = envelope?.['error'];
  return new AppError('sign-in', sentence, { status, request: label, ...(typeof told === 'string' ? { answer: told.slice(0, 100) } : {}) });
}

/** Ends a pair on its site, as a guest: with a bearer Frappe takes the client for somebody else. Rejects where no answer came. */
export async function revoke(fetch: Fetch, siteUrl: string, secret: TokenSecret, signal: AbortSignal): Promise<void> {
  const values = { token: secret.accessToken, token_type_hint: 'access_token', client_id: secret.clientId };
  await plainRequest(fetch, { method: 'POST', url: siteUrl + revokePath, ...form(values), timeoutMs: 5_000 }, 'POST revoke_token', signal);
}
