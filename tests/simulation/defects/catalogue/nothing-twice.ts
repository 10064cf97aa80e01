import type { Defect } from '../defect';

const queuedWhenUnanswered = (kind: string): Pick<Defect, 'module' | 'text' | 'becomes'> => ({
  module: 'shared/sync/triage.ts',
  text: `      // Someone may have done it. A create would be doubled; the others must not be edited as if they were unsent.
      return verdict('uncertain', 'check');`,
  becomes: `      return verdict(kind === '${kind}' ? 'again' : 'uncertain', 'check');`,
});

/** Promise 2: nothing is sent twice. */
export const nothingTwice: Defect[] = [
  {
    name: 'an unanswered create is queued',
    breaks: 'A document whose answer was lost is made again without a look.',
    promise: 2,
    ...queuedWhenUnanswered('create'),
  },
  {
    name: 'an unanswered update is queued',
    breaks: 'Rows that an unanswered edit added are added again.',
    promise: 2,
    ...queuedWhenUnanswered('update'),
  },
  {
    name: 'an unanswered comment is queued',
    breaks: 'A comment whose answer was lost is made again.',
    promise: 2,
    ...queuedWhenUnanswered('comment'),
  },
  {
    name: 'an unanswered upload is queued',
    breaks: 'A file whose answer was lost is sent again.',
    promise: 2,
    ...queuedWhenUnanswered('attach'),
  },
  {
    name: 'what a crash interrupted is queued',
    breaks: 'An entry found as sending at the start is sent again without a look.',
    promise: 2,
    module: 'renderer/sync/push/push.ts',
    text: `await putEntry(site, inDoubt(entry, since, baseline));`,
    becomes: `await putEntry(site, { ...entry, state: { at: 'queued' }, lastError: since < 0 && baseline === '' ? entry.lastError : null });`,
  },
  {
    name: 'no durable sending',
    breaks: 'That an entry is on its way is not written down before it leaves: after a crash it counts as unsent.',
    promise: 2,
    module: 'renderer/sync/push/begin.ts',
    text: '    await cache.outbox.put(sending);\n',
    becomes: '',
  },
  {
    name: 'journal not told of sending',
    breaks: 'Work that may have been sent comes back from the journal as if it had not.',
    promise: 2,
    module: 'renderer/sync/push/begin.ts',
    text: `        { kind: 'put', id: begun.id, entry: await workOf(cache, begun) },
        { kind: 'sending', id: begun.id, at: new Date(site.now()).toISOString() },`,
    becomes: '',
  },
  {
    name: 'restored as queued',
    breaks: 'Journal entries come back as queued even where they had reached sending.',
    promise: 2,
    module: 'renderer/cache/restore.ts',
    text: `const mayBeThere = item.sending || item.ended === true || entry.state.at === 'sending' || entry.state.at === 'uncertain';`,
    becomes: `const mayBeThere = item.id === '';`,
  },
  {
    name: 'at work before the journal was read',
    breaks: 'What is asked for while the engine starts is done before database and journal agree.',
    promise: 2,
    module: 'renderer/sync/engine.ts',
    text: `    const settings = await this.#prepare();
    this.#begun = true;`,
    becomes: `    this.#begun = true;
    const settings = await this.#prepare();`,
  },
  {
    name: 'no marker',
    breaks: 'A create carries nothing by which it could be found again.',
    promise: 2,
    module: 'shared/sync/marker.ts',
    text: 'return { idx: marker.idx };',
    becomes: 'return {};',
  },
  {
    name: 'look-up too early',
    breaks: '“Not there” is believed at once, though the server may still be working.',
    promise: 2,
    module: 'shared/sync/marker.ts',
    text: 'if (now - attempt.since < lateMs) return false;',
    becomes: 'if (now - attempt.since >= 0) return true;',
  },
  {
    name: 'comment without its id',
    breaks: 'A comment cannot be found again, and is made twice.',
    promise: 2,
    module: 'renderer/sync/push/comment.ts',
    text: 'content: `<div ${mark(entry.id)}>',
    becomes: 'content: `<div>',
  },
  {
    name: 'files not looked for',
    breaks: 'An upload whose answer was lost is made again without a look at the document’s files.',
    promise: 2,
    module: 'renderer/sync/push/attach.ts',
    text: '    for (const row of rows) {\n      if (await isClaimed',
    becomes: '    for (const row of rows.slice(rows.length)) {\n      if (await isClaimed',
  },
  {
    name: 'JPEG looked up by its hash',
    breaks: 'The server rewrites JPEGs, so that no hash finds them again, and they are sent twice.',
    promise: 2,
    module: 'renderer/sync/push/attach.ts',
    text: "isJpeg(attachment.fileName, attachment.type) ? ['file_name', '=', nameOf(attachment)] :",
    becomes: '',
  },
  {
    name: 'own rows not known again',
    breaks: 'Rows that an unanswered edit put there stand beside the same rows sent again.',
    promise: 2,
    module: 'renderer/sync/receive.ts',
    text: 'if (edit.unanswered === true && (await takeOwnRows',
    becomes: 'if (edit.seq < 0 && (await takeOwnRows',
  },
  {
    name: 'names of rows not taken over',
    breaks: 'Rows keep their temporary names after the answer, and the next edit adds them again.',
    promise: 2,
    module: 'renderer/sync/finish.ts',
    text: 'const rows = matchRows(sentBy(entry), doc, bundle);',
    becomes: 'const rows = matchRows(sentBy(entry), doc, bundle, () => false);',
  },
  {
    name: 'idx set back by anybody',
    breaks: 'Another device’s edit takes the mark away by which a create is still looked for.',
    promise: 2,
    module: 'renderer/sync/push/created-here.ts',
    text: '(doc.idx ?? 0) < 0 && (await createdHere(site, doctype, doc.name))',
    becomes: '(doc.idx ?? 0) < 0',
  },
];
