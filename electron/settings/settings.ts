import { settingsSchema, type Settings } from '@shared/bridge/settings';
import type { Events } from '../events';
import { given } from '../given';
import type { Store } from './store';

const key = 'settings';

/** The person's choices, parsed each time they are read: what an older or newer version wrote falls to its default. */
export class SettingsService {
  readonly #store: Store;
  readonly #events: Events;

  constructor(store: Store, events: Events) {
    this.#store = store;
    this.#events = events;
  }

  get(): Settings {
    const stored = this.#store.get(key);
    const whole = settingsSchema.safeParse(stored ?? {});
    if (whole.success) return whole.data;
    // One bad value must not take the others with it.
    const kept: Record<string, unknown> = {};
    for (const [name, schema] of Object.entries(settingsSchema.shape)) {
      const value: unknown = typeof stored === 'object' && stored !== null ? Reflect.get(stored, name) : undefined;
      if (value !== undefined && schema.safeParse(value).success) kept[name] = value;
    }
    return settingsSchema.parse(kept);
  }

  /** Changes what is given, and answers all of them. */
  set(changes: { [K in keyof Settings]?: Settings[K] | undefined }): Settings {
    const settings = settingsSchema.parse({ ...this.get(), ...given(changes) });
    this.#store.set(key, settings);
    this.#events.emit('settings', settings);
    return settings;
  }
}
