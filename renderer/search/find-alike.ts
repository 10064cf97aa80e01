import { kindOfNames } from '@shared/form/naming-fields';
import { cut, likenessTo, sameName } from './alike';
import type { Cut } from './alike';
import type { Entry } from './entry';
import type { WordIndex } from './word-index';

/** A document whose name is like the one that is typed; `same`: it is the same but for how it is written. */
export type Alike = { name: string; same: boolean };

/** Titles and names, cut up once: an entry is another one when its document changed. */
const cuts = new WeakMap<Entry, { title: Cut; name: Cut }>();

function cutsOf(entry: Entry, kind: 'company' | 'other'): { title: Cut; name: Cut } {
  const known = cuts.get(entry);
  if (known !== undefined) return known;
  const title = cut(entry.title, kind);
  const made = { title, name: entry.name === entry.title ? title : cut(entry.name, kind) };
  cuts.set(entry, made);
  return made;
}

/** Documents of a DocType that are called alike, those of the same name first, then the most alike and the most named ones. */
export function findAlike(words: WordIndex, doctype: string, text: string): Alike[] {
  const kind = kindOfNames(doctype);
  const typed = cut(text, kind);
  const likeness = likenessTo(typed);
  const found: { entry: Entry; like: number }[] = [];
  for (const entry of words.entriesOf(doctype)) {
    const { title, name } = cutsOf(entry, kind);
    // Codes that begin alike are not like each other.
    const like = name.key === typed.key ? likeness(name) : likeness(title);
    if (like > 0) found.push({ entry, like });
  }
  found.sort(
    (one, other) => other.like - one.like || other.entry.linked - one.entry.linked || (one.entry.title < other.entry.title ? -1 : 1),
  );
  return found.map(({ entry, like }) => ({ name: entry.name, same: like === sameName }));
}
