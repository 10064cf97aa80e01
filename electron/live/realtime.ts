import type { LiveHint, LiveState, Viewers } from '@shared/bridge/live';
import type { SocketAddress } from './socket-addresses';
import { backOff } from '@shared/sync/backoff';
import type { Log } from '../log';
import type { Pace } from '../erp/retry';
import { documentHint, listHint, viewersOf } from './messages';
import type { OpenSocket, OpenSocketBy } from './open-socket';

export type RealtimeOptions = {
  /** The ways to try, asked anew for each round; the later ones only where the earlier ones lead nowhere. */
  addresses: () => AsyncIterable<SocketAddress>;
  /** The headers of the handshake; null when there is no sign-in any more. */
  headers: () => Promise<Record<string, string> | null>;
  /** Asked when the service refused the sign-in: does the site itself refuse it too? */
  isDead: (signal: AbortSignal) => Promise<boolean>;
  open: OpenSocketBy;
  pace: Pace;
  now: () => number;
  log: Log;
  onState: (state: LiveState) => void;
  onHint: (hint: LiveHint) => void;
  onViewers: (viewers: Viewers) => void;
  /** The sign-in is dead. */
  onDead: () => void;
};

type Document = { doctype: string; name: string };

const keyOf = ({ doctype, name }: Document): string => JSON.stringify([doctype, name]);

/** Between rounds of trying no less than this (ms): each is a handshake that costs the server a request. */
const shortestWaitMs = 5_000;

/** A connection that stood for less (ms) counts as a failed one: after each, everything that may have been missed is asked for. */
const stoodMs = 30_000;

/**
 * Listens to the realtime service of one account's site for as long as it lives: connects, says what it wants to hear of, and
 * connects anew with a growing wait. What was told meanwhile is lost, and said to be.
 */
export class Realtime {
  readonly #options: RealtimeOptions;
  readonly #ending = new AbortController();
  #doctypes: ReadonlySet<string> = new Set();
  #documents: ReadonlyMap<string, Document> = new Map();
  #socket: OpenSocket | null = null;
  #cutWait: () => void = () => undefined;

  constructor(options: RealtimeOptions) {
    this.#options = options;
    void this.#run();
  }

  /** The DocTypes to hear of, all of them. */
  follow(doctypes: readonly string[]): void {
    const wanted = new Set(doctypes);
    for (const doctype of wanted) if (!this.#doctypes.has(doctype)) this.#socket?.emit('doctype_subscribe', doctype);
    for (const doctype of this.#doctypes) if (!wanted.has(doctype)) this.#socket?.emit('doctype_unsubscribe', doctype);
    this.#doctypes = wanted;
  }

  /** The documents that are open in a window, all of them. */
  show(documents: readonly Document[]): void {
    const wanted = new Map(documents.map((document) => [keyOf(document), document]));
    for (const [key, document] of wanted) if (!this.#documents.has(key)) this.#opened(document);
    for (const [key, { doctype, name }] of this.#documents) {
      if (wanted.has(key)) continue;
      this.#socket?.emit('doc_close', doctype, name);
      this.#socket?.emit('doc_unsubscribe', doctype, name);
    }
    this.#documents = wanted;
  }

  /** The network may be there again: what waits to try again tries now. */
  nudge(): void {
    this.#cutWait();
  }

  close(): void {
    for (const { doctype, name } of this.#documents.values()) this.#socket?.emit('doc_close', doctype, name);
    this.#ending.abort();
    this.#cutWait();
    this.#socket?.close();
  }

  #opened({ doctype, name }: Document): void {
    this.#socket?.emit('doc_subscribe', doctype, name);
    this.#socket?.emit('doc_open', doctype, name);
  }

  async #run(): Promise<void> {
    const { signal } = this.#ending;
    for (let failures = 0; !signal.aborted; failures += 1) {
      if (failures === 0) this.#options.onState({ at: 'connecting' });
      const failed = await this.#round().catch((thrown: unknown) => {
        this.#options.log.debug('live', `not connected: ${String(thrown)}`);
        return 'unreachable' as const;
      });
      if (signal.aborted) return;
      if (failed === 'dead') return this.#options.onDead();
      if (failed === null) failures = 0;
      const wait = Math.max(failed === null ? 1_000 : shortestWaitMs, backOff(failures, this.#options.pace.random()));
      this.#options.onState(failed === null ? { at: 'connecting' } : { at: 'polling', why: failed, nextTryAt: this.#options.now() + wait });
      await this.#wait(wait);
    }
  }

  /** Tries one way after the other. Null after a connection that stood for a while, when it is gone. */
  async #round(): Promise<null | 'dead' | 'unreachable' | 'refused' | 'namespace'> {
    const { addresses, headers, open, isDead, log } = this.#options;
    const { signal } = this.#ending;
    let worst: 'unreachable' | 'refused' | 'namespace' = 'unreachable';
    for await (const address of addresses()) {
      const given = await headers();
      if (given === null || signal.aborted) return signal.aborted ? 'unreachable' : 'dead';
      const opened = await open(address, given, signal);
      if (opened.ok) {
        const since = this.#options.now();
        await this.#listen(opened.socket, address);
        return this.#options.now() - since < stoodMs ? 'unreachable' : null;
      }
      log.debug('live', `${address.transport} to ${new URL(address.origin).host}: ${opened.message}`);
      if (opened.why === 'refused' && (await isDead(signal))) return 'dead';
      // Who answered says more than who did not, and answers the same over the other transport.
      if (opened.why !== 'unreachable') return opened.why;
      worst = opened.why;
    }
    return worst;
  }

  async #listen(socket: OpenSocket, address: SocketAddress): Promise<void> {
    const { onState, onHint, onViewers, now, log } = this.#options;
    if (this.#ending.signal.aborted) return socket.close();
    const since = now();
    log.info('live', `connected by ${address.transport}`);
    const hint = (parse: (payload: unknown) => LiveHint | null) => (payload: unknown) => {
      const told = parse(payload);
      if (told !== null) onHint(told);
    };
    socket.on('list_update', hint(listHint));
    socket.on('doc_update', hint(documentHint));
    socket.on('doc_viewers', (payload) => {
      const told = viewersOf(payload);
      if (told !== null) onViewers(told);
    });
    this.#socket = socket;
    for (const doctype of this.#doctypes) socket.emit('doctype_subscribe', doctype);
    for (const document of this.#documents.values()) this.#opened(document);
    onState({ at: 'live', since, by: address.transport, address: address.origin });
    onHint({ kind: 'missed', connectedAt: since });
    await socket.closed;
    this.#socket = null;
    // Whoever was there may have gone meanwhile.
    for (const { doctype, name } of this.#documents.values()) onViewers({ doctype, name, users: [] });
    log.info('live', 'disconnected');
  }

  async #wait(ms: number): Promise<void> {
    const cut = new AbortController();
    this.#cutWait = () => cut.abort();
    await this.#options.pace.sleep(ms, cut.signal).catch(() => undefined);
    this.#cutWait = () => undefined;
  }
}
