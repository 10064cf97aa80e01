import { usePreferredDark } from '@vueuse/core';
import { defineStore } from 'pinia';
import { ref, watchEffect } from 'vue';
import { settingsSchema } from '@shared/bridge/settings';
import type { Settings } from '@shared/bridge/settings';
import { applyTheme } from '../theme/apply-theme';
import { useSession } from './session';

/** The device's settings, kept by the main process; theme and density are drawn as soon as they change. */
export const usePreferences = defineStore('preferences', () => {
  const session = useSession();
  const settings = ref<Settings>(settingsSchema.parse({}));
  const prefersDark = usePreferredDark();

  watchEffect(() => applyTheme(document.documentElement, settings.value, prefersDark.value));

  async function start(): Promise<void> {
    session.connection?.on('settings', (changed) => (settings.value = changed));
    settings.value = await session.bridge.settings.get({});
  }

  async function set(changes: Partial<Settings>): Promise<void> {
    settings.value = await session.bridge.settings.set(changes);
  }

  return { settings, start, set };
});
