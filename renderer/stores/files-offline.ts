import { computed } from 'vue';
import { defaultFilesOffline } from '@shared/files/files-offline';
import type { FilesOffline } from '@shared/files/files-offline';
import { offlineFiles, readFilesOffline, writeFilesOffline } from '../cache/files-offline';
import type { OfflineFiles } from '../cache/files-offline';
import { useWorkspace } from './session';
import { useSync } from './sync';
import { useLive } from './use-live';

/** All documents may have very many files: they are counted anew no more often than this, in ms. */
const lookMs = 1_000;

/** Which attachments this device fetches by itself, and which of them are here. */
export function useFilesOffline() {
  const { cache } = useWorkspace();
  const sync = useSync();
  const choice = useLive<FilesOffline>(() => readFilesOffline(cache), { initial: defaultFilesOffline });
  const files = useLive<OfflineFiles>(() => offlineFiles(cache), { initial: { here: [], missing: [], refused: [] }, everyMs: lookMs });
  const progress = computed(() => sync.state?.files ?? null);

  async function choose(changes: Partial<FilesOffline>): Promise<void> {
    await writeFilesOffline(cache, { ...choice.value, ...changes });
    sync.send({ kind: 'fetch-files', again: false });
  }

  return { choice, files, progress, choose };
}
