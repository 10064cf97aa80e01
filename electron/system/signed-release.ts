import { createPublicKey, verify } from 'node:crypto';

/** What a feed says of a version, as far as it is held to. `notes`: plain text. */
export type Release = { version: string; notes: string; files: { url: string; sha512: string }[] };

/**
 * What the maker signs (Ed25519) when a version is published: its number, and the SHA-512 that the download is held to. Not the feed's
 * file as it is: what is read out of it is what counts. `scripts/sign-release.mjs` writes the same.
 */
export function signedText({ version, files }: Pick<Release, 'version' | 'files'>): string {
  const lines = files.map(({ url, sha512 }) => `${sha512} ${url}`).sort();
  return ['fieldbook-release 1', version, ...lines, ''].join('\n');
}

/** Whether the maker's key signed this version. `signature`: Base64; `key`: PEM of the public key. */
export function isSigned(release: Pick<Release, 'version' | 'files'>, signature: string, key: string): boolean {
  if (release.files.length === 0) return false;
  try {
    return verify(null, Buffer.from(signedText(release)), createPublicKey(key), Buffer.from(signature.trim(), 'base64'));
  } catch {
    return false; // What is no key or no signature has signed nothing.
  }
}
