import { expect } from 'vitest';
import { csrfToken } from '../../../electron/accounts/session/csrf';
import { login } from '../../../electron/accounts/session/login';
import { logout } from '../../../electron/accounts/session/logout';
import { headersOf } from '../../../electron/accounts/secret';
import { live } from '../case';
import { personal } from '../credentials';
import { openDevice } from '../device';
import { anOAuthClient, aPassword, may } from '../needs';
import { sceneOf } from '../scene';

const asked = () => new AbortController().signal;

/** The user by password; the needs of the cases see to it that there is one. */
function given() {
  const person = personal();
  if (person === null) throw new Error('no password is given');
  return person;
}

live(
  'A password signs in as the same user, reads, and ends its session when it signs out.',
  [aPassword],
  async ({ credentials, device }) => {
    const { user, password } = given();
    const own = await openDevice();
    try {
      const step = await own.bridge.signIn.password({ address: credentials.url, user, password, keep: 'session' });
      if (step.at !== 'signed-in') throw new Error('the user has a second factor');
      const { account } = step;
      expect(account).toMatchObject({ user: device.account.user, way: 'password', roles: device.account.roles });
      expect((await own.bridge.erp.ping({ account: account.id })).date).toMatch(/GMT$/);
      await own.bridge.accounts.signOut({ account: account.id });
      expect((await own.bridge.accounts.state({})).accounts[0]?.signedIn).toBe(false);
    } finally {
      await own.close();
    }
  },
);

live('A wrong password is refused in words for it.', [aPassword], async ({ credentials }) => {
  const own = await openDevice();
  try {
    const { user } = given();
    const step = own.bridge.signIn.password({ address: credentials.url, user, password: 'not-the-password', keep: 'session' });
    await expect(step).rejects.toMatchObject({ code: 'sign-in' });
  } finally {
    await own.close();
  }
});

live(
  'A session writes without a token until a page of it was made, and with that page’s token from then on.',
  [aPassword, may('Customer', 'create')],
  async (server, leaveOut) => {
    const { url } = server.credentials;
    const { customerGroup, territory } = await sceneOf(server);
    const { user, password } = given();
    const step = await login(fetch, url, { user, password }, asked());
    if (step.at !== 'session') return leaveOut('the user has a second factor');
    const create = async (name: string, csrf: string | null) => {
      const body = { customer_name: name, customer_type: 'Company', customer_group: customerGroup, territory };
      const headers = { ...headersOf({ ...step.secret, csrf }), 'Content-Type': 'application/json', Accept: 'application/json' };
      const response = await fetch(`${url}/api/resource/Customer`, { method: 'POST', headers, body: JSON.stringify(body) });
      const told = (await response.json()) as { data?: { name: string }; exc_type?: string };
      if (told.data !== undefined) server.made.add('Customer', told.data.name);
      return { status: response.status, excType: told.exc_type };
    };
    try {
      const name = (which: string) => `FB-TEST-${Date.now()}-${which}`;
      expect(await create(name('before'), null)).toMatchObject({ status: 200 });
      const token = await csrfToken(fetch, url, step.secret, asked());
      expect(token).not.toBeNull();
      expect(await create(name('with'), token)).toMatchObject({ status: 200 });
      // A site may be set not to ask for it (`ignore_csrf`).
      const without = await create(name('without'), null);
      expect([200, 400]).toContain(without.status);
      if (without.status === 400) expect(without.excType).toBe('CSRFTokenError');
    } finally {
      await logout(fetch, url, step.secret, asked());
    }
  },
);

live('A dead session is told apart from a missing permission.', [aPassword], async ({ credentials }) => {
  const { user, password } = given();
  const step = await login(fetch, credentials.url, { user, password }, asked());
  if (step.at !== 'session') throw new Error('the user has a second factor');
  await logout(fetch, credentials.url, step.secret, asked());
  const response = await fetch(`${credentials.url}/api/method/frappe.auth.get_logged_user`, { headers: headersOf(step.secret) });
  expect([response.status, await response.json()]).toEqual([403, expect.objectContaining({ session_expired: 1 })]);
});

live('OAuth signs in with the browser’s consent, asks with a bearer, and revokes it.', [anOAuthClient], async ({ credentials, device }) => {
  const { user, password, clientId } = given();
  const own = await openDevice();
  try {
    expect((await own.bridge.accounts.probe({ address: credentials.url })).browser).not.toBeNull();
    const step = await own.bridge.signIn.browser({ address: credentials.url, clientId: clientId ?? '', keep: 'session' });
    const returned = own.bridge.signIn.returned({ ticket: step.ticket });
    const browser = await login(fetch, credentials.url, { user, password }, asked());
    if (browser.at !== 'session') throw new Error('the user has a second factor');
    // What the buttons of the page do, which differ by version: the question is asked, and its approval posted.
    const cookie = `${headersOf(browser.secret)['Cookie'] ?? ''}; user_id=${encodeURIComponent(user)}`;
    const page = await fetch(step.url, { headers: { cookie }, redirect: 'manual' });
    expect([200, 302]).toContain(page.status);
    const csrf = (await csrfToken(fetch, credentials.url, browser.secret, asked())) ?? '';
    const approve = new URL(step.url.replace('oauth2.authorize', 'oauth2.approve'));
    const form = new URLSearchParams({ csrf_token: csrf });
    const headers = { cookie, 'X-Frappe-CSRF-Token': csrf };
    const approved = await fetch(approve, { method: 'POST', headers, body: form, redirect: 'manual' });
    expect((await fetch(approved.headers.get('location') ?? '')).status).toBe(200);
    const account = await returned;
    expect(account).toMatchObject({ user: device.account.user, way: 'browser' });
    expect((await own.bridge.erp.ping({ account: account.id })).date).toMatch(/GMT$/);
    await own.bridge.accounts.signOut({ account: account.id });
    await logout(fetch, credentials.url, browser.secret, asked());
  } finally {
    await own.close();
  }
});
