import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AppError } from '@shared/errors';
import { listen } from '../../listen';
import { sameSecret } from '../../same-secret';

/** Fixed: a site takes only the very address that its administrator registered. */
export const defaultCallbackPort = 47_801;

const path = '/oauth/callback';
export const redirectUriAt = (port: number): string => `http://127.0.0.1:${port}${path}`;

export type CallbackListener = {
  /** The code that the browser brought. Rejects with `forbidden` where the person declined, `cancelled` once it is closed, `timeout`. */
  code: Promise<string>;
  close(): void;
};

/**
 * Listens on this device alone, for one answer to one question: what does not carry its `state` is refused, and it waits on.
 * The page that it answers is plain, and the address bar's code serves nobody without the verifier. Rejects with `unsupported` when
 * the port is taken.
 */
export async function listenForCallback(port: number, state: string, waitMs: number): Promise<CallbackListener> {
  const server = createServer();
  await listenHere(server, port);
  let timer: NodeJS.Timeout | undefined;
  let close = (): void => undefined;
  const code = new Promise<string>((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      server.close();
    };
    close = () => {
      end();
      reject(new AppError('cancelled', 'The sign-in in the browser was taken back.'));
    };
    timer = setTimeout(() => {
      end();
      reject(new AppError('timeout', 'Nobody came back from the browser in time. Begin again when you are ready.'));
    }, waitMs);
    server.on('request', (request, response) => {
      const came = read(request, port, state);
      respond(response, came);
      if (came.at === 'refused') return;
      end();
      if (came.at === 'code') resolve(came.code);
      else reject(came.error);
    });
  });
  // Whoever waits hears of it; nobody may.
  code.catch(() => undefined);
  return { code, close: () => close() };
}

async function listenHere(server: Server, port: number): Promise<void> {
  const taken = `Port ${port} of this device is taken, so that the browser could not come back. Is another Fieldbook signing in? Close it, or start Fieldbook with another --oauth-port that the site knows.`;
  try {
    await listen(server, port, '127.0.0.1');
  } catch {
    throw new AppError('unsupported', taken);
  }
}

type Came = { at: 'code'; code: string } | { at: 'declined'; error: AppError } | { at: 'refused'; status: number };

function read(request: IncomingMessage, port: number, state: string): Came {
  const asked = `http://127.0.0.1:${port}${request.url ?? ''}`;
  const url = URL.canParse(asked) ? new URL(asked) : null;
  // Another name that leads to this device is not the address that was asked for.
  const isHere = request.method === 'GET' && url?.pathname === path && request.headers.host === `127.0.0.1:${port}`;
  if (url === null || !isHere) return { at: 'refused', status: 404 };
  const query = url.searchParams;
  const ours = sameSecret(query.get('state') ?? '', state);
  const error = query.get('error');
  // Frappe sends whoever declines back without the state.
  if (error !== null && (ours || error === 'access_denied')) return { at: 'declined', error: declined(error) };
  const code = query.get('code');
  return ours && code !== null && code !== '' ? { at: 'code', code } : { at: 'refused', status: 400 };
}

const declined = (error: string): AppError =>
  error === 'access_denied'
    ? new AppError('forbidden', 'The sign-in was declined in the browser. Nothing changed; begin again if that was not meant.')
    : new AppError('refused', 'The site refused the sign-in in the browser. Have your administrator check the client ID.', {
        answer: error.slice(0, 100),
      });

const sentences = {
  code: 'Fieldbook has what it needs. Close this page and go back to it.',
  declined: 'Nothing was allowed. Close this page and go back to Fieldbook.',
  refused: 'Fieldbook did not ask for this page.',
};

function respond(response: ServerResponse, came: Came): void {
  response.writeHead(came.at === 'refused' ? came.status : 200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    ...{ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff', connection: 'close' },
  });
  response.end(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Fieldbook</title><p>${sentences[came.at]}</p></html>`);
}
