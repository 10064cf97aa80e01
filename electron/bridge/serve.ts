import { createBirpc } from 'birpc';
import type { BridgeEvents, MainFunctions, RendererFunctions, Services } from '@shared/bridge';
import { AppError, type ErrorData } from '@shared/errors';
import type { Channel } from '../channel';
import type { Events } from '../events';
import type { Log } from '../log';
import { call } from './call';

export type ServeOptions = {
  events: Events;
  log: Log;
  /** Asked at each call, besides the transport's own check of each message; false refuses it. */
  isAllowed?: () => boolean;
};

type Outcome = Awaited<ReturnType<MainFunctions['call']>>;

const refused = new AppError('forbidden', 'This call does not come from the app’s own window.');

/**
 * Serves the bridge over one channel: to a window, a worker or a page of the headless host. Answers are data, errors too.
 * When the channel closes, its running calls are taken back.
 */
export function serveBridge(services: Services<AbortSignal>, channel: Channel, options: ServeOptions): { close(): void } {
  const running = new Map<string, AbortController>();

  const run = async (id: string, method: string, params: unknown): Promise<Outcome> => {
    if (options.isAllowed?.() === false) return failed(refused);
    if (typeof id !== 'string' || typeof method !== 'string' || running.has(id)) {
      return failed(new AppError('bad-parameters', 'A call needs a name and an id of its own.'));
    }
    const controller = new AbortController();
    running.set(id, controller);
    try {
      return { ok: true, value: await call(services, method, params, controller.signal) };
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (error.code === 'internal')
        options.log.error('bridge', `${method}: ${error.cause instanceof Error ? (error.cause.stack ?? error.message) : error.message}`);
      else options.log.debug('bridge', `${method}: ${error.code}`);
      return failed(error);
    } finally {
      running.delete(id);
    }
  };

  const functions: MainFunctions = { call: run, cancel: (id) => running.get(id)?.abort() };
  const rpc = createBirpc<RendererFunctions, MainFunctions>(functions, {
    post: (message) => channel.post(message),
    on: (listener) => channel.on(listener),
    off: (listener) => channel.off(listener),
    eventNames: ['event'],
    timeout: -1,
    // Only the two functions above can be called, whatever the other side names.
    resolver: (name) => (name === 'call' ? functions.call : name === 'cancel' ? functions.cancel : undefined),
    onGeneralError: (error) => {
      options.log.warn('bridge', `A message could not be passed on: ${error.message}`);
      return true;
    },
  });

  const stop = options.events.on(<E extends keyof BridgeEvents>(name: E, payload: BridgeEvents[E]) => {
    void rpc.event(name, payload);
  });

  return {
    close() {
      stop();
      for (const controller of running.values()) controller.abort();
      rpc.$close();
    },
  };
}

/** A defect's own words stay in the log: they may hold anything. */
function failed(error: AppError): { ok: false; error: ErrorData } {
  if (error.code !== 'internal') return { ok: false, error: error.toData() };
  const sentence = 'Fieldbook made a mistake here. Nothing that was saved is lost; the log says more.';
  return { ok: false, error: { code: 'internal', message: sentence, details: error.details } };
}
