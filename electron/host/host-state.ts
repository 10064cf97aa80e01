import Store from 'electron-store';
import type { Rectangle } from 'electron';

/** What this host remembers for itself. */
export type HostState = Store<{ window?: { bounds: Rectangle; maximized: boolean } }>;

export const openHostState = (dataFolder: string): HostState => new Store({ name: 'window', cwd: dataFolder });
