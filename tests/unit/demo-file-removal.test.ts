import { beforeEach, expect, test } from 'vitest';
import { createDemoSite, type DemoSite } from '../../electron/demo/site';
import { demoClient } from '../support/demo-client';

let site: DemoSite;
let client: ReturnType<typeof demoClient>;
let customer: string;

beforeEach(() => {
  site = createDemoSite({ now: () => Date.UTC(2026, 5, 1, 10), scale: 8 });
  client = demoClient(site);
  customer = site.documents('Customer')[0]?.name ?? '';
});

async function attached(text = 'the plan'): Promise<{ name: string; file_url: string }> {
  const fields = { doctype: 'Customer', docname: customer, is_private: '1' };
  const answer = await client.upload('plan.txt', new TextEncoder().encode(text), fields);
  const { message } = (await answer.json()) as { message: { name: string; file_url: string } };
  return message;
}

/** What the timeline tells of the customer's files, the latest first. */
async function told(): Promise<unknown> {
  const query = new URLSearchParams({ doctype: 'Customer', name: customer });
  const { body } = await client.send('GET', `/api/method/frappe.desk.form.load.getdoc?${query}`);
  return body['docinfo'];
}

test('a file that is removed leaves its document as it was, but for a line in its timeline', async () => {
  const file = await attached();
  const before = site.document('Customer', customer)?.modified;
  expect((await client.delete('File', file.name)).status).toBe(202);
  expect(site.document('Customer', customer)?.modified).toBe(before);
  const added = { comment_type: 'Attachment' };
  const removed = { comment_type: 'Attachment Removed', content: expect.stringContaining('plan.txt') };
  expect(await told()).toMatchObject({ attachments: [], attachment_logs: [removed, added] });
  expect(site.files()).toEqual([]);
  const again = await client.delete('File', file.name);
  expect([again.status, again.body['exc_type']]).toEqual([404, 'DoesNotExistError']);
});

test('bytes that another file has as well stay', async () => {
  const [one, other] = [await attached(), await attached()];
  expect(one.file_url).toBe(other.file_url);
  await client.delete('File', one.name);
  expect(site.files().map(({ doc }) => doc.name)).toEqual([other.name]);
  expect(new TextDecoder().decode(site.files()[0]?.bytes)).toBe('the plan');
});

test('whoever may write the document removes a file of it, others may not', async () => {
  const file = await attached();
  const reader = demoClient(site, 'readonly@example.com');
  expect((await reader.delete('File', file.name)).status).toBe(403);
  expect((await reader.get('File', file.name)).status).toBe(200);
  expect((await demoClient(site, 'office@example.com').delete('File', file.name)).status).toBe(202);
});
