import ElectronStore from 'electron-store';
import type { Store } from '../settings/store';

/** A store of the Electron host: one JSON file in its data folder, written whole and renamed into place. */
export function openElectronStore(folder: string, name: string): Store {
  const store = new ElectronStore<Record<string, unknown>>({
    cwd: folder,
    name,
    accessPropertiesByDotNotation: false,
    // A file that is no JSON any more would keep the app from starting; accounts can be signed in to again.
    clearInvalidConfig: true,
    configFileMode: 0o600,
  });
  return { get: (key) => store.get(key), set: (key, value) => store.set(key, value) };
}
