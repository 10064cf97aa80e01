import { createBirpc } from 'birpc';
import { bridge as contract } from '@shared/bridge';
import type { Bridge, BridgeEvents, CallOptions, MainFunctions, RendererFunctions } from '@shared/bridge';
import { AppError } from '@shared/errors';
import type { Channel, Link } from './channel';
import { createEvents } from './events';

/** The main process as a window or a worker sees it. */
export type Connection = {
  bridge: Bridge;
  /** Listens to what the main process tells by itself; returns a function that stops. */
  on<E extends keyof BridgeEvents>(event: E, listener: (payload: BridgeEvents[E]) => void): () => void;
  link: Link;
};

/** Calls in flight that the connection took with it. */
const lost = () =>
  new AppError('lost', 'Fieldbook lost the connection to its own service. What was under way may or may not have been done.');

/** Speaks the bridge's contract over a channel. `drop` rejects every call in flight with `AppError` code `lost`. */
export function createClient(channel: Channel, link: Link): { connection: Connection; drop: () => void } {
  const events = createEvents();
  const rpc = createBirpc<MainFunctions, RendererFunctions>(
    { event: events.emit },
    {
      post: (message: unknown) => channel.post(message),
      on: (listener) => channel.on(listener),
      off: (listener) => channel.off(listener),
      eventNames: ['cancel'],
      // A download may take long; calls end by an answer, a cancel or the end of the channel.
      timeout: -1,
    },
  );

  let lastCall = 0;
  async function call(method: string, params: unknown, options: CallOptions = {}): Promise<unknown> {
    const { signal } = options;
    if (signal?.aborted) throw cancelled();
    const id = String(++lastCall);
    const cancel = () => void rpc.cancel(id).catch(() => undefined); // a channel that is gone has cancelled everything
    signal?.addEventListener('abort', cancel);
    try {
      const answer = await rpc.call(id, method, params);
      if (answer.ok) return answer.value;
      throw AppError.fromData(answer.error);
    } catch (thrown) {
      throw AppError.from(thrown);
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  return {
    connection: { bridge: bridgeOver(call), on: events.on, link },
    drop: () => void rpc.$rejectPendingCalls(({ reject }) => reject(lost())),
  };
}

const cancelled = () => new AppError('cancelled', 'This was cancelled before it was started.');

type Call = (method: string, params: unknown, options?: CallOptions) => Promise<unknown>;

function bridgeOver(call: Call): Bridge {
  const services = Object.entries(contract).map(([service, methods]) => [
    service,
    Object.fromEntries(
      Object.keys(methods).map((name) => [name, (params: unknown, options?: CallOptions) => call(`${service}.${name}`, params, options)]),
    ),
  ]);
  // Built from the contract's own keys, one function a method; the main process keeps the result types.
  return Object.fromEntries(services) as Bridge;
}
