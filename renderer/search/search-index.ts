import { doctypesHere } from '../cache/documents';
import { readDocTypes } from '../cache/doctypes';
import type { Cache } from '../cache/open-cache';
import type { Timers } from '../timers';
import { watchTable } from './changes';
import type { Changed } from './changes';
import { DocTypeIndex } from './doctype-index';
import { searchedFields } from './entry';
import type { SearchedFields } from './entry';
import { WordIndex } from './word-index';

export type SearchPorts = {
  cache: Cache;
  timers: Timers;
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
  private readonly changedMetadata = new Set<string>();
  private working: Promise<void> = Promise.resolve();
  private readonly stops: (() => void)[] = [];
  private keepTimer: (() => void) | null = null;
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
      watchTable(name, 'doctypes', (what) => this.heardMetadata(what)),
    );
    return this.work();
  }

  stop(): void {
    this.stopped = true;
    this.stops.forEach((stop) => stop());
    this.keepTimer?.();
    this.compareTimer?.();
  }

  /** Resolves when all that was heard of is in the index. */
  settled(): Promise<void> {
    return this.working;
  }

  private heard({ keys, more }: Changed): void {
    this.note(keys);
    if (more)
      this.compareTimer ??= this.ports.timers.after(comparedEvery, () => {
        this.compareTimer = null;
        this.compareAll = true;
        void this.work();
      });
    if (this.waiting.size > 0) void this.work();
  }

  private heardMetadata({ keys, more }: Changed): void {
    // Few DocTypes come in one write; where many did, all are compared.
    this.compareAll ||= more;
    for (const doctype of keys) this.changedMetadata.add(String(doctype));
    void this.work();
  }

  /** These documents are read again in the next round, or in this. */
  private note(keys: readonly unknown[]): void {
    for (const key of keys) {
      if (!Array.isArray(key)) continue;
      const [doctype, name] = key.map(String);
      if (doctype === undefined || name === undefined) continue;
      const names = this.waiting.get(doctype) ?? new Set();
      this.waiting.set(doctype, names.add(name));
    }
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
    // One whose documents were never looked through has its metadata read when they are.
    const changed = [...this.changedMetadata].filter((doctype) => this.parts.has(doctype));
    this.changedMetadata.clear();
    if (this.compareAll) {
      this.compareAll = false;
      await this.compare();
    } else await this.bringUp(changed, { all: false });
    for (const [doctype, names] of [...this.waiting]) {
      this.waiting.delete(doctype);
      await (await this.part(doctype)).reread([...names]);
    }
    this.words.settle();
    this.complete = true;
    if (this.words.version === before) return;
    this.changed();
    this.keepTimer ??= this.ports.timers.after(writtenAfter, () => {
      this.keepTimer = null;
      void this.keep().catch((error: unknown) => this.ports.report(error));
    });
  }

  private async compare(): Promise<void> {
    const { cache } = this.ports;
    const kept = (await cache.searchIndex.toCollection().primaryKeys()).map(([doctype]) => doctype);
    await this.bringUp([...new Set([...(await doctypesHere(cache)), ...kept, ...this.words.doctypes()])], { all: true });
    // Unsent work may have changed without another version while nobody listened.
    this.note(await cache.documents.orderBy('mark').primaryKeys());
  }

  /** Reads DocTypes anew whose metadata now names other fields; `all`: the others are compared. */
  private async bringUp(doctypes: string[], { all }: { all: boolean }): Promise<void> {
    const bundles = await readDocTypes(this.ports.cache, doctypes);
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
