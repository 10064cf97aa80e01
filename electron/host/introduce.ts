import type { App } from 'electron';

/** As the installer names it (`packaging/electron-builder.config.mjs`): Windows shows notifications and lists under it. */
const appId = 'org.fieldbook.Fieldbook';

/** What the installers of Linux and Mac have told the system already, Windows hears from the installed app itself. */
export function introduceToSystem(app: App): void {
  if (process.platform !== 'win32') return;
  app.setAppUserModelId(appId);
  if (app.isPackaged) app.setAsDefaultProtocolClient('fieldbook');
}
