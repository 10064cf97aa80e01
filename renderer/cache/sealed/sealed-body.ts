import { AppError } from '@shared/errors';
import type { Sealer } from './sealer';

/**
 * The body of a document as it lies in the database: its fields and its tables are sealed one by one, so that a list need
 * not open the rows of every document. Opened when it is asked for, and not before.
 *
 * Four bytes tell how long the sealed fields are; the sealed tables stand behind them, where there are any. Whether there are
 * is part of what the fields are bound to, so that nobody can take them away.
 */
export class SealedBody {
  readonly sealed: Uint8Array;
  /** The row that it belongs to. */
  readonly about: string;
  private readonly open: Open;
  private openedFields: string | null = null;
  private openedTables: string | null = null;

  constructor(sealed: Uint8Array, about: string, open: Open) {
    this.sealed = sealed;
    this.about = about;
    this.open = open;
  }

  /** JSON. @throws AppError `storage` where it is damaged. */
  get fields(): string {
    return (this.openedFields ??= this.part('fields'));
  }

  get tables(): string {
    return (this.openedTables ??= this.part('tables'));
  }

  private part(part: Part): string {
    try {
      const end = 4 + new DataView(this.sealed.buffer, this.sealed.byteOffset).getUint32(0);
      const hasTables = end < this.sealed.length;
      if (part === 'fields') return this.open(this.sealed.subarray(4, end), aboutFields(this.about, hasTables));
      return hasTables ? this.open(this.sealed.subarray(end), aboutTables(this.about)) : noTables;
    } catch (cause) {
      throw new AppError(
        'storage',
        'What this device kept of this document is damaged and cannot be read. Look it up on the server again; unsent changes are in the safety copy.',
        {},
        { cause },
      );
    }
  }
}

type Part = 'fields' | 'tables';
type Open = (sealed: Uint8Array, about: string) => string;

const noTables = '{}';
const aboutFields = (about: string, hasTables: boolean): string => `${about} ${hasTables ? 'fields' : 'fields alone'}`;
const aboutTables = (about: string): string => `${about} tables`;

/** A body of two lines, fields and tables, as it is written to the database. */
export function sealBody(sealer: Sealer, body: string, about: string): Uint8Array {
  const line = body.indexOf('\n');
  const end = line === -1 ? body.length : line;
  const text = body.slice(end + 1);
  const hasTables = text !== noTables;
  const fields = sealer.seal(body.slice(0, end), aboutFields(about, hasTables));
  const tables = hasTables ? sealer.seal(text, aboutTables(about)) : null;
  const sealed = new Uint8Array(4 + fields.length + (tables?.length ?? 0));
  new DataView(sealed.buffer).setUint32(0, fields.length);
  sealed.set(fields, 4);
  if (tables !== null) sealed.set(tables, 4 + fields.length);
  return sealed;
}
