import type { Defect } from '../defect';

/** Promise 3: nothing is overwritten unseen. */
export const nothingUnseen: Defect[] = [
  {
    name: 'no modified',
    breaks: 'An update does not say which version it was based on, and overwrites whatever is there.',
    promise: 3,
    module: 'renderer/sync/push/update.ts',
    text: '...mark, modified: entry.modified };',
    becomes: '...mark };',
  },
  {
    name: 'a merge that takes mine',
    breaks: 'Where both changed a field, theirs is overwritten without a word.',
    promise: 3,
    module: 'shared/sync/merge-cell.ts',
    text: `return same(theirs, base) ? 'mine' : 'clash';`,
    becomes: `return same(theirs, base) ? 'mine' : 'mine';`,
  },
  {
    name: 'cached child rows',
    breaks: 'A table is sent over the rows of this device instead of those just read.',
    promise: 3,
    module: 'renderer/sync/push/update.ts',
    text: `const needsRows = current.operation.kind === 'update' && Object.keys(current.operation.changes.tables).length > 0;`,
    becomes: 'const needsRows = false;',
  },
  {
    name: 'a submitted document merged silently',
    breaks: 'A document that was submitted meanwhile is merged as if it were a draft.',
    promise: 3,
    module: 'shared/sync/merge.ts',
    text: 'const mustAsk = (isFinal(base) || isFinal(theirs)) && differs(base, theirs, fields);',
    becomes: 'const mustAsk = isFinal(base) && isFinal(theirs) && differs(base, theirs, fields) && fields === null;',
  },
  {
    name: 'a row removed there comes back',
    breaks: 'A row that was removed there and edited here is dropped without a word.',
    promise: 3,
    module: 'shared/sync/merge-table.ts',
    text: '    for (const fieldname of edited(before, row, fields)) {',
    becomes: '    for (const fieldname of edited(before, row, fields).slice(99)) {',
  },
  {
    name: 'submit by run_method',
    breaks: 'A submit does not say which version the person saw, and submits what others made of it.',
    promise: 3,
    module: 'renderer/sync/push/docstatus.ts',
    text: 'const body = { docstatus: to, modified, ...mark };',
    becomes: 'const body = { docstatus: to, ...mark };',
  },
  {
    name: 'delete without reading modified',
    breaks: 'A document that others changed meanwhile is deleted unseen.',
    promise: 3,
    module: 'renderer/sync/push/remove.ts',
    text: 'if (reading.doc.modified !== entry.modified) {',
    becomes: 'if (reading.doc.modified === undefined) {',
  },
  {
    name: 'the base moves with each edit',
    breaks: 'The version an edit came from is replaced by the edited one, and what others changed looks like ours.',
    promise: 3,
    module: 'renderer/cache/work.ts',
    text: `const base = row.base ?? (row.origin === 'local' ? undefined : row.body);`,
    becomes: `const base = row.origin === 'local' ? undefined : row.body;`,
  },
];
