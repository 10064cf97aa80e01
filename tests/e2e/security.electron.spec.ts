import { expect, test } from '../support/app';
import { html, scriptedServer } from '../support/scripted-server';

test('the window is sandboxed, isolated and without Node', async ({ app }) => {
  const preferences = await app.electron?.evaluate(({ BrowserWindow }) => {
    // Not in Electron's types, though documented in its source: what the window really runs with.
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
      getBackgroundThrottling(): boolean;
    };
    const { sandbox, contextIsolation, nodeIntegration, nodeIntegrationInWorker, nodeIntegrationInSubFrames, ...other } =
      contents.getLastWebPreferences();
    const { webviewTag, webSecurity, allowRunningInsecureContent, experimentalFeatures, enableBlinkFeatures, navigateOnDragDrop } = other;
    // Some are not told unless they are on.
    const isOn = (values: object) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Boolean(value)]));
    return {
      ...isOn({ sandbox, contextIsolation, nodeIntegration, nodeIntegrationInWorker, nodeIntegrationInSubFrames }),
      ...isOn({ webviewTag, webSecurity, allowRunningInsecureContent, experimentalFeatures, enableBlinkFeatures, navigateOnDragDrop }),
      backgroundThrottling: contents.getBackgroundThrottling(),
    };
  });
  expect(preferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    enableBlinkFeatures: false,
    navigateOnDragDrop: false,
    backgroundThrottling: false,
  });
});

test.describe('asked for a file', () => {
  // The policy refuses it before the browser does.
  test.use({ breaksPolicy: true });

  test('the page is at the app’s own scheme, and what is on the disk is no page of it', async ({ page }) => {
    expect(await page.evaluate(() => location.origin + location.pathname)).toBe('app://fieldbook/');
    const read = await page.evaluate(() =>
      fetch('file:///etc/hostname').then(
        () => 'read',
        () => 'refused',
      ),
    );
    expect(read).toBe('refused');
  });
});

test('the bridge is all that the preload script gives to the page', async ({ page }) => {
  expect(await page.evaluate(() => Object.keys(window.fieldbook ?? {}).sort())).toEqual(['onMessage', 'post', 'requestPort']);
});

test('the page cannot navigate away', async ({ app, page }) => {
  const prevented = app.electron?.evaluate(
    ({ BrowserWindow }) =>
      new Promise<boolean>((resolve) => {
        BrowserWindow.getAllWindows()[0]?.webContents.on('will-navigate', (event) => resolve(event.defaultPrevented));
      }),
  );
  await page.evaluate(() => {
    location.href = 'https://example.com/';
  });
  expect(await prevented).toBe(true);
  expect(page.url()).toMatch(/^app:\/\/fieldbook\//);
});

test('no page is led on elsewhere by a server', async ({ app }) => {
  const server = await scriptedServer(({ url }, response) =>
    url.pathname === '/led-on' ? html(response, 'Elsewhere') : void response.writeHead(302, { Location: '/led-on' }).end(),
  );
  const loaded = await app.electron?.evaluate(async ({ BrowserWindow }, url) => {
    const window = new BrowserWindow({ show: false });
    const outcome = await window.loadURL(url).then(
      () => 'loaded',
      () => 'stopped',
    );
    window.destroy();
    return outcome;
  }, server.url);
  await server.close();
  expect(loaded).toBe('stopped');
  expect(server.received.map(({ url }) => url.pathname)).toEqual(['/']);
});

test('no page embeds a guest, even in a window that could', async ({ app }) => {
  const prevented = app.electron?.evaluate(
    ({ BrowserWindow }) =>
      new Promise<boolean>((resolve) => {
        const window = new BrowserWindow({ show: false, webPreferences: { webviewTag: true } });
        window.webContents.on('will-attach-webview', (event) => {
          resolve(event.defaultPrevented);
          setImmediate(() => window.destroy());
        });
        void window.loadURL('data:text/html,<webview src="data:text/html,guest"></webview>');
      }),
  );
  expect(await prevented).toBe(true);
});

test.describe('asked for a window', () => {
  // One of the addresses is a script.
  test.use({ breaksPolicy: true });

  test('a new window is never opened; an address of the web, mail or a telephone goes to the person’s program for it, anything else nowhere', async ({
    app,
    page,
  }) => {
    const opened = await app.electron?.evaluateHandle(({ shell }) => {
      const urls: string[] = [];
      shell.openExternal = (url) => Promise.resolve(void urls.push(url));
      return urls;
    });
    const results = await page.evaluate(() =>
      [
        ...['https://example.com/a', 'file:///etc/passwd', 'javascript:alert(1)', 'smb://example.com/b', 'http://example.com/c'],
        ...['mailto:jane@example.com', 'tel:+49301234'],
      ].map((url) => window.open(url) === null),
    );
    expect(results).toEqual(Array.from({ length: 7 }, () => true));
    await expect
      .poll(() => opened?.jsonValue())
      .toEqual(['https://example.com/a', 'http://example.com/c', 'mailto:jane@example.com', 'tel:+49301234']);
    expect(app.electron?.windows()).toHaveLength(1);
  });
});

test('nothing is permitted but storage that stays, and the picture of the camera', async ({ page }) => {
  const names = ['camera', 'microphone', 'geolocation', 'notifications', 'midi', 'clipboard-read', 'idle-detection', 'persistent-storage'];
  const states = await page.evaluate(
    // TypeScript knows only some of the names.
    (asked) => Promise.all(asked.map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state)),
    names,
  );
  expect(names.filter((_name, index) => states[index] !== 'denied')).toEqual(['camera', 'persistent-storage']);
  expect(await page.evaluate(() => navigator.storage.persist())).toBe(true);
  expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied');
  const location = await page.evaluate(
    () =>
      new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('given'),
          ({ code }) => resolve(code),
        ),
      ),
  );
  expect(location).toBe(1); // PERMISSION_DENIED
});

test('files outside the built pages are not served', async ({ page }) => {
  const answers = await page.evaluate(() =>
    Promise.all(
      ['/assets/..%2f..%2fmain/main.js', '/assets/%2e%2e%2f%2e%2e%2fmain%2fmain.js', '/assets/nothing.js'].map(
        async (path) => (await fetch(path)).status,
      ),
    ),
  );
  expect(answers).toEqual([404, 404, 404]);
});
