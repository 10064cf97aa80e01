import { scopeKey } from '../sync/profile';
import type { ProfileEntry } from '../sync/profile';

/** What becomes of a profile: entries that come, entries that are kept otherwise than before, and entries that go. */
export type ProfileChanges = {
  added: ProfileEntry[];
  changed: { from: ProfileEntry; to: ProfileEntry }[];
  removed: ProfileEntry[];
};

/** `replace`: this and nothing else is kept; `add`: this besides what is kept already. */
export type TakingMode = 'replace' | 'add';

/** Do two entries of a DocType keep the same? Who said so does not matter. */
export const keepsTheSame = (one: ProfileEntry, other: ProfileEntry): boolean => choicesOf(one) === choicesOf(other);

const choicesOf = (entry: ProfileEntry): string => JSON.stringify([scopeKey(entry), entry.links !== false, entry.files === true]);

/** The profile with what is given; the order of what is kept already stays unless it is replaced. */
export function withGiven(now: readonly ProfileEntry[], given: readonly ProfileEntry[], mode: TakingMode): ProfileEntry[] {
  if (mode === 'replace') return [...given];
  const byDocType = new Map(given.map((entry) => [entry.doctype, entry]));
  const kept = now.map((entry) => byDocType.get(entry.doctype) ?? entry);
  return [...kept, ...given.filter(({ doctype }) => !now.some((entry) => entry.doctype === doctype))];
}

/** What differs between a profile and the one that takes its place. */
export function profileChanges(now: readonly ProfileEntry[], next: readonly ProfileEntry[]): ProfileChanges {
  const before = new Map(now.map((entry) => [entry.doctype, entry]));
  const after = new Set(next.map(({ doctype }) => doctype));
  const changes: ProfileChanges = { added: [], changed: [], removed: now.filter(({ doctype }) => !after.has(doctype)) };
  for (const to of next) {
    const from = before.get(to.doctype);
    if (from === undefined) changes.added.push(to);
    else if (!keepsTheSame(from, to)) changes.changed.push({ from, to });
  }
  return changes;
}

export const changesNothing = ({ added, changed, removed }: ProfileChanges): boolean =>
  added.length + changed.length + removed.length === 0;
