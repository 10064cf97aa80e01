import { Fetch as FetchPolling } from 'engine.io-client';
import type { Fetch } from '../erp/transport';

/**
 * socket.io's long requests through the app's own `fetch`: unlike a WebSocket of Node's they take the system's proxy and trust
 * the certificates that the system trusts. The headers are those of the handshake, and nobody is followed elsewhere with them.
 */
export function pollingBy(appFetch: Fetch): typeof FetchPolling {
  return class AppPolling extends FetchPolling {
    override doPoll(): void {
      this.#ask({ method: 'GET' }, 'read').then(
        (text) => this.onData(text),
        (thrown: unknown) => this.onError('fetch read error', thrown),
      );
    }

    override doWrite(data: string, callback: () => void): void {
      this.#ask({ method: 'POST', body: data }, 'write').then(callback, (thrown: unknown) => this.onError('fetch write error', thrown));
    }

    async #ask(request: { method: string; body?: string }, what: string): Promise<string> {
      const headers = new Headers(given(this.opts.extraHeaders));
      if (request.body !== undefined) headers.set('content-type', 'text/plain;charset=UTF-8');
      const response = await appFetch(this.uri(), { ...request, headers, credentials: 'omit', redirect: 'manual' });
      if (!response.ok) throw new Error(`The realtime service answered ${response.status} to a ${what}.`);
      return response.text();
    }
  };
}

const given = (headers: { [header: string]: string } | undefined): Record<string, string> => headers ?? {};
