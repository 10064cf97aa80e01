import type { Defect } from '../defect';

/** Promise 5: order is kept where it matters. */
export const orderKept: Defect[] = [
  {
    name: 'later entries overtake',
    breaks: 'A submit goes before the edit that was made first.',
    promise: 5,
    module: 'shared/sync/dependencies.ts',
    text: 'return !earlier.unsent && !(writes && earlier.parkedWrite);',
    becomes: 'return !(writes && earlier.parkedWrite);',
  },
  {
    name: 'links are not waited for',
    breaks: 'A document goes before the new one that it links to.',
    promise: 5,
    module: 'shared/sync/dependencies.ts',
    text: `const payload = operation.kind === 'create' ? operation.values : operation.kind === 'update' ? operation.changes : null;`,
    becomes: 'const payload = null;',
  },
  {
    name: 'temporary names sent',
    breaks: 'Rows go out under the names that this device gave them.',
    promise: 5,
    module: 'renderer/sync/push/create.ts',
    text: '(isTemporaryName(name) ? row : { ...row, name })',
    becomes: '({ ...row, name })',
  },
  {
    name: 'upload before the document exists',
    breaks: 'A file is sent for a document that is not there, and belongs to nothing.',
    promise: 5,
    module: 'renderer/sync/push/attach.ts',
    text: `    if (missing !== null) return missing;
    try {`,
    becomes: '    try {',
  },
  {
    name: 'names not rewritten in the outbox',
    breaks: 'What links to a new document keeps its temporary name after it was sent.',
    promise: 5,
    module: 'renderer/cache/rename.ts',
    text: 'if (!moved && !itsFile && !holdsAny(JSON.stringify(entry), names)) continue;',
    becomes: 'if (!moved && !itsFile) continue;',
  },
  {
    name: 'names not rewritten in rows',
    breaks: 'A name inside a child row is not replaced by the one that the server gave.',
    promise: 5,
    module: 'shared/sync/rewrite-names.ts',
    text: 'if (Array.isArray(value)) return value.map((item) => rewrite(item, names));',
    becomes: 'if (Array.isArray(value)) return value;',
  },
  {
    name: 'creates of one DocType at once',
    breaks: 'Two creates of one DocType lock each other out of the naming series.',
    promise: 5,
    module: 'renderer/sync/push/push.ts',
    text: 'if (create && creating.has(entry.doctype)) continue;',
    becomes: 'if (create && creating.has(entry.name)) continue;',
  },
];
