import type { Doc, FieldValue } from '../../shared/erp/document';

/** A file on the server; `on` is the name of the document that it is attached to. */
export type HeldFile = { doctype: string; on: string; fileName: string; sha256: string; isPrivate: boolean };

/** What a server holds at one moment: every document, whole, and every file. */
export type Held = { documents: readonly Doc[]; files: readonly HeldFile[] };

/** Values by field; of a table each of its rows, in order. */
type Values = { [fieldname: string]: FieldValue | { [fieldname: string]: FieldValue }[] };

export type Edit = { what: string; kind: 'edit'; doctype: string; name: string; values: Values };
/** Something made: the new document whose `by` has the value that it has in `values`. */
type Create = { what: string; kind: 'create'; doctype: string; by: string; values: Values };
/** A private file on such a new document. `sha256` is of the bytes that the server keeps. */
type Attach = { what: string; kind: 'attach'; doctype: string; by: string; value: string; fileName: string; sha256: string };
export type Deed = Edit | Create | Attach;

/** Something that a colleague did meanwhile. It must stand at the end, or, where a person decided against it, until then. */
export type ColleaguesDeed = Edit & { until: 'end' | 'decided' };

/** What was seen of an evening, read from the server and the browser's database, never from the app's own counters. */
export type Evening = {
  before: Held;
  /** When the clash waited for a person. */
  undecided: Held;
  after: Held;
  deeds: readonly Deed[];
  colleagues: readonly ColleaguesDeed[];
  /** Documents on the device, and those of them that are as the server has them. */
  kept: number;
  downloaded: number;
  offlineLookups: number;
  /** Changes that waited for a person, and those that had to. */
  needsYou: number;
  clashes: number;
  /** Does the server itself set this field in a save? `path` is a field, or one of a row as `items.0.amount`. */
  computed(doctype: string, path: string): boolean;
};

export type Reckoning = {
  downloaded: number;
  offlineLookups: number;
  offlineChanges: number;
  attachments: number;
  reconciled: number;
  lost: number;
  duplicated: number;
  overwritten: number;
  needsYou: number;
};

/** The counts of an evening, and a sentence for whatever the server does not hold exactly as it was done. */
export type Verdict = { reckoning: Reckoning; complaints: string[] };

const keyOf = ({ doctype, name }: Doc): string => `${doctype} ${name}`;
const byKey = ({ documents }: Held): Map<string, Doc> => new Map(documents.map((doc) => [keyOf(doc), doc]));

/** Every value of a document by its path, those of rows as `items.0.qty`. */
function valuesByPath(values: Doc | Values): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [fieldname, value] of Object.entries(values))
    if (!Array.isArray(value)) found.set(fieldname, value);
    else {
      found.set(`${fieldname}.length`, value.length);
      for (const [index, row] of value.entries())
        for (const [cell, content] of Object.entries(row)) found.set(`${fieldname}.${index}.${cell}`, content);
    }
  return found;
}

/** Paths at which two documents differ. What is empty is as good as not there, and numbers are never empty but 0. */
function differences(before: Map<string, unknown>, after: Map<string, unknown>): string[] {
  const at = (values: Map<string, unknown>, path: string) => values.get(path) || '';
  return [...new Set([...before.keys(), ...after.keys()])].filter((path) => at(before, path) !== at(after, path));
}

function wrongValues(doc: Doc, values: Values): string[] {
  const there = valuesByPath(doc);
  return [...valuesByPath(values)]
    .filter(([path, value]) => there.get(path) !== value)
    .map(([path, value]) => `${path} is ${JSON.stringify(there.get(path) ?? null)}, not ${JSON.stringify(value)}`);
}

/** How many times a deed is on the server, and what is wrong with it there. */
type Found = { count: number; wrong: string[] };

function foundEdit({ doctype, name, values }: Edit, held: Held): Found {
  const doc = held.documents.find((one) => one.doctype === doctype && one.name === name);
  return { count: doc === undefined ? 0 : 1, wrong: doc === undefined ? [] : wrongValues(doc, values) };
}

const isMade = (evening: Evening, doctype: string, by: string, value: unknown): Doc[] => {
  const known = byKey(evening.before);
  return evening.after.documents.filter((doc) => doc.doctype === doctype && doc[by] === value && !known.has(keyOf(doc)));
};

const attachedBy = (evening: Evening, { doctype, by, value, sha256 }: Attach): HeldFile[] => {
  const names = isMade(evening, doctype, by, value).map(({ name }) => name);
  return evening.after.files.filter((file) => file.doctype === doctype && names.includes(file.on) && file.sha256 === sha256);
};

