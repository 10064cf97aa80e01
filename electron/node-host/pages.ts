import { Hono } from 'hono';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { rendererFile, securityHeaders } from '../renderer-files';
import type { Admission } from './admission';
import type { Downloads } from './downloads';
import { isOwnRequest } from './origin';

export type PagesOptions = { admission: Admission; rendererFolder: string; downloads: Pick<Downloads, 'take'>; port: () => number };

/** Cookies do not know ports; the name does, so that two hosts on one machine do not overwrite each other's. */
export const cookieName = (port: number): string => `fieldbook-${port}`;

/** The pages of the headless host: the one-time link, and the app for whoever came through it. */
export function createPages({ admission, rendererFolder, downloads, port }: PagesOptions): Hono {
  const pages = new Hono();
  const connectSources = () => `'self' ws://127.0.0.1:${port()}`;
  const refuse = (context: Context, sentence: string) => context.html(page(sentence), 403, securityHeaders(connectSources()));

  pages.use(async (context, next) => {
    const source = { host: context.req.header('host'), origin: context.req.header('origin') };
    if (!isOwnRequest(source, port())) return context.text('This address is for this device’s own browser.', 403);
    if (context.req.method !== 'GET') return context.text('Only GET is answered here.', 405);
    return next();
  });

  pages.get('/open', (context) => {
    const name = cookieName(port());
    const cookie = admission.admit(context.req.query('token') ?? '');
    if (cookie !== null) setCookie(context, name, cookie, { httpOnly: true, sameSite: 'Strict', path: '/' });
    else if (!admission.isAdmitted(getCookie(context, name))) {
      return refuse(context, 'This link was used already. Start Fieldbook again for a new one.');
    }
    // Not a redirect: when another site's page opened the link, a SameSite=Strict cookie would stay behind.
    const headers = { ...securityHeaders(connectSources()), refresh: '0; url=/', 'cache-control': 'no-store' };
    return context.html(page('Opening Fieldbook …'), 200, headers);
  });

  pages.use(async (context, next) => {
    if (admission.isAdmitted(getCookie(context, cookieName(port())))) return next();
    return refuse(context, 'Open Fieldbook with the link that it printed when it was started.');
  });

  pages.get('/session', (context) => context.body(null, 204));

  pages.get('/download/:id', async (context) => {
    const download = await downloads.take(context.req.param('id'));
    if (download === null) return context.notFound();
    return context.body(download.body, 200, {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${download.fileName}"`,
      ...securityHeaders(connectSources()),
      'cache-control': 'no-store',
    });
  });

  pages.get('*', async (context) => {
    const file = await rendererFile(rendererFolder, context.req.path, connectSources());
    return file ? context.body(file.body, 200, file.headers) : context.notFound();
  });
  return pages;
}

const page = (sentence: string) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Fieldbook</title><p>${sentence}</p></html>`;
