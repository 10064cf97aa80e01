import { expect } from 'vitest';
import type { UploadedFile } from '@shared/bridge/files';
import type { Filter } from '@shared/erp/filters';
import { uploadName } from '@shared/sync/upload-name';
import { live } from '../case';
import { party } from '../documents';
import { keep, note, smallPdf } from '../files';
import type { Live } from '../live';
import { tag } from '../made';
import { may } from '../needs';
import { photo } from '../photo';

const customers = may('Customer', 'read', 'write', 'create');
const columns = ['name', 'file_name', 'file_url', 'content_hash', 'is_private'];

/** Uploads a private file to a customer. */
async function upload(server: Live, fileName: string, bytes: Uint8Array<ArrayBuffer>) {
  const { name: docname } = await party(server);
  const stored = await keep(server.device, fileName, bytes);
  const sentAs = uploadName(fileName, stored.type, stored.sha256);
  const uploaded = await server.device.bridge.files.upload({
    account: server.account,
    file: stored.id,
    fileName: sentAs,
    doctype: 'Customer',
    docname,
    isPrivate: true,
  });
  server.made.add('File', uploaded.name);
  const of: Filter[] = [
    ['attached_to_doctype', '=', 'Customer'],
    ['attached_to_name', '=', docname],
  ];
  const find = (by: Filter) => server.list('File', columns, [...of, by], 5);
  return { stored, sentAs, uploaded, find, docname };
}

/** What the site says of the bytes that it keeps: of a photo, of those that it made. */
const told = ({ file_size: size, content_hash: md5 }: UploadedFile) => [{ size, md5 }];

const kinds: [kind: string, make: () => Uint8Array<ArrayBuffer>][] = [
  ['txt', note],
  ['pdf', smallPdf],
];
for (const [kind, make] of kinds) {
  live(`A ${kind} file is found on its document by the hash of the bytes sent, and comes back as it was.`, [customers], async (server) => {
    const { stored, uploaded, find, docname } = await upload(server, `${tag}.${kind}`, make());
    expect(uploaded).toMatchObject({ is_private: 1, content_hash: stored.md5 });
    expect(await find(['content_hash', '=', stored.md5])).toMatchObject([
      { name: uploaded.name, file_url: uploaded.file_url, is_private: 1 },
    ]);
    const { files } = server.device.bridge;
    expect(
      await files.fetch({ account: server.account, url: uploaded.file_url, told: told(uploaded), priority: 'interactive' }),
    ).toMatchObject({
      sha256: stored.sha256,
      size: stored.size,
    });
    const { docinfo } = await server.erp.open({ account: server.account, doctype: 'Customer', name: docname });
    expect(docinfo.attachments.filter(({ name }) => name === uploaded.name)).toMatchObject([{ file_url: uploaded.file_url }]);
  });
}

live(
  'A photo is found by the name of its own that it was sent under, whatever the server made of its bytes.',
  [customers],
  async (server) => {
    const { sentAs, stored, uploaded, find } = await upload(server, `${tag}.jpg`, photo());
    expect(stored.type).toBe('image/jpeg');
    expect(sentAs).toBe(`${tag}-${stored.sha256.slice(0, 8)}.jpg`);
    expect(uploaded.file_name).toBe(sentAs);
    expect(await find(['file_name', '=', sentAs])).toMatchObject([{ name: uploaded.name }]);
    const fetched = await server.device.bridge.files.fetch({
      account: server.account,
      url: uploaded.file_url,
      told: told(uploaded),
      priority: 'interactive',
    });
    expect(fetched.type).toBe('image/jpeg');
  },
);

live('A private file is not given to a guest.', [customers], async (server) => {
  const { uploaded } = await upload(server, `${tag}-private.txt`, note());
  const answer = await fetch(`${server.device.account.siteUrl}${encodeURI(uploaded.file_url)}`, { redirect: 'manual' });
  expect(answer.ok).toBe(false);
  expect(await answer.text()).not.toContain('Gate code');
});
