import type { Bridge } from '@shared/bridge';
import type { StoredFile } from '@shared/bridge/files';

const chunkBytes = 1024 * 1024;

/** So many chunks are on their way at most: while one is sealed and written, the next one crosses, and the one after is read. */
const atOnce = 2;

/** `read`: the bytes from one place up to another, fewer at the end. */
export type HandedOver = { name: string; size: number; read(from: number, to: number): Promise<Uint8Array<ArrayBuffer>> };

/**
 * Hands a file to the main process in chunks, in their order. `progress` is told how many bytes have been taken. Returns once they
 * are safe on disk.
 * @throws whatever went wrong first; nothing of the file is kept then
 */
export async function handOver(
  files: Pick<Bridge['files'], 'begin' | 'write' | 'finish' | 'abandon'>,
  account: string,
  { name, size, read }: HandedOver,
  progress: (taken: number) => void,
): Promise<StoredFile> {
  const { handle } = await files.begin({ account, name, size });
  const underWay: { upTo: number; taken: Promise<unknown> }[] = [];
  async function oneTaken(): Promise<void> {
    const first = underWay.shift();
    if (first === undefined) return;
    await first.taken;
    progress(first.upTo);
  }
  try {
    for (let at = 0; at < size; at += chunkBytes) {
      const bytes = await read(at, at + chunkBytes);
      if (underWay.length >= atOnce) await oneTaken();
      const taken = files.write({ handle, bytes });
      // Told when its turn comes; until then nobody listens.
      taken.catch(() => undefined);
      underWay.push({ upTo: at + bytes.byteLength, taken });
    }
    while (underWay.length > 0) await oneTaken();
    return await files.finish({ handle });
  } catch (error) {
    // What was received so far is of no use; the first error is the one to tell.
    await files.abandon({ handle }).catch(() => undefined);
    throw error;
  }
}
