import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { emptyRing, ringSchema } from '@shared/api-use/ring';
import type { Ring } from '@shared/api-use/ring';
import { makeFolder, writePrivateFile } from '../private-file';

/** What was counted before this start. It only tells: where it cannot be read, counting begins anew. */
export async function readUse(path: string): Promise<Ring> {
  try {
    const parsed = ringSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return parsed.success ? parsed.data : emptyRing();
  } catch {
    return emptyRing();
  }
}

export async function writeUse(path: string, ring: Ring): Promise<void> {
  await makeFolder(dirname(path));
  await writePrivateFile(path, JSON.stringify(ring));
}
