import type { App } from 'electron';

/** False when the app runs already on this data folder: that one is told with what arguments, and shows its window. */
export function becomeTheOnlyInstance(app: App, onSecond: (args: string[]) => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', (_event, args) => onSecond(args.slice(1)));
  return true;
}
