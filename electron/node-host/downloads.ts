import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeFile } from '../files/incoming';
import type { HandOver } from '../hand-over';
import { makeFolder } from '../private-file';

type Download = { fileName: string; body: Uint8Array<ArrayBuffer> };

export type Downloads = { handOver: HandOver; take(id: string): Promise<Download | null> };

/** Files for the person of the headless host: written to its folder, fetched once by the page, then gone. */
export function createDownloads(folder: string): Downloads {
  const ready = new Map<string, string>();
  return {
    async handOver(fileName, write) {
      const id = randomUUID();
      await makeFolder(folder);
      await write(join(folder, id));
      ready.set(id, fileName);
      return { at: 'download', path: `/download/${id}` };
    },
    async take(id) {
      const fileName = ready.get(id);
      if (fileName === undefined) return null;
      ready.delete(id);
      const body = new Uint8Array(await readFile(join(folder, id)));
      await removeFile(join(folder, id));
      return { fileName, body };
    },
  };
}
