import { json } from './answers';
import { readBody, string } from '../engine/carried';
import type { Engine } from '../engine/engine';
import { FrappeError } from '../engine/errors';
import type { Person } from '../company/people';

/** Signed-in browsers: the user by `sid`. */
export type Sessions = Map<string, string>;

/** Whose request this is: by API key, else by session cookie, else nobody's (`Guest`). */
export function whoAsks(engine: Engine, sessions: Sessions, request: Request): string {
  const [scheme = '', credentials = ''] = (request.headers.get('authorization') ?? '').split(/\s+/);
  if (scheme !== '') {
    const person = [...engine.people.values()].find(({ apiKey, apiSecret }) => `${apiKey}:${apiSecret}` === credentials);
    if (person === undefined || scheme.toLowerCase() !== 'token') throw new FrappeError('AuthenticationError');
    return person.name;
  }
  const sid = /(?:^|;\s*)sid=([^;]+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? 'Guest';
  const user = sid === 'Guest' ? sid : sessions.get(sid);
  // A `sid` that the site no longer knows: not a missing permission, but a session to begin again.
  if (user === undefined) throw new FrappeError('SessionExpired', '', { extra: { session_expired: 1 } });
  return user;
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

/** A password sign-in, which begins a session. */
export async function login(engine: Engine, sessions: Sessions, request: Request): Promise<Response> {
  const carried = await readBody(request);
  const { usr, pwd } = carried === 'too large' ? {} : carried.values;
  const person = engine.people.get(string(usr));
  if (person?.password !== string(pwd))
    throw new FrappeError('AuthenticationError', '', { extra: { message: 'Invalid login credentials' } });
  const sid = engine.random.hash(40);
  sessions.set(sid, person.name);
  const response = json(200, { message: 'Logged In', home_page: '/app/home', full_name: person.fullName });
  setCookies(response, sid, person);
  return response;
}
