import { defineStore } from 'pinia';
import type { Attachment, EntryState } from '@shared/sync/outbox-entry';
import { allPaused, setAllPaused } from '../cache/paused';
import { pauseUpload, takeAway } from '../cache/steer-uploads';
import type { TakenAway } from '../cache/steer-uploads';
import { useSession, useWorkspace } from './session';
import { useSync } from './sync';
import { useLive } from './use-live';

/** An upload as the screens know it. `entry`: its id in the outbox. */
export type Upload = { entry: string; state: EntryState; file: Attachment };

/** Holding uploads back, letting them go on, and taking files away again. What is under way is stopped in the main process. */
export const useFileSteering = defineStore('file-steering', () => {
  const session = useSession();
  const sync = useSync();
  /** All uploads of the account are held back. */
  const paused = useLive(() => (session.cache === null ? false : allPaused(session.cache)), { initial: false });

  async function stop({ file, state }: Pick<Upload, 'file' | 'state'>): Promise<void> {
    if (state.at !== 'sending') return;
    await session.bridge.files.stopUpload({ account: useWorkspace().accountId, file: file.file, docname: file.name });
  }

  async function pause(upload: Upload): Promise<void> {
    await pauseUpload(useWorkspace().recorder, upload.entry, true);
    await stop(upload);
  }

  async function goOn(entry: string): Promise<void> {
    await pauseUpload(useWorkspace().recorder, entry, false);
    sync.send({ kind: 'saved' });
  }

  async function pauseAll(uploads: readonly Upload[]): Promise<void> {
    await setAllPaused(useWorkspace().cache, true);
    for (const upload of uploads) await stop(upload);
  }

  /** Also those that were held back one by one. */
  async function goOnAll(uploads: readonly Pick<Upload, 'entry'>[]): Promise<void> {
    const { cache, recorder } = useWorkspace();
    await setAllPaused(cache, false);
    for (const { entry } of uploads) await pauseUpload(recorder, entry, false);
    sync.send({ kind: 'saved' });
  }

  /** @throws AppError as `takeAway` */
  async function remove(file: Attachment, state: EntryState | null): Promise<TakenAway> {
    const done = await takeAway(useWorkspace().recorder, file.id);
    if (done === 'stopping' && state !== null) await stop({ file, state });
    sync.send({ kind: 'saved' });
    return done;
  }

  return { paused, pause, goOn, pauseAll, goOnAll, remove };
});
