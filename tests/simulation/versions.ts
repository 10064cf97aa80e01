import { rowsOf } from '@shared/erp/document';
import type { Doc } from '@shared/erp/document';
import type { DemoSite } from '../../electron/demo/site';
import { docOf } from '../../renderer/cache/document-row';
import type { Device } from '../support/device';
import type { Witness } from './witness';

const keyOf = ({ name, modified }: Doc): string => `${name}\n${modified ?? ''}`;

const rowsIn = (doc: Doc): string =>
  rowsOf(doc, 'items')
    .map((row) => `${row.name} ${String(row['description'] ?? '')}`)
    .join('\n');

/** Every version of an order's rows that the server ever had. */
export class Versions {
  readonly #rows = new Map<string, string>();

  note(site: DemoSite): void {
    for (const order of site.documents('Sales Order')) this.#rows.set(keyOf(order), rowsIn(order));
  }

  /** An unedited order on a device is one version, whole. */
  async check(device: Device, witness: Witness): Promise<void> {
    const rows = await device.cache.documents.where('[doctype+name]').between(['Sales Order', ''], ['Sales Order', []]).toArray();
    for (const doc of rows.filter(({ mark, base }) => mark === undefined && base === undefined).map(docOf)) {
      const known = this.#rows.get(keyOf(doc));
      if (known !== undefined && known !== rowsIn(doc)) witness.violate(`torn: ${doc.name} was never as this device has it`);
    }
  }
}
