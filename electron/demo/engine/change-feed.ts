import type { Doc } from '@shared/erp/document';

/** What a save or a deletion is called in Frappe's hooks. */
export type DocEvent = 'after_insert' | 'on_update' | 'on_submit' | 'on_cancel' | 'on_trash';

/** A document that somebody changed, as it is now (or last was), told once it is committed. */
export type SiteChange = { doc: Doc; user: string; events: readonly DocEvent[] };

/** Who listens to what people change on the site: its realtime service and its webhooks. */
export type ChangeFeed = ReturnType<typeof createChangeFeed>;

export function createChangeFeed() {
  const listeners = new Set<(change: SiteChange) => void>();
  return {
    tell(change: SiteChange): void {
      for (const listener of [...listeners]) listener(change);
    },
    /** Answers what ends it. */
    on(listener: (change: SiteChange) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** The events of a save: a document that is submitted as it is made has three. */
export function eventsOf(docstatusBefore: number | undefined, docstatus: number): DocEvent[] {
  const moved: DocEvent[] = docstatus === (docstatusBefore ?? 0) ? [] : [docstatus === 2 ? 'on_cancel' : 'on_submit'];
  return [
    ...(docstatusBefore === undefined ? (['after_insert'] as const) : []),
    ...(moved[0] === 'on_cancel' ? [] : (['on_update'] as const)),
    ...moved,
  ];
}
