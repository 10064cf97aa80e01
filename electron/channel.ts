/** A two-way stream of messages to one window or worker; the hosts make them, the bridge is served over them. */
export type Channel = {
  post(message: unknown): void;
  on(listener: (message: unknown) => void): void;
  off(listener: (message: unknown) => void): void;
};

/** Serves the bridge over a channel; returns what ends it when the other side is gone. */
export type ServeChannel = (channel: Channel) => { close(): void };

/** Whether something can be a message at all: birpc takes any object, and breaks on null. */
export const isMessage = (received: unknown): received is object => typeof received === 'object' && received !== null;
