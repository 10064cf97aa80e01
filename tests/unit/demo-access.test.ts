import { beforeEach, expect, test } from 'vitest';
import { serveDemo } from '../../electron/demo/rest/serve';
import { createDemoSite, type DemoSite } from '../../electron/demo/site';
import { demoClient } from '../support/demo-client';

let site: DemoSite;
let client: ReturnType<typeof demoClient>;

beforeEach(() => {
  site = createDemoSite({ now: () => Date.UTC(2026, 5, 1, 10), scale: 10 });
  client = demoClient(site);
});

test('a role that loses a right is refused from the next request on', async () => {
  expect((await client.list('Supplier')).status).toBe(200);
  for (const { role } of site.engine.metadata.get('Supplier')?.permissions ?? []) site.setPermission('Supplier', { role });
  const refused = await client.list('Supplier');
  expect([refused.status, refused.body['exc_type']]).toEqual([403, 'PermissionError']);
});

test('the reader may look at everything and change nothing', async () => {
  const reader = demoClient(site, 'readonly@example.com');
  expect((await reader.list('Sales Order')).status).toBe(200);
  expect((await reader.create('Customer', { customer_name: 'No' })).status).toBe(403);
});

test('whoever may read may print, but for cancelled documents', async () => {
  const print = async (name: string, user = 'field@example.com') =>
    demoClient(site, user).call('frappe.utils.print_format.download_pdf', { doctype: 'Sales Order', name });
  const byStatus = (status: number) => site.documents('Sales Order').find(({ docstatus }) => docstatus === status)?.name ?? '';
  const cancelled = byStatus(0);
  site.as('Administrator').submit('Sales Order', cancelled);
  site.as('Administrator').cancel('Sales Order', cancelled);
  expect((await print(byStatus(1))).headers.get('content-type')).toBe('application/pdf');
  expect(await print(cancelled)).toMatchObject({ status: 403, body: { exc_type: 'PermissionError' } });
  expect((await print('none')).status).toBe(404);
  for (const { role } of site.engine.metadata.get('Sales Order')?.permissions ?? []) site.setPermission('Sales Order', { role });
  expect((await print(byStatus(1))).status).toBe(403);
});

test('a user permission hides documents from lists and refuses them one by one', async () => {
  const [mine, other] = site.documents('Customer');
  site
    .as('Administrator')
    .insert('User Permission', { user: 'field@example.com', allow: 'Customer', for_value: mine?.name, apply_to_all_doctypes: 1 });
  expect((await client.list('Customer', { limit_page_length: '0' })).body['data']).toEqual([{ name: mine?.name }]);
  expect((await client.get('Customer', other?.name ?? '')).status).toBe(403);
  expect((await client.call('frappe.client.get_count', { doctype: 'Customer' })).body['message']).toBe(site.documents('Customer').length);
  expect((await client.call('frappe.desk.reportview.get_count', { doctype: 'Customer' })).body['message']).toBe(1);
});

test('a password session serves requests until it ends', async () => {
  const signedIn = await site.fetch(
    new Request('http://demo/api/method/login', { method: 'POST', body: new URLSearchParams({ usr: 'field@example.com', pwd: 'field' }) }),
  );
  const sid =
    signedIn.headers
      .getSetCookie()
      .find((cookie) => cookie.startsWith('sid='))
      ?.split(';')[0] ?? '';
  const ask = () => site.fetch(new Request('http://demo/api/method/frappe.auth.get_logged_user', { headers: { cookie: sid } }));
  expect(await (await ask()).json()).toEqual({ message: 'field@example.com' });
  site.endSessions();
  const dead = await ask();
  expect([dead.status, await dead.json()]).toEqual([403, expect.objectContaining({ session_expired: 1 })]);
});

test('a token answer sets cookies of a guest', async () => {
  expect((await client.list('Customer')).headers.getSetCookie()[0]).toMatch(/^sid=Guest;/);
});

test('over HTTP a private file needs the token, a long request line is 414 and a large body 413', async () => {
  const served = await serveDemo(site);
  try {
    const person = site.people[1];
    const headers = { authorization: `token ${person?.apiKey ?? ''}:${person?.apiSecret ?? ''}` };
    const form = new FormData();
    form.set('is_private', '1');
    form.set('file', new Blob(['photo plan']), 'plan ü.txt');
    const uploaded = await fetch(`${served.url}/api/method/upload_file`, { method: 'POST', headers, body: form });
    const { message } = (await uploaded.json()) as { message: { file_url: string } };
    const url = `${served.url}${encodeURI(message.file_url)}`;
    expect(message.file_url).toBe('/private/files/plan ü.txt');
    expect(await (await fetch(url, { headers })).text()).toBe('photo plan');
    expect((await fetch(url)).status).toBe(403);
    expect((await fetch(`${served.url}/api/resource/Item?filters=${'x'.repeat(5000)}`, { headers })).status).toBe(414);
    const large = await fetch(`${served.url}/api/method/upload_file`, { method: 'POST', headers, body: new Uint8Array(26 * 1024 * 1024) });
    expect([large.status, large.headers.get('content-type')]).toEqual([413, 'text/html; charset=utf-8']);
    expect(large.headers.get('date')).toBe('Mon, 01 Jun 2026 10:00:00 GMT');
  } finally {
    await served.close();
  }
});

test('a JPEG loses its EXIF and changes, the same picture twice is one file, and other bytes are no JPEG', async () => {
  const picture = [0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9];
  const plain = Uint8Array.of(0xff, 0xd8, ...picture);
  const photo = Uint8Array.of(0xff, 0xd8, 0xff, 0xe1, 0, 6, 69, 120, 105, 102, ...picture);
  for (const bytes of [plain, photo]) expect((await client.upload('a.jpg', bytes, { is_private: '1' })).status).toBe(200);
  const [first, second] = site.files();
  expect(first?.doc['content_hash']).toBe(second?.doc['content_hash']);
  expect(first?.doc['file_url']).toBe(second?.doc['file_url']);
  expect(Buffer.from(first?.bytes ?? []).includes('Exif')).toBe(false);
  expect(Buffer.from(first?.bytes ?? []).equals(Buffer.from(plain))).toBe(false);
  expect((await client.upload('b.jpg', new TextEncoder().encode('no picture'))).status).toBe(500);
});

test('a document takes as many files as its DocType allows', async () => {
  const name = site.documents('Item Group')[0]?.name ?? '';
  const upload = async (text: string): Promise<number> =>
    (await client.upload(`${text}.txt`, new TextEncoder().encode(text), { doctype: 'Item Group', docname: name, is_private: '1' })).status;
  expect([await upload('a'), await upload('b'), await upload('c'), await upload('d')]).toEqual([200, 200, 200, 417]);
});
