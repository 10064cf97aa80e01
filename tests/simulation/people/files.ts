import { resolve } from '../../../renderer/cache/outbox';
import { setAllPaused } from '../../../renderer/cache/paused';
import { record } from '../../../renderer/cache/record';
import { pauseUpload, takeAway } from '../../../renderer/cache/steer-uploads';
import type { Attachment, OutboxEntry, Problem } from '@shared/sync/outbox-entry';
import type { DemoSite } from '../../../electron/demo/site';
import type { Random } from '../../../electron/demo/engine/random';
import type { Device } from '../../support/device';
import { siteFile } from '../../support/site-file';
import { tokenIn } from '../witness';
import type { Removal, Witness } from '../witness';
import { attach } from './edits';
import { givingUp } from './giving-up';
import { NothingToDo } from './scene';
import type { Scene } from './scene';

export const attachFile = async (scene: Scene): Promise<string> => (await attach(scene), 'attaches a file');

/** A person takes a file away that their device knows: one of its own, or one that it saw on a document. */
export async function removeFile(scene: Scene): Promise<string> {
  const { device, random } = scene;
  const own = await device.cache.attachments.toArray();
  const sent = new Set(own.flatMap(({ remote }) => remote?.name ?? []));
  const there = (await device.cache.docinfo.toArray()).flatMap(({ doctype, name, attachments }) =>
    attachments.filter((file) => !sent.has(file.name)).map((file) => ({ doctype, name, file })),
  );
  if (own.length + there.length === 0) throw new NothingToDo();
  const position = random.int(0, own.length + there.length - 1);
  const mine = own[position];
  if (mine !== undefined) return removeOwn(scene, mine);
  const seen = there[position - own.length];
  if (seen === undefined) throw new NothingToDo();
  const { doctype, name, file } = seen;
  const removal = asks(scene, { file: file.name, fileName: file.file_name, on: { doctype, name } });
  const change = { kind: 'detach' as const, doctype, name, file: file.name, url: file.file_url, fileName: file.file_name };
  removal.entry = (await record(device.ports, { ...change, shown: file.file_name })).entry;
  return `removes ${file.file_name}`;
}

/** Told before it is done, which may crash and be done all the same; promised once `entry` is known. */
function asks({ device, witness }: Pick<Scene, 'device' | 'witness'>, seen: Removal['seen']): Removal {
  const removal: Removal = { device, token: String(tokenIn(seen.fileName)), entry: null, seen };
  witness.removals.push(removal);
  return removal;
}

async function removeOwn(scene: Scene, attachment: Attachment): Promise<string> {
  const { device, witness } = scene;
  const { id, doctype, name, remote, fileName } = attachment;
  const entries = await device.cache.outbox.toArray();
  const upload = entries.find(({ operation }) => operation.kind === 'attach' && operation.attachment === id);
  const removal = asks(scene, { file: remote?.name ?? '', fileName: remote?.fileName ?? fileName, on: { doctype, name } });
  const taken = await taking(scene, id, upload);
  if (taken === 'taken-back' && upload !== undefined && upload.unanswered !== true) witness.undone.add(upload.id);
  const detach = (await device.cache.outbox.toArray()).find(
    ({ operation }) => operation.kind === 'detach' && operation.file === remote?.name,
  );
  removal.entry = detach?.id ?? null;
  return `takes ${fileName} away: ${taken}`;
}

async function taking({ device, witness }: Scene, id: string, upload: OutboxEntry | undefined): Promise<string> {
  let taken = '';
  await givingUp(witness, upload === undefined ? [] : [upload], async () => void (taken = await takeAway(device.ports, id)));
  return taken;
}

/** A file has another name or place by now: its person removes it all the same. */
export async function removeAnyway(scene: Scene, entry: OutboxEntry, problem: Extract<Problem, { kind: 'changed-file' }>): Promise<void> {
  if (entry.operation.kind !== 'detach') throw new NothingToDo();
  const removal = asks(scene, { file: entry.operation.file, fileName: problem.fileName, on: problem.on });
  await resolve(scene.device.ports, entry.id, { kind: 'detach-anyway' });
  removal.entry = entry.id;
}

/** A person holds an upload back, or all of them, or lets them go on. */
export async function steerUploads({ device, random }: Scene): Promise<string> {
  const uploads = (await device.cache.outbox.toArray()).filter(({ operation }) => operation.kind === 'attach');
  if (uploads.length === 0 || random.chance(0.3)) {
    const paused = random.chance(0.5);
    await setAllPaused(device.cache, paused);
    return paused ? 'pauses all uploads' : 'lets uploads go on';
  }
  const upload = random.pick(uploads);
  await pauseUpload(device.ports, upload.id, upload.paused !== true);
  return upload.paused === true ? 'lets an upload go on' : 'pauses an upload';
}

/** Files of the office, from before the day. */
export async function filesBefore({ site, random, witness }: Office): Promise<void> {
  const documents = ['Customer', 'Sales Order'].flatMap((doctype) => site.documents(doctype));
  for (let count = 0; count < 8 && documents.length > 0; count += 1) {
    const { doctype, name } = random.pick(documents);
    const token = witness.token('file');
    await siteFile(site, { doctype, name, fileName: `${token}.txt`, text: token });
  }
}

/** The device has seen which files there are. */
export async function sawFiles(device: Device, site: DemoSite): Promise<void> {
  for (const { doc } of site.files()) {
    const [doctype, name] = [String(doc['attached_to_doctype']), String(doc['attached_to_name'])];
    const seen = (await device.cache.docinfo.get([doctype, name])) ?? { doctype, name, keptAt: 0, comments: [], attachments: [] };
    const file = { name: doc.name, file_name: String(doc['file_name']), file_url: String(doc['file_url']), is_private: 1 as const };
    await device.cache.docinfo.put({ ...seen, attachments: [...seen.attachments, file] });
  }
}

type Office = { site: DemoSite; random: Random; witness: Witness };

/** Nothing is held back any more. */
export async function letAllGo(device: Device): Promise<void> {
  await setAllPaused(device.cache, false);
  for (const entry of await device.cache.outbox.toArray()) if (entry.paused === true) await pauseUpload(device.ports, entry.id, false);
}

/** Somebody in the office gives a file another name, hangs it on another customer, or removes it. */
export function theOfficeTidiesFiles({ site, random, witness }: Office): string {
  const files = site.files();
  if (files.length === 0) return 'finds no file';
  const { doc } = random.pick(files);
  witness.filesChanged.set(doc.name, site.clock.now());
  if (random.chance(0.2)) {
    site.as('Administrator').delete('File', doc.name);
    return `removes ${String(doc['file_name'])}`;
  }
  const customers = site.documents('Customer');
  if (random.chance(0.3) && customers.length > 0) {
    const to = random.pick(customers).name;
    site.setSilently('File', doc.name, { attached_to_doctype: 'Customer', attached_to_name: to });
    return `hangs ${String(doc['file_name'])} on ${to}`;
  }
  site.setSilently('File', doc.name, { file_name: `R${random.int(1, 99)} ${String(doc['file_name'])}` });
  return `renames ${String(doc['file_name'])}`;
}
