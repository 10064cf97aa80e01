import { createHash } from 'node:crypto';
import { AppError } from '@shared/errors';
import { isAsTold, type FileFacts } from '@shared/files/file-facts';

/**
 * A small file of the site as text. @throws AppError `too-large`, `unsupported` for what is no UTF-8, `not-frappe` for bytes that
 * are not those that the site says it has.
 */
export async function textOf(
  chunks: AsyncIterable<Uint8Array>,
  { largest, told }: { largest: number; told: readonly FileFacts[] },
): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    if (size > largest) throw new AppError('too-large', 'This file of the site is too large to be read here.', { request });
    parts.push(chunk);
  }
  const bytes = Buffer.concat(parts);
  const md5 = createHash('md5').update(bytes).digest('hex');
  if (!isAsTold({ size, md5 }, told)) {
    throw new AppError('not-frappe', 'What came is not the file that the server says it has. It was not used; it is asked for again.', {
      request,
    });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new AppError('unsupported', 'This file of the site holds no text.', { request });
  }
}

const request = 'GET /private/files/…';
