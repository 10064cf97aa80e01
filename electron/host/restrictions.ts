import { shell } from 'electron';
import { AppError } from '@shared/errors';
import type { App, Session, WebContents, WebFrameMain, WebPreferences } from 'electron';

/** Everything that the window is kept from doing, in one place. The CSP is in `renderer-files.ts`. */

/** The one origin of the app. It never changes: the browser database belongs to it. */
export const appScheme = 'app';
export const appOrigin = 'app://fieldbook';

/** The page is an ordinary web page: sandboxed, without Node, with the bridge of the preload script and nothing else. */
export const restrictedPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  navigateOnDragDrop: false,
} satisfies WebPreferences;

/** Whether a message comes from the app's own page: the main frame of one of our windows, at our origin. */
export function isOwnFrame(frame: WebFrameMain | null, contents: WebContents): boolean {
  return frame !== null && frame === contents.mainFrame && originOf(frame.url) === appOrigin;
}

/** No page leaves the app's origin, opens a window or embeds a guest; an address outside opens in the program for it instead. */
export function restrictNavigation(app: App): void {
  app.on('web-contents-created', (_created, contents) => {
    contents.on('will-navigate', (event, url) => {
      if (originOf(url) !== appOrigin) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      openExternal(url).catch(() => undefined); // any other address is not opened at all
      return { action: 'deny' };
    });
  });
}

/** Nothing is granted but storage that the browser does not evict, where unsent work lives, and the picture of the camera to our own page. */
export function restrictPermissions(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    const isPicture = permission === 'media' && media.length > 0 && media.every((kind) => kind === 'video');
    const fromOwn = details.isMainFrame && originOf(details.requestingUrl) === appOrigin && originOf(contents.getURL()) === appOrigin;
    answer(permission === 'persistent-storage' || (isPicture && fromOwn));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin, details) =>
      permission === 'persistent-storage' ||
      (permission === 'media' && details.mediaType === 'video' && details.isMainFrame && originOf(origin) === appOrigin),
  );
  session.setDevicePermissionHandler(() => false);
}

const opened: ReadonlySet<string> = new Set(['https:', 'http:', 'mailto:', 'tel:']);

/** Opens a web address in the person's browser, and one of mail or telephone in the program for it. Rejects with `bad-parameters` for any other. */
export async function openExternal(url: string): Promise<void> {
  if (!URL.canParse(url) || !opened.has(new URL(url).protocol))
    throw new AppError('bad-parameters', 'Only addresses of the web, mail and telephones are opened.');
  await shell.openExternal(url);
}

/** `URL.origin` is "null" for schemes of our own; scheme and host say the same. */
function originOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
