import { journalRecord, type JournalEntry, type JournalRecord } from '@shared/bridge/journal';

/** The record in a journal's text, or null where this version cannot read it. */
export function parseRecord(text: string): JournalRecord | null {
  try {
    const parsed = journalRecord.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null; // It opened, so it is what was written; the caller counts it.
  }
}

/** Ended entries that are remembered: an older database may come back with any of them. */
const endedKept = 5_000;

/**
 * Unsent work as the records tell it, by id, in the order it was first put. An entry that was once `sending` stays so
 * until it is done, also when it is put again: that it did not reach the server is not for the journal to decide.
 */
export class Entries {
  readonly #entries = new Map<string, JournalEntry>();
  /** In the order in which they ended. */
  readonly #ended = new Set<string>();

  apply(record: JournalRecord): void {
    const known = this.#entries.get(record.id);
    if (record.kind === 'done') this.#end(record.id);
    else if (record.kind === 'put') this.#put(record, known);
    else if (known !== undefined) known.sending = true;
  }

  list(): JournalEntry[] {
    return [...this.#entries.values()].map((entry) => ({ ...entry }));
  }

  /** The fewest records that tell the same. */
  records(at: string): JournalRecord[] {
    const ended = [...this.#ended].map((id): JournalRecord => ({ kind: 'done', id }));
    return [...ended, ...this.list().flatMap((entry) => recordsOf(entry, at))];
  }

  #put({ id, entry }: { id: string; entry: unknown }, known: JournalEntry | undefined): void {
    // A database that has not seen it end tells of it; when it is told once more, the doubt is in the entry.
    const ended = known === undefined && this.#ended.has(id) ? { ended: true as const } : {};
    if (known !== undefined) this.#ended.delete(id);
    this.#entries.set(id, { id, entry, sending: known?.sending ?? false, ...ended });
  }

  #end(id: string): void {
    this.#entries.delete(id);
    this.#ended.delete(id);
    this.#ended.add(id);
    const [oldest] = this.#ended;
    if (oldest !== undefined && this.#ended.size > endedKept) this.#ended.delete(oldest);
  }
}

function recordsOf({ id, entry, sending }: JournalEntry, at: string): JournalRecord[] {
  const put: JournalRecord = { kind: 'put', id, entry };
  return sending ? [put, { kind: 'sending', id, at }] : [put];
}
