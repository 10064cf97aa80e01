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

/**
 * Unsent work as the records tell it, by id, in the order it was first put. An entry that was once `sending` stays so
 * until it is done, also when it is put again: that it did not reach the server is not for the journal to decide.
 */
export class Entries {
  readonly #entries = new Map<string, JournalEntry>();

  apply(record: JournalRecord): void {
    const known = this.#entries.get(record.id);
    if (record.kind === 'done') this.#entries.delete(record.id);
    else if (record.kind === 'put') this.#entries.set(record.id, { id: record.id, entry: record.entry, sending: known?.sending ?? false });
    else if (known !== undefined) known.sending = true;
  }

  list(): JournalEntry[] {
    return [...this.#entries.values()].map((entry) => ({ ...entry }));
  }

  /** The fewest records that tell the same. */
  records(at: string): JournalRecord[] {
    return this.list().flatMap(({ id, entry, sending }): JournalRecord[] =>
      sending
        ? [
            { kind: 'put', id, entry },
            { kind: 'sending', id, at },
          ]
        : [{ kind: 'put', id, entry }],
    );
  }
}
