import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { z } from 'zod';
import type { JournalEntry } from '@shared/bridge/journal';
import { AppError } from '@shared/errors';
import { codeOf } from '../storage-failure';
import { headerBytes, lockWith, seal, unlock, unseal } from './export-format';

/** What stands first in the file; then come the bytes of its files, one after another. */
const manifestSchema = z.object({
  version: z.literal(1),
  account: z.string(),
  siteUrl: z.string(),
  user: z.string(),
  exportedAt: z.string(),
  entries: z.array(z.object({ id: z.uuid(), entry: z.unknown(), sending: z.boolean(), ended: z.literal(true).exactOptional() })),
  files: z.array(z.object({ id: z.string(), size: z.number().int().min(0) })),
});

export type Manifest = Omit<z.infer<typeof manifestSchema>, 'entries'> & { entries: JournalEntry[] };

const lengthBytes = 8;

/** Writes exported work: on the disk when it returns. `bytesOf` reads a file's bytes by its id. */
export async function writeExport(
  path: string,
  passphrase: string,
  manifest: Manifest,
  bytesOf: (id: string) => AsyncIterable<Uint8Array>,
): Promise<void> {
  const text = Buffer.from(JSON.stringify(manifest));
  const length = Buffer.alloc(lengthBytes);
  length.writeBigUInt64BE(BigInt(text.byteLength));
  async function* plain(): AsyncGenerator<Uint8Array> {
    yield length;
    yield text;
    for (const { id } of manifest.files) yield* bytesOf(id);
  }
  const handle = await open(path, 'w', 0o600);
  try {
    for await (const bytes of seal(await lockWith(passphrase), plain())) await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Opens exported work. It is read to its end once before anything is answered, so that `files` gives only what is whole.
 * @throws AppError `sign-in` for a wrong passphrase, `unsupported` for another kind of file, `storage` for a damaged one.
 */
export async function openExport(
  path: string,
  passphrase: string,
): Promise<{ manifest: Manifest; files: () => AsyncGenerator<ExportedFile> }> {
  const header = await headerOf(path);
  const unlocked = await unlock(passphrase, header);
  if (unlocked.at === 'foreign')
    throw new AppError('unsupported', 'This is no file of unsent work. Choose the file that Fieldbook exported.');
  if (unlocked.at === 'wrong')
    throw new AppError('sign-in', 'The passphrase does not fit this file. Type the one that was chosen when it was exported.');
  const { key } = unlocked;
  const plain = () => new Plain(unseal({ key, header }, createReadStream(path, { start: headerBytes })));
  try {
    const whole = plain();
    const manifest = await readManifest(whole);
    await whole.skip(manifest.files.reduce((sum, { size }) => sum + size, 0));
    if (!(await whole.ended())) throw new Error('more than it says');
    return { manifest, files: () => filesOf(plain(), manifest) };
  } catch (thrown) {
    // A failing disk has a code of its own; everything else is the file's content.
    if (codeOf(thrown)?.startsWith('E') === true && !codeOf(thrown)?.startsWith('ERR_')) throw thrown;
    throw new AppError(
      'storage',
      'The file is damaged or not complete, so nothing was taken from it. Copy it again from where it was kept.',
    );
  }
}

export type ExportedFile = { id: string; bytes: AsyncIterable<Uint8Array> };

async function* filesOf(plain: Plain, manifest: Manifest): AsyncGenerator<ExportedFile> {
  await readManifest(plain);
  for (const { id, size } of manifest.files) yield { id, bytes: plain.take(size) };
}

async function readManifest(plain: Plain): Promise<Manifest> {
  const length = Number((await gather(plain.take(lengthBytes))).readBigUInt64BE());
  return manifestSchema.parse(JSON.parse((await gather(plain.take(length))).toString('utf8')));
}

async function gather(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const bytes of stream) pieces.push(bytes);
  return Buffer.concat(pieces);
}

async function headerOf(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headerBytes), 0, headerBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The opened bytes, taken in parts of known length. Throws where there are fewer. */
class Plain {
  readonly #source: AsyncGenerator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(source: AsyncGenerator<Buffer>) {
    this.#source = source;
  }

  async *take(length: number): AsyncGenerator<Uint8Array> {
    for (let left = length; left > 0;) {
      if (this.#held.byteLength === 0 && !(await this.#more())) throw new Error('less than it says');
      const piece = this.#held.subarray(0, left);
      this.#held = this.#held.subarray(piece.byteLength);
      left -= piece.byteLength;
      yield piece;
    }
  }

  async skip(length: number): Promise<void> {
    const bytes = this.take(length);
    while ((await bytes.next()).done !== true);
  }

  async ended(): Promise<boolean> {
    return this.#held.byteLength === 0 && !(await this.#more());
  }

  async #more(): Promise<boolean> {
    for (let next = await this.#source.next(); next.done !== true; next = await this.#source.next()) {
      this.#held = next.value;
      if (this.#held.byteLength > 0) return true;
    }
    return false;
  }
}
