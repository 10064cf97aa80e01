import { open, readFile, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { JournalCondition, JournalEntry, JournalRecord } from '@shared/bridge/journal';
import { AppError } from '@shared/errors';
import type { Log } from '../log';
import { makeFolder, syncFolder } from '../private-file';
import { codeOf, storageFailure } from '../storage-failure';
import { Entries, parseRecord } from './entries';
import { longestText, sealRecord } from './record-format';
import { scan } from './scan';

export type JournalFileOptions = { path: string; key: Uint8Array; log: Log; now: () => Date };

type Text = { record: JournalRecord; text: string };
type Waiting = { texts: Text[]; done: () => void; failed: (error: AppError) => void };

const compactFromBytes = 1024 * 1024;

/** One account's journal: appended and fsynced, many appends in one go; rewritten when most of it is settled. */
export class JournalFile {
  readonly condition: JournalCondition;
  readonly #options: JournalFileOptions;
  readonly #entries: Entries;
  #handle: FileHandle;
  #end: number;
  #sequence: number;
  #liveBytes: number;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;

  private constructor(options: JournalFileOptions, opened: Opening) {
    this.#options = options;
    this.condition = opened.condition;
    this.#entries = opened.entries;
    this.#handle = opened.handle;
    this.#end = opened.end;
    this.#sequence = opened.sequence;
    this.#liveBytes = opened.end;
  }

  static async open(options: JournalFileOptions): Promise<JournalFile> {
    try {
      const journal = new JournalFile(options, await openFile(options));
      // After damage the file is written anew, so that appends do not stand behind bytes that nobody can read.
      if (journal.condition.damaged > 0) await journal.#makeSmaller();
      return journal;
    } catch (thrown) {
      throw storageFailure(thrown);
    }
  }

  entries(): JournalEntry[] {
    return this.#entries.list();
  }

  /** Resolves when the records are on the disk; appends that wait together share one write and one fsync. */
  append(records: JournalRecord[]): Promise<void> {
    return new Promise((resolve, reject) => {
      // One that is too long fails alone, not with whatever shares its write.
      this.#waiting.push({ texts: textsOf(records), done: resolve, failed: reject });
      this.#writing ??= this.#write();
    });
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#handle.close();
  }

  async #write(): Promise<void> {
    // Whatever else is asked for in this turn goes along.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        await this.#commit(group.flatMap((waiting) => waiting.texts));
        for (const waiting of group) waiting.done();
      } catch (thrown) {
        const error = storageFailure(thrown);
        for (const waiting of group) waiting.failed(error);
      }
      await this.#compactIfMostlySettled();
    }
    this.#writing = null;
  }

  async #commit(texts: Text[]): Promise<void> {
    const bytes = this.#seal(texts);
    try {
      await writeAt(this.#handle, bytes, this.#end);
      await this.#handle.sync();
    } catch (thrown) {
      // What may have been written in part must not stand before the next record.
      await this.#handle
        .truncate(this.#end)
        .catch((error: unknown) => this.#options.log.warn('journal', `could not be cut back: ${codeOf(error) ?? 'unknown'}`));
      throw thrown;
    }
    this.#end += bytes.byteLength;
    this.#sequence += texts.length;
    for (const { record } of texts) this.#entries.apply(record);
  }

  #seal(texts: Text[]): Buffer {
    return Buffer.concat(texts.map(({ text }, index) => sealRecord(this.#options.key, this.#sequence + 1 + index, text)));
  }

  async #compactIfMostlySettled(): Promise<void> {
    if (this.#end >= compactFromBytes && this.#end >= 2 * this.#liveBytes) await this.#makeSmaller();
  }

  /** Compacts; where that fails, the journal goes on as it is, and this is not tried again until it doubled. */
  async #makeSmaller(): Promise<void> {
    try {
      await this.#compact();
    } catch (thrown) {
      this.#liveBytes = this.#end;
      this.#options.log.warn('journal', `could not be written anew: ${codeOf(thrown) ?? 'unknown'}`);
    }
  }

  /** Writes a new file of what is unsent, and puts it in the old one's place. */
  async #compact(): Promise<void> {
    const { path, now } = this.#options;
    const records = this.#entries.records(now().toISOString());
    const sealed = this.#seal(textsOf(records));
    const handle = await open(`${path}.new`, 'w', 0o600);
    try {
      await writeAt(handle, sealed, 0);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // Windows does not replace a file that is open.
    await this.#handle.close();
    try {
      await rename(`${path}.new`, path);
      await syncFolder(dirname(path));
    } finally {
      this.#handle = await open(path, 'r+');
      this.#end = (await this.#handle.stat()).size;
    }
    this.#sequence += records.length;
    this.#liveBytes = this.#end;
  }
}

type Opening = { handle: FileHandle; entries: Entries; end: number; sequence: number; condition: JournalCondition };

async function openFile({ path, key, log, now }: JournalFileOptions): Promise<Opening> {
  await makeFolder(dirname(path));
  const file = await readOrNothing(path);
  const found = scan(key, file);
  const entries = new Entries();
  let damaged = found.damaged;
  const foundAt = now().getTime();
  for (const { text } of found.records) {
    const record = parseRecord(text);
    if (record === null) damaged += 1;
    else entries.apply(record);
  }
  if (damaged > 0) {
    // Kept as it was found: what could not be read here may still be read by somebody.
    await keepCopy(`${path}.damaged-${foundAt}`, file);
    log.error('journal', `${damaged} places cannot be read; ${found.records.length} records were; the file was kept aside`);
  }
  if (found.torn) log.warn('journal', 'the last record was not finished when the app ended; it was never acknowledged');
  const handle = await open(path, file.byteLength === 0 ? 'a+' : 'r+', 0o600).then(async (opened) => {
    if (file.byteLength > 0) return opened;
    await opened.close();
    await syncFolder(dirname(path));
    return open(path, 'r+');
  });
  if (found.end < file.byteLength && damaged === 0) await handle.truncate(found.end);
  const sequence = found.records.at(-1)?.sequence ?? 0;
  const condition = { torn: found.torn, damaged, ...(damaged > 0 ? { damagedAt: foundAt } : {}) };
  return { handle, entries, end: damaged > 0 ? file.byteLength : found.end, sequence, condition };
}

/** The records as they are written. Throws `too-large`. */
const textsOf = (records: JournalRecord[]): Text[] =>
  records.map((record) => {
    const text = JSON.stringify(record);
    if (Buffer.byteLength(text) > longestText)
      throw new AppError(
        'too-large',
        'This document is too large for the safety copy on this device, and is not sent. Shorten its texts or its rows, and save it again.',
      );
    return { record, text };
  });

async function readOrNothing(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return Buffer.alloc(0);
    throw thrown;
  }
}

async function keepCopy(path: string, file: Buffer): Promise<void> {
  const handle = await open(path, 'w', 0o600);
  try {
    await handle.writeFile(file);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeAt(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let offset = 0; offset < bytes.byteLength;) {
    offset += (await handle.write(bytes, offset, bytes.byteLength - offset, position + offset)).bytesWritten;
  }
}
