import type { SiteDocType } from '../../stores/site-doctypes';

/** So many are shown: a longer list is not read, a letter more makes it shorter. */
const most = 100;

/** Those whose name or module holds every typed word, whatever the case; a name that begins so comes first. */
export function doctypesThatFit(doctypes: readonly SiteDocType[], typed: string): SiteDocType[] {
  const text = typed.trim().toLowerCase();
  const words = text.split(/\s+/).filter(Boolean);
  const fitting = doctypes.filter(({ name, module }) => words.every((word) => `${name} ${module}`.toLowerCase().includes(word)));
  const begins = fitting.filter(({ name }) => name.toLowerCase().startsWith(text));
  return [...begins, ...fitting.filter((one) => !begins.includes(one))].slice(0, most);
}
