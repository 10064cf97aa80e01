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

/** What is kept of a DocType. */
export type Choices = Partial<Pick<ProfileEntry, 'filters' | 'window'>>;

/** With other choices for a DocType, whether it is kept now or not; what is not named stays as it is. */
export const withChoices = (
  { profile, taken }: Kept,
  doctype: string,
  choices: Choices,
): { profile: ProfileEntry[]; taken: ProfileEntry[] } => {
  const changed = (entries: readonly ProfileEntry[]): ProfileEntry[] =>
    entries.map((entry) => (entry.doctype === doctype ? { ...entry, ...choices } : entry));
  return { profile: changed(profile), taken: changed(taken) };
};
