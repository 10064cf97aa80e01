import { z } from 'zod';
import type { Cache } from '../cache/open-cache';
import type { Entry } from './entry';

/** So many documents are kept together: one that changes writes them all again, one that is read alone costs a request. */
const together = 500;

const entry = z.tuple([z.string(), z.string(), z.string(), z.string(), z.number(), z.string(), z.string(), z.string()]);

/** Which documents of a DocType are kept together, and which parts differ from what is on disk. */
export class KeptEntries {
  private readonly partOf = new Map<string, number>();
  private readonly parts: Set<string>[] = [];
  private readonly changed = new Set<number>();

  constructor(
    private readonly cache: Cache,
    private readonly doctype: string,
    private readonly fields: string,
  ) {}

  get unwritten(): boolean {
    return this.changed.size > 0;
  }

  note(name: string): void {
    let part = this.partOf.get(name);
    if (part === undefined) {
      const last = this.parts.length - 1;
      part = (this.parts[last]?.size ?? together) < together ? last : last + 1;
      this.put(name, part);
    }
    this.changed.add(part);
  }

  forget(name: string): void {
    const part = this.partOf.get(name);
    if (part === undefined) return;
    this.partOf.delete(name);
    this.parts[part]?.delete(name);
    this.changed.add(part);
  }

  /** What was kept, as far as it can be read and was read from the same fields; the rest is thrown away. */
  async read(): Promise<Entry[]> {
    const rows = await this.cache.searchIndex.where('[doctype+part]').between([this.doctype, 0], [this.doctype, Infinity]).toArray();
    const entries: Entry[] = [];
    const useless: [string, number][] = [];
    for (const { part, fields, body } of rows) {
      const found = fields === this.fields ? parsed(body) : null;
      if (found === null) useless.push([this.doctype, part]);
      for (const each of found ?? []) {
        if (this.partOf.has(each.name)) continue;
        this.put(each.name, part);
        entries.push(each);
      }
    }
    await this.cache.searchIndex.bulkDelete(useless);
    return entries;
  }

  /** Writes the parts that changed. */
  async write(entryOf: (name: string) => Entry | undefined): Promise<void> {
    for (const part of [...this.changed]) {
      this.changed.delete(part);
      const entries = [...(this.parts[part] ?? [])].map(entryOf).filter((each) => each !== undefined);
      if (entries.length === 0) await this.cache.searchIndex.delete([this.doctype, part]);
      else await this.cache.searchIndex.put({ doctype: this.doctype, part, fields: this.fields, body: written(entries) });
    }
  }

  private put(name: string, part: number): void {
    this.partOf.set(name, part);
    while (this.parts.length <= part) this.parts.push(new Set());
    this.parts[part]?.add(name);
  }
}

const written = (entries: readonly Entry[]): string =>
  JSON.stringify(
    entries.map(({ name, title, version, modified, linked, words }): z.infer<typeof entry> => [
      name,
      title,
      version,
      modified,
      linked,
      words.name,
      words.field,
      words.row,
    ]),
  );

function parsed(body: string): Entry[] | null {
  try {
    const entries = z.array(entry).safeParse(JSON.parse(body));
    if (!entries.success) return null;
    return entries.data.map(([name, title, version, modified, linked, names, field, row]) => ({
      name,
      title,
      version,
      modified,
      linked,
      words: { name: names, field, row },
    }));
  } catch {
    return null;
  }
}
