import { expect, it } from 'vitest';
import { attachmentsOf } from '../../renderer/cache/attachments';
import { entriesOf, listOutbox, retry } from '../../renderer/cache/outbox';
import { record } from '../../renderer/cache/record';
import { calm } from '../support/faults-schedule';
import { goOffline, goOnline, syncedDevice } from '../support/synced-device';

const doctype = 'Customer';

const page = '<html><head><title>413 Request Entity Too Large</title></head><body><h1>Request Entity Too Large</h1></body></html>';
const limit = 'Maximum Attachment Limit of 2 has been reached for Customer.';
const body = { exc_type: 'AttachmentLimitReached', exception: `frappe.exceptions.AttachmentLimitReached: ${limit}` };
const notes = JSON.stringify([JSON.stringify({ message: limit, title: 'Attachment Limit Reached', indicator: 'red', raise_exception: 1 })]);

it.each([
  ['too large for the site', () => new Response(page, { status: 413, headers: { 'content-type': 'text/html' } }), { code: 'too-large' }],
  [
    'one too many for its DocType',
    () => Response.json({ ...body, _server_messages: notes }, { status: 417 }),
    { code: 'refused', message: limit },
  ],
])(
  'a file that is %s is laid before its person in the server’s words, keeps its bytes, and holds nothing else up',
  async (_, answer, problem) => {
    const { site, device, network, name } = await syncedDevice({ profile: [doctype] }).then((synced) => ({
      ...synced,
      name: synced.site.documents(doctype)[0]?.name ?? '',
    }));
    goOffline(device);
    const file = device.keepFile(new TextEncoder().encode('the plan'));
    await record(device.ports, { kind: 'attach', doctype, name, file, fileName: 'plan.txt', isPrivate: true });
    await record(device.ports, { kind: 'comment', doctype, name, content: 'said after it' });
    network.now = ({ url }) => (url.includes('/upload_file') ? { kind: 'between', answer: async () => answer() } : undefined);
    await goOnline(device, 60_000);
    expect(await entriesOf(device.cache, doctype, name)).toMatchObject([
      { state: { at: 'parked', problem: { kind: 'refused', ...problem } } },
    ]);
    expect(site.comments(doctype, name)).toHaveLength(1);
    expect(device.files.has(file.id)).toBe(true);
    expect(await attachmentsOf(device.cache, doctype, name)).toMatchObject([{ fileName: 'plan.txt', file: file.id, remote: null }]);

    network.now = calm;
    await retry(device.ports, (await listOutbox(device.cache))[0]?.id ?? '');
    device.engine.handle({ kind: 'saved' });
    await device.pass(600_000);
    expect(site.files().map(({ doc }) => doc['file_name'])).toEqual(['plan.txt']);
  },
);
