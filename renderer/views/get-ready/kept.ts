import type { ProfileEntry } from '@shared/sync/profile';

/** The profile, and what was taken out of it here and now: it stays in sight, with its choices, so that it can be put back. */
export type Kept = { profile: readonly ProfileEntry[]; taken: readonly ProfileEntry[] };

const others = (entries: readonly ProfileEntry[], doctype: string): ProfileEntry[] => entries.filter((entry) => entry.doctype !== doctype);

/** Everything in sight: the profile, then what was taken out. */
export const inSight = ({ profile, taken }: Kept): ProfileEntry[] => [
  ...profile,
  ...taken.filter(({ doctype }) => !profile.some((entry) => entry.doctype === doctype)),
];

/** With a DocType in or out of the profile; its filters and window stay with it. */
export function withKept(kept: Kept, doctype: string, on: boolean): { profile: ProfileEntry[]; taken: ProfileEntry[] } {
  const entry = inSight(kept).find((one) => one.doctype === doctype) ?? { doctype, filters: [] };
  const profile = others(kept.profile, doctype);
  return on ? { profile: [...profile, entry], taken: [...kept.taken] } : { profile, taken: [...others(kept.taken, doctype), entry] };
}

/** With a DocType earlier (-1) or later (1) in the order of download; at the end of it nothing changes. */
export function withMoved(kept: Kept, doctype: string, by: -1 | 1): { profile: ProfileEntry[]; taken: ProfileEntry[] } {
  const profile = [...kept.profile];
  const from = profile.findIndex((entry) => entry.doctype === doctype);
  const moved = profile[from];
  if (moved !== undefined && profile[from + by] !== undefined) {
    profile.splice(from, 1);
    profile.splice(from + by, 0, moved);
  }
  return { profile, taken: [...kept.taken] };
}

/** What is kept of a DocType. */
export type Choices = Partial<Pick<ProfileEntry, 'filters' | 'window' | 'links' | 'files'>>;

/**
 * With other choices for a DocType, whether it is kept now or not; what is not named stays as it is. The choice is the person's
 * from then on, not the company's.
 */
export const withChoices = (
  { profile, taken }: Kept,
  doctype: string,
  choices: Choices,
): { profile: ProfileEntry[]; taken: ProfileEntry[] } => {
  const changed = (entries: readonly ProfileEntry[]): ProfileEntry[] =>
    entries.map((entry) => {
      if (entry.doctype !== doctype) return entry;
      const { from: _from, ...own } = { ...entry, ...choices };
      return own;
    });
  return { profile: changed(profile), taken: changed(taken) };
};
