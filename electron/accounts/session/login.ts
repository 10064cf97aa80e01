import type { CodeBy } from '@shared/bridge/sign-in';
import { classify, notFrappe } from '@shared/erp/classify';
import { isRecord } from '@shared/erp/envelope';
import { plainText } from '@shared/erp/plain-text';
import { AppError } from '@shared/errors';
import type { Fetch } from '../../erp/transport';
import { plainRequest, type PlainAnswer } from '../plain-request';
import type { SessionSecret } from '../secret';

/** What a password brings: a session, or the question for a code. `tmpId` names the sign-in that waits for it. */
export type LoginStep = { at: 'session'; secret: SessionSecret } | { at: 'code'; tmpId: string; by: CodeBy; prompt: string | null };

type Given = { user: string; password: string } | { tmpId: string; code: string };

const label = 'POST /api/method/login';

/**
 * A sign-in by password (recording login), or by the code of a second factor (read in Frappe's `twofactor.py`, not measured).
 * The password is sent once and kept nowhere; a redirect is not followed with it. Rejects with an `AppError`.
 */
export async function login(fetch: Fetch, siteUrl: string, given: Given, signal: AbortSignal): Promise<LoginStep> {
  const withCode = 'code' in given;
  const body = JSON.stringify(withCode ? { otp: given.code, tmp_id: given.tmpId } : { usr: given.user, pwd: given.password });
  const url = `${siteUrl}/api/method/login`;
  const ask = { method: 'POST' as const, url, headers: { 'Content-Type': 'application/json' }, body };
  const answer = await plainRequest(fetch, ask, label, signal);
  if (answer.status !== 200 || answer.envelope === null) throw refusal(answer, withCode);
  const { verification, tmp_id: tmpId } = answer.envelope;
  if (isRecord(verification) && typeof tmpId === 'string') return { at: 'code', tmpId, ...askedFor(verification) };
  const sid = sidOf(answer.headers);
  if (sid !== null) return { at: 'session', secret: { way: 'password', sid, csrf: null } };
  // Without a session: the password is too old, and the site wants a new one.
  if (typeof answer.envelope['redirect_to'] === 'string') throw expired(answer.status);
  throw unexpected(answer);
}

/** The session's id among the cookies of an answer; several headers may come as one, and a guest's is none. */
export function sidOf(headers: Headers): string | null {
  const sid = /(?:^|,\s*)sid=([^;,\s]*)/.exec(headers.get('set-cookie') ?? '')?.[1] ?? '';
  return sid === '' || sid === 'Guest' ? null : sid;
}

const ways: Record<string, CodeBy> = { 'OTP App': 'app', Email: 'email', SMS: 'sms' };

function askedFor(verification: Record<string, unknown>): { by: CodeBy; prompt: string | null } {
  const { method, prompt, token_delivery: delivered } = verification;
  if (delivered === false) {
    throw new AppError(
      'sign-in',
      'The site could not send its code. Ask your administrator to check your e-mail address or telephone number there.',
    );
  }
  return {
    by: typeof method === 'string' ? (ways[method] ?? 'other') : 'other',
    prompt: typeof prompt === 'string' && prompt !== '' ? plainText(prompt) : null,
  };
}

function refusal(answer: PlainAnswer, withCode: boolean): AppError {
  if (answer.status >= 300 && answer.status < 400) {
    const sentence = 'The site sends the sign-in on to another address. Use the address at which ERPNext opens in a browser.';
    return new AppError('not-frappe', sentence, { status: answer.status, request: label });
  }
  const error = classify(failed(answer));
  if (error.code !== 'sign-in') return error;
  const sentence = withCode
    ? 'The site does not accept this code. A code serves for some minutes and once: take the newest, or begin again.'
    : 'The site does not accept this user and password. Nothing on this device changed; check both.';
  const told = answer.envelope?.['message'];
  const words = typeof told === 'string' && told !== '' ? [{ message: plainText(told) }] : [];
  return new AppError('sign-in', sentence, { ...error.details, serverMessages: [...words, ...(error.details.serverMessages ?? [])] });
}

const expired = (status: number): AppError =>
  new AppError('sign-in', 'This password is too old for the site. Set a new one there in a browser, and then sign in here.', {
    status,
    request: label,
  });

const failed = ({ status, headers, text }: PlainAnswer) => ({
  ...{ status, contentType: headers.get('content-type'), body: text, request: label },
  ...{ retryAfter: headers.get('retry-after'), date: headers.get('date') },
});

const unexpected = (answer: PlainAnswer): AppError => notFrappe(failed(answer));
