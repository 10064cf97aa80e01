import Store from 'electron-store';
import type { KeptWindow } from '@shared/system/window-bounds';

/** What this host remembers for itself. */
export type HostState = Store<{ window?: KeptWindow }>;

export const openHostState = (dataFolder: string): HostState => new Store({ name: 'window', cwd: dataFolder, clearInvalidConfig: true });
