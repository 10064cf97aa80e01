import { AppError } from '@shared/errors';
import type { Asking, Connection } from './connection';
import { networkFailure } from './network-failure';
import { patience } from './patience';
import { readText } from './read-body';
import { cancelled } from './request';

const largest = 2 * 1024 * 1024;

/** The HTML of a page that the site shows to anybody, asked for as a guest; `path` is `/login`. Rejects with an `AppError`. */
export async function publicPage(connection: Connection, path: '/login', asking: Asking): Promise<string> {
  const label = `GET ${path}`;
  return connection.inSlot(label, asking, async (metered) => {
    const wait = patience(connection.timeouts.ping, asking.signal);
    try {
      const response = await connection.fetch(connection.siteUrl + path, {
        headers: { 'Cache-Control': 'no-cache' },
        credentials: 'omit',
        redirect: 'manual',
        signal: wait.signal,
      });
      metered.answered(response.headers);
      if (!response.ok) throw new AppError('not-found', 'The site does not show this page.', { status: response.status, request: label });
      const limits = { maxBytes: largest, stallMs: connection.timeouts.ping, received: metered.received };
      return (await readText(response, limits, label)).text;
    } catch (thrown) {
      if (asking.signal.aborted) throw cancelled(label);
      throw thrown instanceof AppError ? thrown : networkFailure(thrown, label);
    } finally {
      wait.end();
    }
  });
}
