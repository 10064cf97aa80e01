import type { DocTypeBundle } from '../erp/doctype';
import type { Doc, DocumentValues } from '../erp/document';
import { applyChanges, diffDocuments, hasChanges } from './changes';
import { byTurn, endsEditing, isOpen, markerAfterEdit, mayBeThere, stateAfterEdit, writesDocument } from './entry-state';
import type { Changes, OutboxEntry } from './outbox-entry';

/** What an edit does to the outbox. `blocked`: the document is on its way to be submitted, cancelled, deleted or moved on. */
export type EditPlan =
  | { do: 'nothing' }
  /** `edit`: what it adds to the entry. */
  | { do: 'put'; entry: OutboxEntry; edit: Changes }
  | { do: 'drop'; entry: OutboxEntry }
  | { do: 'append'; changes: Changes }
  | { do: 'blocked'; by: OutboxEntry };

/**
 * Where an edit goes: into the queued create or edit of the document, or into a new entry when what went before is
 * on its way, or may be on the server. An edit that leads back to what the server has takes the queued entry out.
 *
 * `current`: the document as this device shows it; `base`: the server's version, null for a document made here;
 * `entries`: all entries of the document.
 */
export function planEdit(
  state: { current: Doc; base: Doc | null; mine: DocumentValues; entries: OutboxEntry[] },
  bundle?: DocTypeBundle,
): EditPlan {
  const edit = diffDocuments(state.current, state.mine, bundle);
  if (!hasChanges(edit)) return { do: 'nothing' };
  const writes = state.entries.filter(writesDocument).sort(byTurn);
  const blocking = writes.find(endsEditing);
  if (blocking !== undefined) return { do: 'blocked', by: blocking };
  const last = writes.at(-1);
  if (last === undefined || !isOpen(last) || mayBeThere(last)) return { do: 'append', changes: edit };
  return collapseInto(last, { ...state, edit, earlier: writes.slice(0, -1) }, bundle);
}

function collapseInto(
  last: OutboxEntry,
  state: { current: Doc; base: Doc | null; mine: DocumentValues; edit: Changes; earlier: OutboxEntry[] },
  bundle: DocTypeBundle | undefined,
): EditPlan {
  if (last.operation.kind === 'create') {
    const values = applyChanges(last.operation.values, state.edit);
    return { do: 'put', entry: edited(last, { kind: 'create', values }), edit: state.edit };
  }
  // A document made here starts from nothing: its own create is among the earlier entries.
  const before = replay(state.base ?? { doctype: state.current.doctype, name: state.current.name }, state.earlier);
  const changes = diffDocuments(before, state.mine, bundle);
  if (!hasChanges(changes)) return { do: 'drop', entry: last };
  return { do: 'put', entry: edited(last, { kind: 'update', changes }), edit: state.edit };
}

const edited = (entry: OutboxEntry, operation: OutboxEntry['operation']): OutboxEntry => ({
  ...entry,
  operation,
  revision: entry.revision + 1,
  marker: markerAfterEdit(entry),
  state: stateAfterEdit(entry),
  attempts: 0,
  lastError: null,
});

/**
 * The document after entries that are not yet answered: what a later edit starts from. In the order of their turns, unless
 * another is asked for.
 */
export function replay(base: Doc, entries: OutboxEntry[], order: (a: OutboxEntry, b: OutboxEntry) => number = byTurn): Doc {
  return [...entries].sort(order).reduce<Doc>((doc, { operation }) => {
    if (operation.kind === 'create') return { ...doc, ...operation.values, doctype: doc.doctype, name: doc.name };
    return operation.kind === 'update' ? applyChanges(doc, operation.changes) : doc;
  }, base);
}
