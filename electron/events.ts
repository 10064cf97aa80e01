import type { BridgeEvents } from '@shared/bridge';

export type EventListener = <E extends keyof BridgeEvents>(name: E, payload: BridgeEvents[E]) => void;

/** What the services tell every window and worker; the bridge passes it on. */
export class Events {
  readonly #listeners = new Set<EventListener>();

  emit<E extends keyof BridgeEvents>(name: E, payload: BridgeEvents[E]): void {
    for (const listener of [...this.#listeners]) listener(name, payload);
  }

  /** Answers what ends it. */
  on(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
