import { createHash } from 'node:crypto';
import { json } from './answers';
import { readBody, string, type Body } from '../engine/carried';
import type { Engine } from '../engine/engine';
import { FrappeError } from '../engine/errors';
import { consentPage } from './oauth-pages';
import { sessionOf, type SignedIn } from './sessions';

/** An OAuth Client as an administrator makes one: public, with exact redirect addresses. */
export type OAuthClient = { clientId: string; name: string; redirectUris: string[] };

type Grant = { user: string; clientId: string };
type Code = Grant & { redirectUri: string; challenge: string };
type Pair = Grant & { access: string; refresh: string; ends: number; revoked: boolean; refreshed: boolean };

export type OAuth = { clients: OAuthClient[]; codes: Map<string, Code>; pairs: Pair[]; expiresIn: number };

const ownClient: OAuthClient = { clientId: 'fieldbook-demo', name: 'Fieldbook', redirectUris: ['http://127.0.0.1:47801/oauth/callback'] };

/** One client, and tokens of an hour, as on a real site. */
export const openOAuth = (): OAuth => ({ clients: [ownClient], codes: new Map(), pairs: [], expiresIn: 3600 });

/** A bearer that is not known, revoked or ended is a 401 (measured). */
export function userOfBearer({ clock }: Engine, { pairs }: OAuth, token: string): string {
  const pair = pairs.find(({ access }) => access === token);
  if (pair === undefined || pair.revoked || pair.ends <= clock.now()) throw new FrappeError('AuthenticationError');
  return pair.user;
}

const method = '/api/method/frappe.integrations.oauth2.';

/** The answers of the OAuth endpoints; undefined for any other path. */
export async function oauthAnswer(engine: Engine, signedIn: SignedIn, request: Request): Promise<Response | undefined> {
  const { origin, pathname } = new URL(request.url);
  if (pathname === '/.well-known/openid-configuration')
    return new Response(null, { status: 301, headers: { location: `${method}openid_configuration` } });
  if (!pathname.startsWith(method)) return undefined;
  const endpoint = pathname.slice(method.length);
  if (endpoint === 'openid_configuration') return json(200, configuration(origin));
  const carried = await readBody(request);
  const values: Body = carried === 'too large' ? {} : carried.values;
  if (endpoint === 'authorize') return authorize(engine, signedIn, request, values);
  if (endpoint === 'approve' && request.method === 'POST') return approve(engine, signedIn, request, values);
  if (endpoint === 'get_token')
    return values['grant_type'] === 'refresh_token' ? refresh(engine, signedIn.oauth, values) : redeem(engine, signedIn.oauth, values);
  if (endpoint === 'revoke_token') return revoke(signedIn.oauth, values);
  return undefined;
}

const configuration = (origin: string) => ({
  issuer: origin,
  authorization_endpoint: `${origin}${method}authorize`,
  token_endpoint: `${origin}${method}get_token`,
  userinfo_endpoint: `${origin}${method}openid_profile`,
  revocation_endpoint: `${origin}${method}revoke_token`,
  introspection_endpoint: `${origin}${method}introspect_token`,
  response_types_supported: ['code', 'token', 'code id_token', 'code token id_token', 'id_token', 'id_token token'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['HS256'],
});

const oauthError = (error: string, status = 400): Response => json(status, { error });
const sentTo = (location: string): Response => new Response(null, { status: 302, headers: { location } });

/** The client and redirect address of a question, where both are registered exactly so. */
function asked({ clients }: OAuth, values: Body): OAuthClient | Response {
  const client = clients.find(({ clientId }) => clientId === string(values['client_id']));
  if (client === undefined) return oauthError('invalid_client_id');
  if (!client.redirectUris.includes(string(values['redirect_uri']))) return oauthError('mismatching_redirect_uri');
  if (values['response_type'] !== 'code') return oauthError('unsupported_response_type');
  return string(values['scope'])
    .split(' ')
    .every((scope) => ['all', 'openid'].includes(scope))
    ? client
    : oauthError('invalid_scope');
}

/** A guest is sent to sign in first, whoever is signed in is asked. The page gives the session its token. */
function authorize(engine: Engine, signedIn: SignedIn, request: Request, values: Body): Response {
  const session = sessionOf(engine, signedIn, request);
  if (session === 'guest' || session === 'dead') return sentTo(`/login?${new URLSearchParams({ 'redirect-to': request.url }).toString()}`);
  const client = asked(signedIn.oauth, values);
  if (client instanceof Response) return client;
  session.csrf ??= engine.random.hash(56);
  const { search } = new URL(request.url);
  const denied = `${string(values['redirect_uri'])}?error=access_denied`;
  return consentPage({ client: client.name, user: session.user, approve: `${method}approve${search}`, denied, csrf: session.csrf });
}

function approve(engine: Engine, signedIn: SignedIn, request: Request, values: Body): Response {
  const session = sessionOf(engine, signedIn, request);
  if (session === 'guest' || session === 'dead') throw new FrappeError('PermissionError');
  if (session.csrf !== null && string(values['csrf_token']) !== session.csrf) throw new FrappeError('CSRFTokenError', 'Invalid Request');
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const client = asked(signedIn.oauth, query);
  if (client instanceof Response) return client;
  const code = engine.random.hash(30);
  const { redirect_uri: redirectUri = '', code_challenge: challenge = '', state = '' } = query;
  signedIn.oauth.codes.set(code, { user: session.user, clientId: client.clientId, redirectUri, challenge });
  return sentTo(`${redirectUri}?${new URLSearchParams({ code, state }).toString()}`);
}

function redeem(engine: Engine, oauth: OAuth, values: Body): Response {
  const code = oauth.codes.get(string(values['code']));
  // It serves once, whatever comes of it.
  oauth.codes.delete(string(values['code']));
  const challenge = createHash('sha256').update(string(values['code_verifier'])).digest('base64url');
  const fits = code?.clientId === values['client_id'] && code?.redirectUri === values['redirect_uri'] && code?.challenge === challenge;
  return code === undefined || !fits ? oauthError('invalid_grant') : json(200, newPair(engine, oauth, code));
}

/** A new pair; the old refresh token serves no more, its access token until it ends. A bad one is 403 (measured). */
function refresh(engine: Engine, oauth: OAuth, values: Body): Response {
  const old = oauth.pairs.find((pair) => pair.refresh === string(values['refresh_token']));
  if (old === undefined || old.revoked || old.refreshed || old.clientId !== values['client_id']) throw new FrappeError('PermissionError');
  old.refreshed = true;
  return json(200, newPair(engine, oauth, old));
}

function newPair({ random, clock }: Engine, oauth: OAuth, { user, clientId }: Grant) {
  const pair: Pair = {
    ...{ user, clientId, access: random.hash(30), refresh: random.hash(30) },
    ...{ ends: clock.now() + oauth.expiresIn * 1000, revoked: false, refreshed: false },
  };
  oauth.pairs.push(pair);
  const { access: access_token, refresh: refresh_token } = pair;
  return { access_token, expires_in: oauth.expiresIn, token_type: 'Bearer', scope: 'all', refresh_token };
}

/** Always 200, as the standard has it. */
function revoke({ pairs }: OAuth, values: Body): Response {
  const token = string(values['token']);
  for (const pair of pairs) if (pair.access === token || pair.refresh === token) pair.revoked = true;
  return json(200, {});
}
