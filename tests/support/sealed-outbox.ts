import { hkdfSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Sealer } from '../../renderer/cache/sealed/sealer';
import { SealedTable } from '../../renderer/cache/sealed/sealed-table';
import type { OutboxEntry } from '@shared/sync/outbox-entry';

const stored = z.object({ place: z.literal('plain-file'), key: z.base64() });

/** How the outbox of an account is sealed by an app without a key store: what a thief of its data folder can find out. */
export async function outboxOf(dataFolder: string, account: string): Promise<{ open(row: object): OutboxEntry }> {
  const { key } = stored.parse(JSON.parse(await readFile(join(dataFolder, 'data-key.json'), 'utf8')));
  const own = new Uint8Array(hkdfSync('sha256', Buffer.from(key, 'base64'), account, 'fieldbook cache', 32));
  const table = new SealedTable(
    new Sealer(own),
    { name: 'outbox', key: 'id', indexes: ['seq', ['doctype', 'name'], 'state.at', 'operation.kind'] },
    () => null,
  );
  return {
    open(row) {
      const entry = table.open({ ...row });
      if (entry === null) throw new Error('this entry does not open with the key of the data folder');
      // What the app sealed as an entry of its outbox.
      return entry as unknown as OutboxEntry;
    },
  };
}
