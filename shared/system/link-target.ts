import type { Account } from '../bridge/accounts';
import { slugOf } from './document-link';
import type { DocumentLink } from './document-link';
import { parseUrl } from './url';

/** Whose data a link opens, or why it cannot be opened here. */
export type LinkTarget = { account: string } | { missing: 'site' | 'user'; host: string };

type Known = Pick<Account, 'id' | 'siteUrl' | 'user'>;

/**
 * The account of this device that a link is for: the one in use before others of the same site. Sites are compared by host and port,
 * since mails name `https` where an office network may use `http`; the link is never asked for anything.
 */
export function linkTarget(link: Pick<DocumentLink, 'site' | 'user'>, accounts: readonly Known[], active: string | null): LinkTarget {
  const host = parseUrl(link.site)?.host ?? '';
  const there = accounts.filter(({ siteUrl }) => parseUrl(siteUrl)?.host === host);
  if (there.length === 0) return { missing: 'site', host };
  const theirs = link.user === null ? there : there.filter(({ user }) => user.toLowerCase() === link.user?.toLowerCase());
  const chosen = theirs.find(({ id }) => id === active) ?? theirs[0];
  return chosen === undefined ? { missing: 'user', host } : { account: chosen.id };
}

/**
 * The DocType that a link means: one that this device knows, or else a guess from the address, since `sales-order` says
 * `Sales Order` but not how an abbreviation is written.
 */
export function linkedDocType(doctype: DocumentLink['doctype'], known: readonly string[]): string {
  if ('name' in doctype) return doctype.name;
  return (
    known.find((one) => slugOf(one) === doctype.slug) ??
    doctype.slug.replace(/(^|-)(\S)/g, (_, dash: string, letter: string) => `${dash ? ' ' : ''}${letter.toUpperCase()}`)
  );
}
