import type { StoredFile } from '@shared/bridge/files';
import { AppError } from '@shared/errors';
import { isAsTold, type FileFacts } from '@shared/files/file-facts';
import type { Check } from './file-store';

/**
 * Fetches a file and holds it against what the site says of it. Other bytes are asked for once more, since a transfer may be
 * cut or a proxy's copy old; after that they are given up (`not-frappe`). Nothing of them is kept.
 */
export async function fetchWhole(take: (check: Check) => Promise<StoredFile>, told: readonly FileFacts[]): Promise<StoredFile> {
  let differs = false;
  const check: Check = (stored) => {
    differs = !isAsTold(stored, told);
    if (differs) throw otherBytes();
  };
  try {
    return await take(check);
  } catch (thrown) {
    if (!differs) throw thrown;
    return take(check);
  }
}

const otherBytes = (): AppError =>
  new AppError(
    'not-frappe',
    'What came is not the file that the server says it has, twice: its size or checksum differs. It was not kept. Try again later, and if it goes on, tell whoever looks after the site that the file is damaged there.',
    { request: 'GET /files/…' },
  );
