import type { ExportedWork, ImportedWork } from '@shared/bridge/work';
import { importWork } from '../cache/import-work';
import type { ImportedChanges } from '../cache/import-work';
import { flushJournal } from '../cache/journal';
import { useSession, useWorkspace } from './session';

const chunkBytes = 1024 * 1024;

/** Unsent work of the active account, out to an encrypted file and in from one. */
export function useCarriedWork() {
  const session = useSession();
  const { recorder, accountId, sync } = useWorkspace();

  /** The journal is told everything first: it is what is exported. */
  async function exportWork(passphrase: string): Promise<ExportedWork> {
    const refusal = await flushJournal(recorder);
    if (refusal !== null) throw refusal;
    return session.bridge.work.export({ account: accountId, passphrase });
  }

  /** Rejects with `sign-in` where the passphrase does not fit. */
  async function importFrom(file: Blob, passphrase: string): Promise<ImportedChanges & Pick<ImportedWork, 'files'>> {
    const { work } = session.bridge;
    const { handle } = await work.begin({});
    try {
      for (let at = 0; at < file.size; at += chunkBytes) {
        await work.write({ handle, bytes: new Uint8Array(await file.slice(at, at + chunkBytes).arrayBuffer()) });
      }
      return await takeIn(handle, passphrase);
    } finally {
      await work.abandon({ handle });
    }
  }

  /** What the main process has received already. After a wrong passphrase, `sign-in`, it can be tried again. */
  async function takeIn(handle: string, passphrase: string): Promise<ImportedChanges & Pick<ImportedWork, 'files'>> {
    const { entries, files } = await session.bridge.work.open({ handle, account: accountId, passphrase });
    const changes = await importWork(recorder, entries);
    sync.send({ kind: 'saved' });
    return { ...changes, files };
  }

  return { exportWork, importFrom, takeIn };
}
