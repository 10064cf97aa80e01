import type { WebSocketRoute } from '@playwright/test';
import { Office } from '../story/office';
import { expect, test } from '../support/app';
import { DocumentScreen } from '../story/screens/document';
import { Shell } from '../story/screens/shell';
import { SignInScreen } from '../story/screens/sign-in';

test('a change is not called saved before the main process has it', async ({ page }) => {
  const office = await Office.open({ scale: 8 });
  const held: (() => void)[] = [];
  let holding = false;
  await page.routeWebSocket(/./, (socket: WebSocketRoute) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => (holding ? void held.push(() => server.send(message)) : server.send(message)));
  });
  await page.reload();
  try {
    await new SignInScreen(page).signIn(office.url, office.person('field@example.com'));
    const shell = new Shell(page);
    await shell.expectSync(/^Up to date/, 60_000);
    await shell.openDocument('Customer', office.site.documents('Customer')[0]?.name ?? '');
    const form = new DocumentScreen(page);
    await form.openSection('More Information');
    await form.type('website', 'https://example.com/held');

    holding = true;
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saving…')).toBeVisible();
    await expect.poll(() => held.length).toBeGreaterThan(0);
    await expect(page.getByText('Saving…')).toBeVisible();

    holding = false;
    held.forEach((send) => send());
    await expect(page.getByText('Saving…')).toHaveCount(0);
    await expect(page.getByText('Unsaved changes')).toHaveCount(0);
  } finally {
    await office.close();
  }
});
