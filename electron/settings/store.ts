/**
 * Where settings and accounts (without secrets) are kept: electron-store in the Electron host, `conf` in the headless one.
 * Values are plain JSON, and are parsed again when read.
 */
export type Store = {
  get(key: string): unknown;
  /** Returns when it is written. */
  set(key: string, value: unknown): void;
};
