import type { BridgeEvents } from '@shared/bridge';

export type EventListener = <E extends keyof BridgeEvents>(name: E, payload: BridgeEvents[E]) => void;

/** What the services tell every window and worker; the bridge passes it on. */
export class Events {
  readonly #listeners = new Set<EventListener>();

  emit<E extends keyof BridgeEvents>(name: E, payload: BridgeEvents[E]): void {
    for (const listener of [...this.#listeners]) listener(name, payload);
  }

  /** Listens to one of them. */
  onOnly<E extends keyof BridgeEvents>(name: E, listener: (payload: BridgeEvents[E]) => void): () => void {
    const hear = (given: keyof BridgeEvents, payload: unknown): void => {
      // The payload belongs to the name that it came with.
      if (given === name) listener(payload as BridgeEvents[E]);
    };
    return this.on(hear);
  }

  /** Answers what ends it. */
  on(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