function found(deed: Deed, evening: Evening): Found {
  if (deed.kind === 'edit') return foundEdit(deed, evening.after);
  if (deed.kind === 'create') {
    const made = isMade(evening, deed.doctype, deed.by, deed.values[deed.by]);
    return { count: made.length, wrong: made.flatMap((doc) => wrongValues(doc, deed.values)) };
  }
  const files = attachedBy(evening, deed);
  const wrong = files.flatMap(({ fileName, isPrivate }) => [
    ...(isPrivate ? [] : ['it is public']),
    ...(fileName === deed.fileName ? [] : [`it is called ${fileName}, not ${deed.fileName}`]),
  ]);
  return { count: files.length, wrong };
}

/** What nobody did: other documents and files that changed, went or came, and other fields of those that were edited. */
function strayed(evening: Evening): { changed: string[]; added: string[] } {
  const { before, after, deeds, colleagues, computed } = evening;
  const [was, is] = [byKey(before), byKey(after)];
  const edits = [...deeds, ...colleagues].filter((deed) => deed.kind === 'edit');
  const changed = [...was].flatMap(([key, doc]) => {
    const now = is.get(key);
    if (now === undefined) return [`${key} is gone`];
    const own = edits.filter(({ doctype, name }) => doctype === doc.doctype && name === doc.name);
    const meant = new Set(own.flatMap(({ values }) => [...valuesByPath(values).keys()]));
    const allowed = (path: string): boolean => meant.has(path) || (own.length > 0 && computed(doc.doctype, path));
    const other = now === doc ? [] : differences(valuesByPath(doc), valuesByPath(now)).filter((path) => !allowed(path));
    return other.length === 0 ? [] : [`${key} changed in ${other.join(', ')}`];
  });
  const made = new Set(
    deeds.flatMap((deed) => (deed.kind === 'create' ? isMade(evening, deed.doctype, deed.by, deed.values[deed.by]) : [])),
  );
  const attached = new Set(deeds.flatMap((deed) => (deed.kind === 'attach' ? attachedBy(evening, deed) : [])));
  const told = (file: HeldFile): string => JSON.stringify(file);
  const [filesBefore, filesAfter] = [new Set(before.files.map(told)), new Set(after.files.map(told))];
  const called = ({ fileName, doctype, on }: HeldFile): string => `the file ${fileName} on ${doctype} ${on}`;
  return {
    changed: [
      ...changed,
      ...before.files.filter((file) => !filesAfter.has(told(file))).map((file) => `${called(file)} is gone or another one`),
    ],
    added: [
      ...after.documents.filter((doc) => !was.has(keyOf(doc)) && !made.has(doc)).map(keyOf),
      ...after.files.filter((file) => !filesBefore.has(told(file)) && !attached.has(file)).map(called),
    ],
  };
}

/** Judges an evening: without complaints the server holds exactly what was done, once, and nothing else. */
export function judge(evening: Evening): Verdict {
  const { before, undecided, after, deeds, colleagues, kept, downloaded, offlineLookups, needsYou, clashes } = evening;
  const results = deeds.map((deed) => ({ deed, ...found(deed, evening) }));
  const lost = results.filter(({ count, wrong }) => count === 0 || wrong.length > 0);
  const twice = results.filter(({ count }) => count > 1);
  const gone = colleagues.flatMap((deed) => {
    const { count, wrong } = foundEdit(deed, deed.until === 'end' ? after : undecided);
    return count === 1 && wrong.length === 0 ? [] : [`${deed.what}: ${wrong.join('; ') || 'the document is gone'}`];
  });
  const { changed, added } = strayed(evening);
  const attachments = after.files.length - before.files.length;
  const attached = deeds.filter(({ kind }) => kind === 'attach').length;
  const complaints = [
    ...(downloaded === 0 ? ['not downloaded: the device had no document as the server has it'] : []),
    ...(kept === downloaded ? [] : [`not downloaded: ${kept - downloaded} documents on the device are not as the server has them`]),
    ...(offlineLookups === 0 ? ['not looked up: nothing was read without a network'] : []),
    ...lost.map(({ deed, wrong }) => `lost: ${deed.what}: ${wrong.join('; ') || 'it is not on the server'}`),
    ...twice.map(({ deed, count }) => `duplicated: ${deed.what}: it is ${count} times on the server`),
    ...added.map((what) => `added: ${what} was made by nobody`),
    ...gone.map((what) => `overwritten: ${what}`),
    ...changed.map((what) => `overwritten: ${what}, which nobody did`),
    ...(attachments === attached ? [] : [`attachments: ${attachments} new files on the server, not ${attached}`]),
    ...(needsYou === clashes ? [] : [`needs you: ${needsYou} changes waited for a person, not ${clashes}`]),
  ];
  return {
    reckoning: {
      ...{ downloaded, offlineLookups, offlineChanges: deeds.length, attachments },
      reconciled: results.filter(({ count, wrong }) => count === 1 && wrong.length === 0).length,
      lost: lost.length,
      duplicated: twice.reduce((sum, { count }) => sum + count - 1, added.length),
      overwritten: gone.length + changed.length,
      needsYou,
    },
    complaints,
  };
}
