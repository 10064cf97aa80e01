import Conf from 'conf';
import type { Store } from './store';

/** A store of the headless host: one JSON file in its data folder, written whole and renamed into place. */
export function openConfStore(folder: string, name = 'settings'): Store {
  const conf = new Conf<Record<string, unknown>>({
    cwd: folder,
    configName: name,
    accessPropertiesByDotNotation: false,
    // A file that is no JSON any more would keep the app from starting; accounts can be signed in to again.
    clearInvalidConfig: true,
    configFileMode: 0o600,
  });
  return { get: (key) => conf.get(key), set: (key, value) => conf.set(key, value) };
}
