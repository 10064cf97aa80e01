import type { Defect } from '../defect';

/** Promise 1: nothing saved is lost. */
export const nothingLost: Defect[] = [
  {
    name: 'save returns before the journal has it',
    breaks: 'A save that returned is gone when the browser loses its database.',
    promise: 1,
    module: 'renderer/cache/record.ts',
    text: `  await flushJournal(recorder);
  return recorded;`,
    becomes: '  return recorded;',
  },
  {
    name: 'an await inside a transaction',
    breaks: 'Something else than Dexie is awaited in a save, which ends its transaction and keeps half of it.',
    promise: 1,
    module: 'renderer/cache/record.ts',
    text: `  if (change.kind === 'update') return update(recorder, row, change.values);`,
    becomes: `  await recorder.bridge.journal.append({ account: recorder.account, records: [] });
  await new Promise((resolve) => setTimeout(resolve));
  if (change.kind === 'update') return update(recorder, row, change.values);`,
  },
  {
    name: 'an edit into a frozen entry',
    breaks: 'An edit collapses into an entry that is on its way, and ends with it.',
    promise: 1,
    module: 'shared/sync/collapse.ts',
    text: `if (last === undefined || !isOpen(last)) return`,
    becomes: `if (last === undefined) return`,
  },
  {
    name: 'a collapse that drops the edit before',
    breaks: 'Of two edits of a document that has not been sent only the second is.',
    promise: 1,
    module: 'shared/sync/collapse.ts',
    text: 'const changes = diffDocuments(before, state.mine, bundle);',
    becomes: 'const changes = diffDocuments(state.current, state.mine, bundle);',
  },
  {
    name: 'an edit of a new document is not put into its create',
    breaks: 'What is changed in a document made offline before it was sent never arrives.',
    promise: 1,
    module: 'shared/sync/collapse.ts',
    text: 'const values = applyChanges(last.operation.values, state.edit);',
    becomes: 'const { values } = last.operation;',
  },
  {
    name: 'later edits are not put on the answer',
    breaks: 'What was typed while the entry before was on its way disappears from the document, and from the next edit.',
    promise: 1,
    module: 'renderer/sync/finish.ts',
    text: 'await rebuildDocument(site, row, doc, later, bundle);',
    becomes: 'await rebuildDocument(site, row, doc, [], bundle);',
  },
  {
    name: 'an edited document replaced by a pull',
    breaks: 'A page of the server is stored over a document with unsent edits.',
    promise: 1,
    module: 'renderer/sync/pull/store.ts',
    text: 'else if (old.mark !== undefined) await receiveDocument(site, doc, { bundle, origin, fetchedAt });',
    becomes: 'else if (old.mark !== undefined) fresh.push({ ...keepKnown(old, row), mark: old.mark });',
  },
  {
    name: 'a merge that takes theirs',
    breaks: 'Where both changed a field, ours is dropped without a word.',
    promise: 1,
    module: 'shared/sync/merge-cell.ts',
    text: `return same(theirs, base) ? 'mine' : 'clash';`,
    becomes: `return same(theirs, base) ? 'mine' : 'theirs';`,
  },
  {
    name: 'a look-up that forgets later edits',
    breaks: 'A create that is found by looking is taken over whole, and edits made meanwhile are not on top of it.',
    promise: 1,
    module: 'renderer/sync/finish.ts',
    text: `if (finished.lookedUp === true && later.some(`,
    becomes: `if (finished.lookedUp !== true && later.some(`,
  },
  {
    name: 'restored without its edits',
    breaks: 'A document that comes back from the journal lacks what some of its entries changed.',
    promise: 1,
    module: 'renderer/cache/restore.ts',
    text: `const doc = replay(baseOf(kept.document) ?? docOf(kept.document), entries);`,
    becomes: `const doc = entries.length < 0 ? replay(docOf(kept.document), entries) : (baseOf(kept.document) ?? docOf(kept.document));`,
  },
  {
    name: 'journal not read at start',
    breaks: 'Unsent work stays lost with the database.',
    promise: 1,
    module: 'renderer/cache/restore.ts',
    text: `if (!(await restoreEntry(recorder, item, known, imported))) continue;`,
    becomes: `if (!imported || !(await restoreEntry(recorder, item, known, imported))) continue;`,
  },
  {
    name: 'journal never told that it is done',
    breaks: 'Work that was sent comes back from the journal.',
    promise: 1,
    module: 'renderer/cache/journal.ts',
    text: `if (row.kind === 'done') return { kind: 'done', id: row.id };`,
    becomes: `if (row.kind === 'done') return null;`,
  },
  {
    name: 'undo of a sending entry',
    breaks: 'A change that is on its way is taken back, and arrives all the same.',
    promise: 1,
    module: 'renderer/cache/outbox.ts',
    text: `    if (isFrozen(entry)) {
      throw new AppError(
        'refused',
        'This change is on its way`,
    becomes: `    if (isFrozen(entry) && entry.seq < 0) {
      throw new AppError(
        'refused',
        'This change is on its way`,
  },
  {
    name: 'receipt missing',
    breaks: 'What was sent leaves no receipt: nobody can see what became of it.',
    promise: 1,
    module: 'renderer/sync/finish.ts',
    text: `await cache.receipts.put({`,
    becomes: `if (fileName === 'never') await cache.receipts.put({`,
  },
];
