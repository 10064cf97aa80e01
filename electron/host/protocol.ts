import { protocol } from 'electron';
import type { Session } from 'electron';
import { rendererFile } from '../renderer-files';
import { appOrigin, appScheme } from './restrictions';

/** Before the app is ready: without `standard` and `secure` the page has no IndexedDB, Web Locks or crypto.subtle. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built renderer at `app://fieldbook/`, and nothing else. */
export function serveRenderer(session: Session, folder: string): void {
  session.protocol.handle(appScheme, async (request) => {
    const { protocol: scheme, host, pathname } = new URL(request.url);
    const file = `${scheme}//${host}` === appOrigin ? await rendererFile(folder, pathname, "'self'") : null;
    return file ? new Response(file.body, { headers: file.headers }) : new Response('Not found', { status: 404 });
  });
}
