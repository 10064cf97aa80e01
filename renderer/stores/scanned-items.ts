import { z } from 'zod';
import type { Doc } from '@shared/erp/document';
import { AppError } from '@shared/errors';
import type { Scanned, ScannedWarehouse } from '@shared/form/scan';
import { useLinks } from './document-links';
import { useServerLook } from './server-look';
import { useSession, useWorkspace } from './session';
import { useSync } from './sync';

/** A code that is known, with its Item or Warehouse as this device has it: null where it does not. */
export type FoundCode = { scanned: Scanned; item: Doc | null } | { warehouse: string; record: Doc | null };

/** Milliseconds that a person with a scanner in the hand waits for the server's word. */
const patience = 4_000;

const text = z
  .string()
  .nullish()
  .transform((value) => (value === undefined || value === '' ? null : value));
const answered = z.union([
  z.object({ warehouse: z.string().min(1) }),
  z.object({ item_code: z.string().min(1), barcode: text, uom: text, batch_no: text, serial_no: text }),
]);

/** What scanned codes stand for: on this device, else on the server where it can be reached. */
export function useScannedItems() {
  const session = useSession();
  const sync = useSync();
  const links = useLinks();
  const server = useServerLook();

  /** `asking` is called before the server is asked, which may take a while. */
  async function find(code: string, asking: () => void): Promise<FoundCode | null> {
    const here = await useWorkspace().search.scan(code);
    if (here !== null) return withRecord(here);
    if (!sync.online) return null;
    asking();
    return findThere(code);
  }

  const withRecord = async (code: Scanned | ScannedWarehouse): Promise<FoundCode> =>
    'warehouse' in code
      ? { warehouse: code.warehouse, record: await links.read('Warehouse', code.warehouse) }
      : { scanned: code, item: await links.read('Item', code.item) };

  /** By the server's `scan_barcode`. Its Item is brought here, so that its row can be filled. */
  async function findThere(code: string): Promise<FoundCode | null> {
    const { accountId } = useWorkspace();
    try {
      const { message } = await session.bridge.erp.call(
        {
          account: accountId,
          priority: 'interactive',
          http: 'GET',
          method: 'erpnext.stock.utils.scan_barcode',
          args: { search_value: code },
        },
        { signal: AbortSignal.timeout(patience) },
      );
      const parsed = answered.safeParse(message);
      if (!parsed.success) return null;
      if ('warehouse' in parsed.data) return await withRecord(parsed.data);
      const { item_code: item, barcode, uom, batch_no: batch, serial_no: serial } = parsed.data;
      await server.bring('Item', item);
      return await withRecord({ item, barcode, uom, batch, serial });
    } catch (error) {
      // Cut off, too slow, or not for this person: it is not on this device, which is what is said. Defects are told.
      if (AppError.from(error).code === 'internal') throw error;
      return null;
    }
  }

  return { find };
}
