/** A two-way stream of messages to the main process. Each host has its own kind. */
export type Channel = {
  /** Rejects when the message cannot leave or the main process refuses its sender. */
  post(message: unknown): void | Promise<void>;
  on(listener: (message: unknown) => void): void;
  off(listener: (message: unknown) => void): void;
};

/**
 * How the bridge stands.
 * `open`: calls reach the main process. `reconnecting`: the headless host does not answer; tried again by itself.
 * `refused`: the headless host is there but no longer knows this browser (it was restarted): its new link must be opened.
 */
export type LinkState = 'open' | 'reconnecting' | 'refused';

/** The state of the bridge, for a screen to show. `onChange` returns a function that stops listening. */
export type Link = {
  readonly state: LinkState;
  onChange(listener: (state: LinkState) => void): () => void;
};
