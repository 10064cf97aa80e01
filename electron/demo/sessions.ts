import type { Engine } from './engine';
import { FrappeError } from './errors';
import type { Person } from './people';

/** Signed-in browsers by `sid`. */
export type Sessions = Map<string, string>;

const refused = (): FrappeError => new FrappeError(401, 'AuthenticationError', { exception: 'frappe.exceptions.AuthenticationError' });

/** A `sid` that the site no longer knows: not a missing permission, but a session to begin again. */
const expired = (): FrappeError =>
  new FrappeError(403, 'SessionExpired', { exception: 'frappe.exceptions.SessionExpired', extra: { session_expired: 1 } });

function byKey(engine: Engine, credentials: string): string {
  const at = credentials.indexOf(':');
  const [key, secret] = [credentials.slice(0, at), credentials.slice(at + 1)];
  const person = [...engine.people.values()].find(({ apiKey, apiSecret }) => at > 0 && apiKey === key && apiSecret === secret);
  if (person === undefined) throw refused();
  return person.name;
}

/** Whose request this is: by API key, else by session cookie, else nobody's (`Guest`). */
export function whoAsks(engine: Engine, sessions: Sessions, request: Request): string {
  const [scheme = '', credentials = ''] = (request.headers.get('authorization') ?? '').split(/\s+/);
  if (scheme.toLowerCase() === 'token') return byKey(engine, credentials);
  if (scheme.toLowerCase() === 'basic') return byKey(engine, Buffer.from(credentials, 'base64').toString());
  if (scheme !== '') throw refused();
  const sid = /(?:^|;\s*)sid=([^;]+)/.exec(request.headers.get('cookie') ?? '')?.[1];
  if (sid === undefined || sid === 'Guest') return 'Guest';
  const user = sessions.get(sid);
  if (user === undefined) throw expired();
  return user;
}

/** The person of a password sign-in; `usr` is a mail address or a name. */
export function signIn(engine: Engine, usr: string, pwd: string): Person {
  const person = engine.people.get(usr);
  if (person === undefined || person.password !== pwd)
    throw new FrappeError(401, 'AuthenticationError', {
      exception: 'frappe.exceptions.AuthenticationError',
      extra: { message: 'Invalid login credentials' },
    });
  return person;
}

/** Cookies of an answer: a session's, or the `Guest` ones that every token answer sets. */
export function cookies(sid: string, person: Person | undefined): string[] {
  const values = {
    sid,
    system_user: person === undefined ? 'no' : 'yes',
    full_name: person?.fullName ?? 'Guest',
    user_id: person?.name ?? 'Guest',
    user_image: '',
  };
  return Object.entries(values).map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}; Path=/; SameSite=Lax${name === 'sid' ? '; HttpOnly' : ''}`,
  );
}
