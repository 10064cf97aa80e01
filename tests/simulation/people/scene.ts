import type { Doc } from '@shared/erp/document';
import type { DemoSite } from '../../../electron/demo/site';
import type { Random } from '../../../electron/demo/engine/random';
import { docOf } from '../../../renderer/cache/document-row';
import type { DocumentRow } from '../../../renderer/cache/rows';
import { record } from '../../../renderer/cache/record';
import type { Change } from '../../../renderer/cache/record';
import type { Device } from '../../support/device';
import type { Witness } from '../witness';

/** One person at one device, and what they do it with. */
export type Scene = { device: Device; site: DemoSite; random: Random; witness: Witness };

export const save = ({ device }: Scene, change: Change) => record(device.ports, change);

export const rowsAt = (device: Device, doctype: string): Promise<DocumentRow[]> =>
  device.cache.documents.where('[doctype+name]').between([doctype, ''], [doctype, []]).toArray();

/** There is nothing that it could be done with. */
export class NothingToDo extends Error {
  override name = 'NothingToDo';
}

/** A document that somebody may choose at this device. @throws NothingToDo where there is none. */
export async function some(
  { device, random }: Scene,
  doctypes: string[],
  fits: (doc: Doc) => boolean = (doc) => (doc.docstatus ?? 0) === 0,
): Promise<DocumentRow> {
  const all = (await rowsAt(device, random.pick(doctypes))).filter((row) => row.deleting !== 1 && fits(docOf(row)));
  if (all.length === 0) throw new NothingToDo();
  return atWorkOn(all, random);
}

/** Half of the time what was made here and is not sent yet, or what anybody changed last. */
export function atWorkOn<T extends { name: string; modified?: string }>(documents: T[], random: Random): T {
  const age = ({ name, modified = '' }: T): string => `${modified} ${name}`;
  const newest = (): T[] => documents.toSorted((a, b) => (age(a) < age(b) ? 1 : -1)).slice(0, 3);
  return random.pick(random.chance(0.5) ? newest() : documents);
}
