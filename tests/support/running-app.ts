import type { ElectronApplication, Page } from '@playwright/test';

/** The app in one of its hosts, with a data folder of its own. */
export type RunningApp = {
  /** The window. Another page after `restart`. */
  readonly page: Page;
  readonly dataFolder: string;
  /** Electron's main process; null in the headless host. */
  readonly electron: ElectronApplication | null;
  /** Ends the host and its pages at once, as a power cut would (SIGKILL). */
  kill(): Promise<void>;
  /** Ends the app if it runs, and opens it again on the same data. */
  restart(): Promise<Page>;
  close(): Promise<void>;
  /** Everything that the host wrote to its terminal. */
  output(): string;
};

export type StartOptions = {
  dataFolder: string;
  flags: readonly string[];
  camera?: boolean;
  /** Told each line that a page or a worker writes to its console. */
  onConsole?: (text: string) => void;
};
