import { json } from './answers';
import { readBody, string, type Body } from '../engine/carried';
import type { Engine } from '../engine/engine';
import { FrappeError } from '../engine/errors';
import type { Person } from '../company/people';
import { userOfBearer, type OAuth } from './oauth';
import { askForCode, byCode, refused, type Waiting } from './two-factor';

/** A signed-in browser. `csrf`: what its writes must carry, once a page of it was made. */
export type Session = { user: string; ends: number; csrf: string | null };

/** Whom the site knows by what. */
export type SignedIn = { sessions: Map<string, Session>; waiting: Waiting; oauth: OAuth };

/** Idle for so long, a session ends (recording login). */
const idleMs = 7 * 24 * 3600_000;

const sidOf = (request: Request): string => /(?:^|;\s*)sid=([^;]+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? 'Guest';

/** The session of a request; `dead` where the site no longer knows it. */
export function sessionOf({ clock }: Engine, { sessions }: SignedIn, request: Request): Session | 'guest' | 'dead' {
  const sid = sidOf(request);
  if (sid === 'Guest') return 'guest';
  const session = sessions.get(sid);
  if (session === undefined || session.ends <= clock.now()) {
    sessions.delete(sid);
    return 'dead';
  }
  session.ends = clock.now() + idleMs;
  return session;
}

/** Whose request this is: by API key or bearer, else by session cookie, else nobody's (`Guest`). A dead session is a guest's. */
export function whoAsks(engine: Engine, signedIn: SignedIn, request: Request): { user: string; dead: boolean } {
  const [scheme = '', credentials = ''] = (request.headers.get('authorization') ?? '').split(/\s+/);
  if (scheme.toLowerCase() === 'bearer') return { user: userOfBearer(engine, signedIn.oauth, credentials), dead: false };
  if (scheme !== '') {
    const person = [...engine.people.values()].find(({ apiKey, apiSecret }) => `${apiKey}:${apiSecret}` === credentials);
    if (person === undefined || scheme.toLowerCase() !== 'token') throw new FrappeError('AuthenticationError');
    return { user: person.name, dead: false };
  }
  const session = sessionOf(engine, signedIn, request);
  if (session === 'guest' || session === 'dead') return { user: 'Guest', dead: session === 'dead' };
  const isWrite = !['GET', 'HEAD', 'OPTIONS'].includes(request.method);
  if (isWrite && session.csrf !== null && request.headers.get('x-frappe-csrf-token') !== session.csrf)
    throw new FrappeError('CSRFTokenError', 'Invalid Request');
  return { user: session.user, dead: false };
}

/** Sets the cookies of an answer: a session's, or the `Guest` ones that every token answer sets. */
export function setCookies(response: Response, sid: string, person: Person | undefined): void {
  const { name: user, fullName } = person ?? { name: 'Guest', fullName: 'Guest' };
  const values = { sid, system_user: person === undefined ? 'no' : 'yes', full_name: fullName, user_id: user, user_image: '' };
  for (const [name, value] of Object.entries(values)) {
    const cookie = `${name}=${encodeURIComponent(value)}; Path=/; SameSite=Lax${name === 'sid' ? '; HttpOnly' : ''}`;
    response.headers.append('set-cookie', cookie);
  }
}

/** A password sign-in, or the code of its second factor: begins a session, or asks for the code. */
export async function login(engine: Engine, signedIn: SignedIn, request: Request): Promise<Response> {
  const carried = await readBody(request);
  const { usr, pwd, otp, tmp_id: tmpId } = carried === 'too large' ? {} : carried.values;
  if (string(otp) !== '') return begin(engine, signedIn, byCode(engine, signedIn.waiting, string(tmpId), string(otp)));
  const person = engine.people.get(string(usr));
  if (person?.password !== string(pwd)) throw refused('Invalid login credentials');
  if (person.secondFactor === undefined) return begin(engine, signedIn, person);
  return json(200, askForCode(engine, signedIn.waiting, person));
}

export function begin({ random, clock }: Engine, { sessions }: SignedIn, person: Person): Response {
  const sid = random.hash(40);
  sessions.set(sid, { user: person.name, ends: clock.now() + idleMs, csrf: null });
  const response = json(200, { message: 'Logged In', home_page: '/app/home', full_name: person.fullName });
  setCookies(response, sid, person);
  return response;
}

export function logout({ sessions }: SignedIn, request: Request): Response {
  sessions.delete(sidOf(request));
  const response = json(200, {});
  setCookies(response, 'Guest', undefined);
  return response;
}

/** An answer to a dead session is a guest's, with this mark where it is JSON; a page or a file has none. */
export async function sayDead(response: Response): Promise<Response> {
  if (!(response.headers.get('content-type') ?? '').startsWith('application/json')) return response;
  const marked = json(response.status, { ...((await response.json()) as Body), session_expired: 1 });
  setCookies(marked, 'Guest', undefined);
  return marked;
}

/** The page of the desk. From now on the session's writes must carry its token (Frappe's `get_csrf_token`). */
export function deskPage({ random }: Engine, session: Session): Response {
  session.csrf ??= random.hash(56);
  return new Response(
    `<!DOCTYPE html>\n<html><head><title>Demo</title></head><body><script>\nfrappe.csrf_token = "${session.csrf}";\n</script></body></html>\n`,
    { headers: { 'content-type': 'text/html; charset=utf-8' } },
  );
}
