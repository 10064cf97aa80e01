import type { ProfileEntry } from '../sync/profile';

export type CompanyMerge = {
  /** What this device keeps now. */
  mine: readonly ProfileEntry[];
  /** The company's profile as it was taken last; null before the first time. */
  base: readonly ProfileEntry[] | null;
  /** The company's profile as it is now. */
  company: readonly ProfileEntry[];
  /** What is kept of a DocType where nobody chose anything: before the first time, that is nobody's choice. */
  defaults: readonly string[];
};

/**
 * The company's profile is the base; what a person chose stays. By DocType: kept as the company said until now, it follows the
 * company; changed, added or taken out by the person, it stays so. The company's order comes first.
 */
export function withCompany({ mine, base, company, defaults }: CompanyMerge): ProfileEntry[] {
  const before = new Map((base ?? []).map((entry) => [entry.doctype, entry]));
  const now = new Map(mine.map((entry) => [entry.doctype, entry]));
  const chosen = (entry: ProfileEntry): boolean => entry.from !== 'company' && !(base === null && isUnchosen(entry, defaults));
  const theirs = company.flatMap((entry): ProfileEntry[] => {
    const own = now.get(entry.doctype);
    if (own !== undefined && chosen(own)) return [own];
    const takenOut = own === undefined && before.has(entry.doctype);
    return takenOut ? [] : [{ ...entry, from: 'company' }];
  });
  const named = new Set(company.map(({ doctype }) => doctype));
  return [...theirs, ...mine.filter((entry) => !named.has(entry.doctype) && chosen(entry))];
}

/** DocTypes of the company's profile that the person took out, or keeps otherwise. */
export function ownWays(mine: readonly ProfileEntry[], company: readonly ProfileEntry[]): { takenOut: string[]; changed: string[] } {
  const now = new Map(mine.map((entry) => [entry.doctype, entry]));
  const names = company.map(({ doctype }) => doctype);
  return {
    takenOut: names.filter((doctype) => !now.has(doctype)),
    changed: names.filter((doctype) => now.has(doctype) && now.get(doctype)?.from !== 'company'),
  };
}

/** These DocTypes are again as the company says. */
export function asCompanySays(
  mine: readonly ProfileEntry[],
  company: readonly ProfileEntry[],
  doctypes: readonly string[],
): ProfileEntry[] {
  const again = company.filter(({ doctype }) => doctypes.includes(doctype)).map((entry) => ({ ...entry, from: 'company' as const }));
  const byDocType = new Map(again.map((entry) => [entry.doctype, entry]));
  return [
    ...mine.map((entry) => byDocType.get(entry.doctype) ?? entry),
    ...again.filter(({ doctype }) => !mine.some((entry) => entry.doctype === doctype)),
  ];
}

const isUnchosen = ({ doctype, filters, window, links, files }: ProfileEntry, defaults: readonly string[]): boolean =>
  defaults.includes(doctype) && filters.length === 0 && window == null && links !== false && files !== true;
