import { expect } from 'vitest';
import { live } from '../case';
import { openDevice } from '../device';

live('A site is found behind the address that a browser shows.', [], async ({ credentials, device }) => {
  const { bridge } = device;
  const plain = await bridge.accounts.probe({ address: credentials.url });
  const pasted = await bridge.accounts.probe({ address: `${plain.siteUrl}/app/home` });
  expect(pasted.siteUrl).toBe(plain.siteUrl);
  expect(Date.parse(plain.serverDate ?? '')).not.toBeNaN();
});

live('Signing in tells the user, their roles, the time zone and the versions.', [], async ({ device, erp }) => {
  const { account } = device;
  const { message } = await erp.call({ account: account.id, method: 'frappe.auth.get_logged_user', http: 'GET', args: {} });
  expect(account.user).toBe(message);
  expect(account.fullName).not.toBe('');
  expect(account.roles).toContain('All');
  expect(() => new Intl.DateTimeFormat('en', { timeZone: account.timeZone })).not.toThrow();
  expect(account.frappeVersion).toMatch(/^\d+\.\d+/);
  expect(account).toMatchObject({ signedIn: true, secretPlace: 'session', demo: false });
});

live('A wrong secret is told apart from a server that cannot be reached.', [], async ({ credentials }) => {
  const device = await openDevice();
  try {
    const { url, apiKey } = credentials;
    const signIn = device.bridge.accounts.signIn({ address: url, apiKey, apiSecret: 'not-the-secret', keep: 'session' });
    await expect(signIn).rejects.toMatchObject({ code: 'sign-in' });
    expect((await device.bridge.accounts.state({})).accounts).toEqual([]);
  } finally {
    await device.close();
  }
});

live('Asking again about the account changes nothing.', [], async ({ device }) => {
  expect(await device.bridge.accounts.refresh({ account: device.account.id })).toEqual(device.account);
});

live('A ping is answered with the server’s time.', [], async ({ erp, account }) => {
  const { date } = await erp.ping({ account });
  expect(Date.parse(date ?? '')).not.toBeNaN();
});
