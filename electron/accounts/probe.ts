import type { SiteProbe } from '@shared/bridge/accounts';
import { isRecord, parseEnvelope } from '@shared/erp/envelope';
import { AppError } from '@shared/errors';
import { isCertificateTrouble, networkFailure } from '../erp/network-failure';
import { patience } from '../erp/patience';
import { readText } from '../erp/read-body';
import { cancelled } from '../erp/request';
import type { Fetch } from '../erp/transport';
import { candidateSites } from './address';

const label = 'GET /api/method/ping';
const timeoutMs = 15_000;

/** Finds the site behind an address by asking as a guest, without any secret. Rejects with what the best candidate said. */
export async function probeSite(fetch: Fetch, address: string, signal: AbortSignal): Promise<SiteProbe> {
  let first: AppError | null = null;
  for (const origin of candidateSites(address)) {
    try {
      return await ask(fetch, origin, signal);
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (error.code === 'cancelled') throw error;
      // A certificate that cannot be trusted is no reason to go on without any, unless that was typed.
      if (isCertificateTrouble(error) && !address.trim().toLowerCase().startsWith('http://')) throw error;
      first ??= error;
    }
  }
  throw first ?? new AppError('bad-parameters', 'This is no address of a site.');
}

async function ask(fetch: Fetch, origin: string, signal: AbortSignal): Promise<SiteProbe> {
  const wait = patience(timeoutMs, signal);
  try {
    // A guest's request may follow a redirect (example.com → www.example.com): there is no secret in it.
    const response = await fetch(`${origin}/api/method/ping`, { credentials: 'omit', signal: wait.signal });
    const { text } = await readText(response, { maxBytes: 1024 * 1024, stallMs: timeoutMs }, label);
    const envelope = parseEnvelope(text);
    if (!response.ok || !isRecord(envelope) || envelope['message'] !== 'pong') throw noSite(response.status);
    const siteUrl = response.url === '' ? origin : new URL(response.url).origin;
    return { siteUrl, plainHttp: siteUrl.startsWith('http:'), serverDate: response.headers.get('date') };
  } catch (thrown) {
    if (signal.aborted) throw cancelled(label);
    if (thrown instanceof AppError) throw thrown;
    if (wait.signal.aborted)
      throw new AppError('timeout', 'The site did not answer in time. Check the address and the connection, and try again.', {
        request: label,
      });
    const failure = networkFailure(thrown, label);
    if (isCertificateTrouble(failure)) throw failure;
    throw new AppError(
      'offline',
      'No site could be reached at this address. Check the address and the connection, and try again.',
      failure.details,
      { cause: thrown },
    );
  } finally {
    wait.end();
  }
}

function noSite(status: number): AppError {
  if (status === 503) return new AppError('busy', 'The site is in maintenance. Try again in some minutes.', { status, request: label });
  const message = 'Something answers at this address, but it is not ERPNext. Use the address at which ERPNext opens in your browser.';
  return new AppError('not-frappe', message, { status, request: label });
}
