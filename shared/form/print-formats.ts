import type { DocType } from '../erp/doctype';

/** What Frappe lays out from the metadata itself, where the site has no format of its own. */
export const standardFormat = 'Standard';

/** The Print Formats to choose from, as the desk orders them: the DocType's default first, then the rest by name. */
export function printFormatsOf({ print_formats: own = [], default_print_format: preferred }: DocType): string[] {
  const first = preferred ?? standardFormat;
  const others = [...new Set([standardFormat, ...own])].filter((name) => name !== first);
  return [first, ...others.sort()];
}
