import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { CallVerdict } from '@shared/bridge/webhooks';
import type { LiveHint } from '@shared/bridge/live';
import { parseEnvelope } from '@shared/erp/envelope';
import { listen } from '../../listen';
import { Rate } from './rate';
import { isSignedBy } from './signature';

/** Whom a path belongs to, and the secret that its calls are signed with. */
export type Receives = (path: string) => Promise<{ account: string; secret: string } | null>;

export type ReceiverOptions = {
  host: string;
  port: number;
  receives: Receives;
  onHint: (account: string, hint: LiveHint) => void;
  /** What became of each call. */
  onCall: (verdict: CallVerdict, doctype: string | null) => void;
  now: () => number;
  limits?: Partial<Limits>;
};

/** `largest`: bytes of a body; `silenceMs`: how long a caller may take for all of its request. */
export type Limits = { largest: number; burst: number; perSecond: number; connections: number; silenceMs: number };

// A call of ours has some hundred bytes; a mass change in the office is a thousand calls in a few minutes.
export const usualLimits: Limits = { largest: 16 * 1024, burst: 60, perSecond: 10, connections: 32, silenceMs: 10_000 };

/** The body that the `Webhook` documents of this app send (`webhookJson`). */
const body = z.object({
  doctype: z.string().min(1).max(140),
  name: z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1).max(255)),
  user: z.string().max(255).nullish(),
});

/**
 * Takes the calls of a site's webhooks. Whoever is no site of ours learns nothing: everything that is not taken is answered
 * as a page that does not exist, without a word.
 */
export class Receiver {
  readonly #options: ReceiverOptions;
  readonly #limits: Limits;
  readonly #rate: Rate;
  readonly #server: Server;

  private constructor(options: ReceiverOptions) {
    this.#options = options;
    this.#limits = { ...usualLimits, ...options.limits };
    this.#rate = new Rate({ ...this.#limits, now: options.now });
    this.#server = createServer({ maxHeaderSize: 8 * 1024 }, (request, response) => void this.#answer(request, response));
    this.#server.maxConnections = this.#limits.connections;
    this.#server.requestTimeout = this.#limits.silenceMs;
    this.#server.headersTimeout = this.#limits.silenceMs;
    this.#server.keepAliveTimeout = 1_000;
    // What is no HTTP is not answered in it.
    this.#server.on('clientError', (_error, socket) => void socket.destroy());
  }

  /** Rejects with Node's own error where the address cannot be listened at. */
  static async listen(options: ReceiverOptions): Promise<Receiver> {
    const receiver = new Receiver(options);
    await listen(receiver.#server, options.port, options.host);
    return receiver;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      // Electron 22's Node has no way to end them all; what idles there ends by itself within a second.
      this.#server.closeAllConnections?.();
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { verdict, doctype } = await this.#judge(request).catch(() => ({ verdict: 'unreadable' as const, doctype: null }));
    this.#options.onCall(verdict, doctype);
    if (verdict === 'taken') response.writeHead(204);
    else response.writeHead(404, { Connection: 'close' });
    response.end();
    // Whatever else is on its way is not read.
    if (verdict !== 'taken') response.once('finish', () => request.socket.destroySoon());
  }

  async #judge(request: IncomingMessage): Promise<{ verdict: CallVerdict; doctype: string | null }> {
    const refused = (verdict: CallVerdict) => ({ verdict, doctype: null });
    if (request.method !== 'POST') return refused('unknown');
    const receives = await this.#options.receives(request.url ?? '');
    if (!this.#rate.take()) {
      // Calls that came to the right place are lost: what they said is asked for as a whole.
      if (receives !== null) this.#options.onHint(receives.account, { kind: 'missed', connectedAt: this.#options.now() });
      return refused('too-many');
    }
    if (receives === null) return refused('unknown');
    const bytes = await readUpTo(request, this.#limits.largest);
    if (bytes === null) return refused('too-large');
    const header = request.headers['x-frappe-webhook-signature'];
    if (!isSignedBy(bytes, typeof header === 'string' ? header : undefined, receives.secret)) return refused('bad-signature');
    const parsed = body.safeParse(parseEnvelope(bytes.toString('utf8')));
    if (!parsed.success) return refused('unreadable');
    const { doctype, name, user } = parsed.data;
    this.#options.onHint(receives.account, { kind: 'list', doctype, name, user: user ?? null });
    return { verdict: 'taken', doctype };
  }
}

/** The body, or null as soon as it is longer than that. */
async function readUpTo(request: IncomingMessage, largest: number): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > largest) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    // A request without an encoding gives buffers.
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > largest) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
