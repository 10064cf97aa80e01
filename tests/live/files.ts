import type { StoredFile } from '@shared/bridge/files';
import type { SignedIn } from './device';

/** Keeps bytes on a device as a dropped file is kept: handed over in chunks, hashed and encrypted. */
export async function keep(
  { bridge, account }: Pick<SignedIn, 'bridge' | 'account'>,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<StoredFile> {
  const { handle } = await bridge.files.begin({ account: account.id, name, size: bytes.byteLength });
  await bridge.files.write({ handle, bytes });
  return bridge.files.finish({ handle });
}

/** A text that no other file has. */
export const note = (): Uint8Array<ArrayBuffer> => Buffer.from(`Gate code ${Math.random()}\n`);

/** The smallest PDF that a strict reader takes, with a text of its own. */
export const smallPdf = (): Uint8Array<ArrayBuffer> =>
  Buffer.from(
    `%PDF-1.4\n% ${Math.random()}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n` +
      '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
  );
