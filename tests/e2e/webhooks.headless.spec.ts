import { expect, test } from '../support/app';
import { Office } from '../story/office';
import { ListScreen } from '../story/screens/list';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';

/** A port that is free just now: the receiver keeps the one that it was given. */
const port = 41_000 + Math.floor(Math.random() * 6_000);

test('webhooks are set up on the site, tell of changes, refuse strangers, and are taken away again', async ({ page }) => {
  const office = await Office.open({ scale: 1, push: 'none' });
  const shell = new Shell(page);
  const list = new ListScreen(page);
  try {
    await new SignInScreen(page).signIn(office.url, office.person('Administrator'));
    await shell.expectSync(/^Up to date/);
    await shell.go('/settings');
    const section = page.getByRole('region', { name: 'Changes by others' });
    await section.getByText('Listen for calls', { exact: true }).click();
    await section.getByLabel('Port', { exact: true }).fill(String(port));
    await section.getByRole('button', { name: 'Use these' }).click();
    await expect(section).toContainText(`Listening at 127.0.0.1, port ${port}`);
    await expect(section).toContainText('Nothing is set up on the site for this device.');

    await section.getByRole('button', { name: 'Set up on the site' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Set up on the site' }).click();
    await expect(section).toContainText(/\d+ webhooks for /, { timeout: 60_000 });
    const hooks = office.site.documents('Webhook');
    expect(new Set(hooks.map((hook) => hook['webhook_docevent']))).toEqual(new Set(['on_update', 'on_trash', 'on_submit', 'on_cancel']));
    expect(hooks.every((hook) => hook['enable_security'] === 1 && /^\*+$/.test(String(hook['webhook_secret'])))).toBe(true);
    const url = String(hooks[0]?.['request_url']);

    const forged = await fetch(url, {
      method: 'POST',
      body: '{"doctype":"Customer","name":"x"}',
      headers: { 'X-Frappe-Webhook-Signature': 'AAAA' },
    });
    expect([forged.status, await forged.text()]).toEqual([404, '']);
    expect((await fetch(new URL('/', url))).status).toBe(404);
    await expect(section.getByRole('list', { name: 'Last calls' })).toContainText('the signature is not the site’s');

    await list.open('Customer');
    const { insert, delete: remove } = office.site.as('office@example.com');
    const { name } = insert('Customer', { customer_name: 'By webhook', customer_type: 'Company' });
    await expect(list.row(name)).toBeVisible();
    remove('Customer', name);
    await expect(list.row(name)).toHaveCount(0);

    await shell.go('/settings');
    await expect(section.getByRole('list', { name: 'Last calls' })).toContainText('taken: Customer');
    await section.getByRole('button', { name: 'Remove from the site' }).click();
    await expect(section).toContainText('Nothing is set up on the site for this device.', { timeout: 60_000 });
    expect(office.site.documents('Webhook')).toEqual([]);
    await section.getByText('Listen for calls', { exact: true }).click();
    await expect
      .poll(() =>
        fetch(url, { method: 'POST' }).then(
          (answer) => answer.status,
          () => 'nobody listens',
        ),
      )
      .toBe('nobody listens');
  } finally {
    await office.close();
  }
});
