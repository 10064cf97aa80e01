import type { Settings } from '@shared/bridge/settings';

/** Writes theme and density onto the root element; `system` follows `prefersDark`. */
export function applyTheme(root: HTMLElement, settings: Pick<Settings, 'theme' | 'density'>, prefersDark: boolean): void {
  root.classList.toggle('dark', settings.theme === 'dark' || (settings.theme === 'system' && prefersDark));
  root.dataset['density'] = settings.density;
}
