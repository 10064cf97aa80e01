import { readBody, string } from '../engine/carried';
import type { Engine } from '../engine/engine';
import { begin, deskPage, login, logout, sessionOf, type SignedIn } from './sessions';
import { page, signInForm } from './oauth-pages';

const toLogin = (back: string): Response =>
  new Response(null, { status: 302, headers: { location: `/login?${new URLSearchParams({ 'redirect-to': back }).toString()}` } });

/** The answers that begin and end sessions, and the pages that only a session sees; undefined for any other path. */
export async function signInAnswer(engine: Engine, signedIn: SignedIn, request: Request): Promise<Response | undefined> {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === '/api/method/login') return login(engine, signedIn, request);
  if (pathname === '/api/method/logout') return logout(signedIn, request);
  const back = searchParams.get('redirect-to');
  if (pathname === '/login' && back !== null)
    return request.method === 'POST' ? submitForm(engine, signedIn, request, back) : form(back, false);
  if (pathname === '/app' || pathname.startsWith('/app/')) {
    const session = sessionOf(engine, signedIn, request);
    return session === 'guest' || session === 'dead' ? toLogin(request.url) : deskPage(engine, session);
  }
  return undefined;
}

/** The sign-in page as a person in a browser sees it. */
const form = (back: string, wrong: boolean): Response => page('Login', signInForm(back, wrong));

async function submitForm(engine: Engine, signedIn: SignedIn, request: Request, back: string): Promise<Response> {
  const carried = await readBody(request);
  const { usr, pwd } = carried === 'too large' ? {} : carried.values;
  const person = engine.people.get(string(usr));
  if (person?.password !== string(pwd)) return form(back, true);
  const signed = begin(engine, signedIn, person);
  const headers = new Headers({ location: back });
  signed.headers.forEach((value, name) => {
    if (name === 'set-cookie') headers.append(name, value);
  });
  return new Response(null, { status: 302, headers });
}
