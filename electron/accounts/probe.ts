import type { SiteProbe } from '@shared/bridge/accounts';
import { isRecord, parseEnvelope } from '@shared/erp/envelope';
import { AppError, type ErrorCode, type SiteTrouble } from '@shared/errors';
import { isCertificateTrouble, networkFailure } from '../erp/network-failure';
import { patience } from '../erp/patience';
import { readText } from '../erp/read-body';
import { cancelled } from '../erp/request';
import type { Fetch } from '../erp/transport';
import { candidateSites } from './address';
import { troubleOf, troubleSentences } from './site-trouble';

/** A Frappe site, wherever its address led. */
export type SiteFound = Omit<SiteProbe, 'browser'>;

const label = 'GET /api/method/ping';
const timeoutMs = 15_000;

/** Finds the site behind an address by asking as a guest, without any secret. Rejects with what the best candidate said. */
export async function probeSite(fetch: Fetch, address: string, signal: AbortSignal): Promise<SiteFound> {
  let best: AppError | null = null;
  for (const origin of candidateSites(address)) {
    try {
      return await ask(fetch, origin, signal);
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (error.code === 'cancelled') throw error;
      // A certificate that cannot be trusted is no reason to go on without any, unless that was typed.
      if (isCertificateTrouble(error) && !address.trim().toLowerCase().startsWith('http://')) throw error;
      // Who answered says more than who did not.
      if (best === null || (best.details.status === undefined && error.details.status !== undefined)) best = error;
    }
  }
  throw best ?? new AppError('bad-parameters', 'This is no address of a site.');
}

async function ask(fetch: Fetch, origin: string, signal: AbortSignal): Promise<SiteFound> {
  const wait = patience(timeoutMs, signal);
  try {
    // A guest's request may follow a redirect (example.com → www.example.com): there is no secret in it.
    const response = await fetch(`${origin}/api/method/ping`, { credentials: 'omit', signal: wait.signal });
    const { text } = await readText(response, { maxBytes: 1024 * 1024, stallMs: timeoutMs }, label);
    const envelope = parseEnvelope(text);
    if (!response.ok || !isRecord(envelope) || envelope['message'] !== 'pong') throw noSite(response, origin, envelope !== null);
    const siteUrl = response.url === '' ? origin : new URL(response.url).origin;
    return { siteUrl, plainHttp: siteUrl.startsWith('http:'), serverDate: response.headers.get('date') };
  } catch (thrown) {
    if (signal.aborted) throw cancelled(label);
    if (thrown instanceof AppError) throw thrown;
    if (wait.signal.aborted) throw troubled('timeout', 'slow', {});
    const { details } = networkFailure(thrown, label);
    throw troubled('offline', troubleOf(details.answer), details, thrown);
  } finally {
    wait.end();
  }
}

function troubled(code: ErrorCode, trouble: SiteTrouble, details: AppError['details'], cause?: unknown): AppError {
  return new AppError(code, troubleSentences[trouble], { ...details, trouble, request: label }, { cause });
}

/** Whose answer it was. A page of another host is a network's sign-in, or a website that sends its guests on. */
function noSite(response: Response, origin: string, isJson: boolean): AppError {
  const { status } = response;
  if (status === 503) return troubled('busy', 'maintenance', { status });
  if (status === 407) return troubled('not-frappe', 'proxy', { status });
  const elsewhere = response.url !== '' && new URL(response.url).host !== new URL(origin).host;
  return troubled('not-frappe', status === 511 || (elsewhere && !isJson) ? 'portal' : 'not-frappe', { status });
}
