import { doctypesHere } from '../cache/documents';
import { readDocTypes } from '../cache/doctypes';
import type { Cache } from '../cache/open-cache';
import { watchTable } from './changes';
import type { Changed } from './changes';
import { DocTypeIndex } from './doctype-index';
import { searchedFields } from './entry';
import type { SearchedFields } from './entry';
import { WordIndex } from './word-index';

export type SearchPorts = {
  cache: Cache;
  /** Calls back after so many milliseconds; returns a function that takes it back. */
  after: (ms: number, callback: () => void) => () => void;
  report: (error: unknown) => void;
};

/** Milliseconds from a change to its being written: what follows soon is written with it. */
const writtenAfter = 10_000;
/** Milliseconds between two comparisons with the cache while a download goes on. */
const comparedEvery = 5_000;

/**
 * The search index of an account: loaded from what was kept, compared with the cache at the start, and brought up to each
 * change as it is committed. What was not written before the end is found by the next comparison.
 */
export class SearchIndex {
  readonly words = new WordIndex();
  private readonly parts = new Map<string, DocTypeIndex>();
  private readonly waiting = new Map<string, Set<string>>();
  private compareAll = true;
  private metadataChanged = false;
  private working: Promise<void> = Promise.resolve();
  private readonly stops: (() => void)[] = [];
  private takeBack: (() => void) | null = null;
  private compareTimer: (() => void) | null = null;
  private stopped = false;
  /** Every document that was here at the start is known. */
  complete = false;

  constructor(
    private readonly ports: SearchPorts,
    /** Called when questions may be answered otherwise than before. */
    private readonly changed: () => void = () => undefined,
  ) {}

  /** Resolves once the index knows every document that is here. */
  start(): Promise<void> {
    const { name } = this.ports.cache;
    this.stops.push(
      watchTable(name, 'documents', (what) => this.heard(what)),
      watchTable(name, 'doctypes', () => this.heardMetadata()),
    );
    return this.work();
  }

  stop(): void {
    this.stopped = true;
    this.stops.forEach((stop) => stop());
    this.takeBack?.();
    this.compareTimer?.();
  }

  /** Resolves when all that was heard of is in the index. */
  settled(): Promise<void> {
    return this.working;
  }

  private heard({ keys, more }: Changed): void {
    for (const key of keys) {
      if (!Array.isArray(key)) continue;
      const [doctype, name] = key.map(String);
      if (doctype === undefined || name === undefined) continue;
      const names = this.waiting.get(doctype) ?? new Set();
      this.waiting.set(doctype, names.add(name));
    }
    if (more)
      this.compareTimer ??= this.ports.after(comparedEvery, () => {
        this.compareTimer = null;
        this.compareAll = true;
        void this.work();
      });
    if (this.waiting.size > 0) void this.work();
  }

  private heardMetadata(): void {
    this.metadataChanged = true;
    void this.work();
  }

  /** One thing after the other: what comes meanwhile is done next. */
  private work(): Promise<void> {
    this.working = this.working
      .then(() => this.round())
      .catch((error: unknown) => {
        // What was missed is found by comparing, as soon as something changes again.
        this.compareAll = true;
        this.ports.report(error);
      });
    return this.working;
  }

  private async round(): Promise<void> {
    if (this.stopped) return;
    const before = this.words.version;
    if (this.compareAll || this.metadataChanged) {
      const all = this.compareAll;
      this.compareAll = false;
      this.metadataChanged = false;
      await this.compare(all);
      this.complete = true;
    }
    for (const [doctype, names] of [...this.waiting]) {
      this.waiting.delete(doctype);
      await (await this.part(doctype)).reread([...names]);
    }
    this.words.settle();
    if (this.words.version === before) return;
    this.changed();
    this.takeBack ??= this.ports.after(writtenAfter, () => {
      this.takeBack = null;
      void this.keep().catch((error: unknown) => this.ports.report(error));
    });
  }

  /** Compares all DocTypes, or only those whose metadata now names other fields. */
  private async compare(all: boolean): Promise<void> {
    const { cache } = this.ports;
    const kept = (await cache.searchIndex.toCollection().primaryKeys()).map(([doctype]) => doctype);
    const doctypes = [...new Set([...(await doctypesHere(cache)), ...kept, ...this.words.doctypes()])];
    const bundles = await readDocTypes(cache, doctypes);
    for (const [position, doctype] of doctypes.entries()) {
      const searched = searchedFields(bundles[position]);
      const known = this.parts.get(doctype);
      if (known !== undefined && known.signature === DocTypeIndex.sign(searched)) {
        if (all) await known.compare();
        continue;
      }
      await known?.drop();
      await this.open(doctype, searched);
    }
    // Unsent work may have changed without another version while nobody listened.
    const unsent = await cache.documents.orderBy('mark').primaryKeys();
    for (const [doctype, name] of unsent) await (await this.part(doctype)).reread([name]);
  }

  private async part(doctype: string): Promise<DocTypeIndex> {
    const known = this.parts.get(doctype);
    if (known !== undefined) return known;
    const [bundle] = await readDocTypes(this.ports.cache, [doctype]);
    return this.open(doctype, searchedFields(bundle));
  }

  private async open(doctype: string, searched: SearchedFields): Promise<DocTypeIndex> {
    const part = new DocTypeIndex(this.ports.cache, this.words, doctype, searched);
    this.parts.set(doctype, part);
    await part.load();
    await part.compare();
    return part;
  }

  /** Writes what changed since it was written last. */
  async keep(): Promise<void> {
    for (const part of this.parts.values()) {
      if (this.stopped) return;
      if (part.unwritten) await part.write();
    }
  }
}
