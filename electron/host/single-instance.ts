import type { App } from 'electron';

/** False when the app runs already on this data folder: that one is told, and shows its window. */
export function becomeTheOnlyInstance(app: App, onSecond: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', onSecond);
  return true;
}
