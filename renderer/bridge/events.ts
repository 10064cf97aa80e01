import type { BridgeEvents } from '@shared/bridge';

type Listener<E extends keyof BridgeEvents> = (payload: BridgeEvents[E]) => void;
type Listeners = { [E in keyof BridgeEvents]: Set<Listener<E>> };

/** Who listens to what the main process tells by itself. */
export function createEvents() {
  const listeners: Listeners = {
    accounts: new Set(),
    settings: new Set(),
    uploadProgress: new Set(),
    asked: new Set(),
    updates: new Set(),
    wake: new Set(),
    live: new Set(),
    hint: new Set(),
    viewers: new Set(),
  };
  return {
    /** Returns a function that stops listening. */
    on<E extends keyof BridgeEvents>(event: E, listener: Listener<E>): () => void {
      listeners[event].add(listener);
      return () => void listeners[event].delete(listener);
    },
    emit<E extends keyof BridgeEvents>(event: E, payload: BridgeEvents[E]): void {
      for (const listener of listeners[event]) listener(payload);
    },
  };
}
