import { rowsOf } from '@shared/erp/document';
import type { Doc } from '@shared/erp/document';
import type { DemoSite } from '../../electron/demo/site';
import { docOf } from '../../renderer/cache/document-row';
import type { Device } from '../support/device';
import { rowsAt } from './people/scene';
import type { Witness } from './witness';

const keyOf = ({ name, modified }: Doc): string => `${name}\n${modified ?? ''}`;

const rowsIn = (doc: Doc): string =>
  rowsOf(doc, 'items')
    .map((row) => `${row.name} ${String(row['description'] ?? '')}`)
    .join('\n');

/** Every version of an order's rows that the server ever had. */
export class Versions {
  readonly #rows = new Map<string, string>();

  /** The newest `modified` of each order that a device ever had. */
  readonly #newest = new Map<Device, Map<string, string>>();

  /** A database that is gone or older begins anew. */
  forget(device: Device): void {
    this.#newest.delete(device);
  }

  note(site: DemoSite): void {
    for (const order of site.documents('Sales Order')) this.#rows.set(keyOf(order), rowsIn(order));
  }

  /** An unedited order on a device is one version, whole; and no older one than the device had before. */
  async check(device: Device, witness: Witness): Promise<void> {
    const newestHere = this.#newest.get(device) ?? new Map<string, string>();
    this.#newest.set(device, newestHere);
    const rows = await rowsAt(device, 'Sales Order');
    for (const doc of rows.filter(({ mark, base }) => mark === undefined && base === undefined).map(docOf)) {
      const known = this.#rows.get(keyOf(doc));
      if (known !== undefined && known !== rowsIn(doc)) witness.violate(`torn: ${doc.name} was never as this device has it`);
      const newest = newestHere.get(doc.name) ?? '';
      if ((doc.modified ?? '') < newest) witness.violate(`went back: ${doc.name} was here as of ${newest}, and is as of ${doc.modified}`);
      newestHere.set(doc.name, doc.modified ?? '');
    }
  }
}
