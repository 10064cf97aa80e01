import { createHash, randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import type { DocumentValues } from '@shared/erp/document';
import { until } from '../../support/until';
import { live } from '../case';
import { customerValues, party } from '../documents';
import { openFieldDevice } from '../field-device';
import { keep, note, smallPdf } from '../files';
import type { Live } from '../live';
import { tag, taggedOnes } from '../made';
import { may } from '../needs';
import type { Asked } from '../network';
import { photo, photoWith } from '../photo';

const documents = 10;
const isUpload = ({ path }: Asked): boolean => path === '/api/method/upload_file';
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Files as people have them. `held`: the SHA-256 of what the server is to have in the end. */
const filesFor = (number: number, photoThere: string): { name: string; bytes: Uint8Array<ArrayBuffer>; held: string }[] => [
  { name: `${tag} pallet ${number}.jpg`, bytes: photoWith(`${tag} pallet ${number}`), held: photoThere },
  ...(
    [
      [`delivery note ${number}.pdf`, smallPdf()],
      [`readings ${number}.csv`, Buffer.from(`place,value\n"${tag} Werk ${number}",${Math.random()}\n`)],
      [`Maß und Gewicht ${number} 📦.txt`, note()],
      [`trace ${number}.bin`, randomBytes(number % 3 === 0 ? 1_000_000 : 40_000)],
    ] as const
  ).map(([name, bytes]) => ({ name: `${tag} ${name}`, bytes: Buffer.from(bytes), held: sha256(bytes) })),
];

const filesOn = (server: Live, doctype: string, name: string) =>
  server.list(
    'File',
    ['name', 'file_url'],
    [
      ['attached_to_doctype', '=', doctype],
      ['attached_to_name', '=', name],
    ],
    0,
  );

/** The SHA-256 of a file as the server hands it out. */
async function sha256There({ device, account }: Live, url: unknown): Promise<string> {
  const stored = await device.bridge.files.fetch({ account, url: String(url), told: [], priority: 'interactive' });
  return stored.sha256;
}

/** What this server makes of the photo, whose every copy it rewrites: what it has of one that was sent alone. */
async function photoAsKept(server: Live): Promise<string> {
  const { name } = await party(server);
  const { id: file } = await keep(server.device, 'reference.jpg', photo());
  const fileName = `${tag}-reference.jpg`;
  const { name: made, file_url: url } = await server.device.bridge.files.upload({
    ...{ account: server.account, file, fileName, doctype: 'Customer', docname: name, isPrivate: true },
  });
  server.made.add('File', made);
  return sha256There(server, url);
}

live(
  'Fifty files on ten new documents are there once each, after lost answers and a crash.',
  [may('Customer', 'read', 'write', 'create')],
  async (server) => {
    const photoThere = await photoAsKept(server);
    const device = await openFieldDevice(server, [{ doctype: 'Customer', filters: [taggedOnes('Customer')] }]);
    device.goOffline();
    const given = new Map<string, string[]>();
    for (let number = 1; number <= documents; number += 1) {
      // Built of texts.
      const values = (await customerValues(server, `Quay ${number}`)) as DocumentValues;
      const { name } = await device.record({ kind: 'create', doctype: 'Customer', values });
      const files = filesFor(number, photoThere);
      for (const { name: fileName, bytes } of files)
        await device.record({
          kind: 'attach',
          doctype: 'Customer',
          name,
          file: await keep(device, fileName, bytes),
          fileName,
          isPrivate: true,
        });
      given.set(String(values['customer_name']), files.map(({ held }) => held).sort());
    }

    const uploads = (): number => device.network.asked.filter(isUpload).length;
    device.network.loseAnswers(isUpload, 3);
    device.goOnline();
    await until(() => uploads() > 12);
    await device.crash();
    expect(await device.settled()).toEqual([]);
    expect(device.network.lost, 'answers were lost').toBeGreaterThan(10);

    const there = new Map<string, string[]>();
    const made = await server.list('Customer', ['name', 'customer_name'], [['customer_name', 'in', [...given.keys()]]], 0);
    for (const { name, customer_name: called } of made) {
      const files = await filesOn(server, 'Customer', name);
      files.forEach((file) => server.made.add('File', file.name));
      const held = await Promise.all(files.map(({ file_url: url }) => sha256There(server, url)));
      there.set(String(called), [...(there.get(String(called)) ?? []), ...held].sort());
    }
    expect(made).toHaveLength(documents);
    expect(there).toEqual(given);
  },
);
