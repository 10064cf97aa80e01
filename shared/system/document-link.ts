import { parseUrl } from './url';
import type { UrlParts } from './url';

/**
 * A way to something in ERPNext, as a `fieldbook://` link or an address of the site says it. Nothing in it is ever run or fetched:
 * it names a site, a DocType and a document, and the window shows them if the person has an account there.
 */
export type DocumentLink = {
  /** Origin of the site, e.g. `https://erp.example.com`. */
  site: string;
  /** The account's user, where the link names one. */
  user: string | null;
  /** The DocType's name, or as addresses write it: `sales-order`. */
  doctype: { name: string } | { slug: string };
  show: { at: 'document'; name: string } | { at: 'list' } | { at: 'new' };
};

/** Frappe's own limit for names. */
const longestName = 140;
const longestLink = 2000;

/** Pages of the desk that are no DocTypes. */
const otherPages: ReadonlySet<string> = new Set([
  'query-report',
  'report',
  'dashboard-view',
  'modules',
  'workspace',
  'print-format-builder',
]);

/**
 * What a link says; null for anything that is none. `fieldbook://open?site=…&doctype=…&name=…[&user=…]`,
 * `fieldbook://open?url=…` with an address of the site in it, and `fieldbook://new?site=…&doctype=…`. What is given twice, what
 * is not known, and what is too long makes it no link.
 */
export function parseFieldbookLink(text: string): DocumentLink | null {
  const [, what, query] = /^fieldbook:\/\/(open|new)\/?\?([^#]*)$/i.exec(text.length > longestLink ? '' : text) ?? [];
  // Not every Chromium takes addresses of an unknown scheme apart; all read a query.
  const given = query === undefined ? null : onlyOnce(parseUrl(`https://link.invalid/?${query}`)?.searchParams ?? []);
  if (what === undefined || given === null) return null;
  const isOpen = what.toLowerCase() === 'open';
  const { url: address, site, doctype, name, user, ...others } = given;
  if (Object.keys(others).length > 0) return null;
  if (address !== undefined) return isOpen && Object.keys(given).length === 1 ? parseSiteAddress(address) : null;
  const origin = originOf(site);
  if (origin === null || !isName(doctype)) return null;
  if (user !== undefined && !isName(user)) return null;
  const link = { site: origin, user: user ?? null, doctype: { name: doctype } };
  if (!isOpen) return name === undefined ? { ...link, show: { at: 'new' } } : null;
  if (name === undefined) return { ...link, show: { at: 'list' } };
  return isName(name) ? { ...link, show: { at: 'document', name } } : null;
}

/** The address of a document or list as a browser shows it and ERPNext's e-mails have it; null for any other text. */
export function parseSiteAddress(text: string): DocumentLink | null {
  const url = text.length > longestLink ? null : parseUrl(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '') return null;
  const link = { site: url.origin, user: null };
  if (url.pathname === '/printview') {
    const [doctype, name] = [url.searchParams.get('doctype'), url.searchParams.get('name')];
    return isName(doctype) && isName(name) ? { ...link, doctype: { name: doctype }, show: { at: 'document', name } } : null;
  }
  const parts = segments(url);
  if (parts === null) return null;
  const [first = '', second, third] = parts;
  // How Frappe wrote them before version 13, and still takes them; `print` is how it does today.
  if (/^(form|list|print)$/i.test(first)) {
    if (!isName(second)) return null;
    const doctype = { name: second };
    if (first.toLowerCase() === 'list') return { ...link, doctype, show: { at: 'list' } };
    return isName(third) ? { ...link, doctype, show: { at: 'document', name: third } } : null;
  }
  if (!isName(first) || otherPages.has(first)) return null;
  const doctype = { slug: slugOf(first) };
  if (second === undefined || second === '' || second === 'view') return { ...link, doctype, show: { at: 'list' } };
  if (second.startsWith(`new-${doctype.slug}`) || second === 'new') return { ...link, doctype, show: { at: 'new' } };
  return isName(second) ? { ...link, doctype, show: { at: 'document', name: second } } : null;
}

/** Whatever a person pastes or the system hands over: either kind of link. */
export function parseLink(text: string): DocumentLink | null {
  const trimmed = text.trim().replace(/^[<"'(]+|[>"').,;]+$/g, '');
  return parseFieldbookLink(trimmed) ?? parseSiteAddress(trimmed);
}

/** A link that comes back to the same place, e.g. for the system's list of recent documents. */
export function fieldbookLink({ site, doctype, name }: { site: string; doctype: string; name?: string }): string {
  const query = Object.entries({ site, doctype, name }).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`],
  );
  return `fieldbook://${name === undefined ? 'new' : 'open'}?${query.join('&')}`;
}

/** As Frappe writes a DocType in an address: `Sales Order` is `sales-order`. */
export const slugOf = (doctype: string): string => doctype.toLowerCase().replace(/ /g, '-');

/** What stands behind `/app/` or `/desk/`, or behind the `#` of older addresses; null for other pages. */
function segments(url: UrlParts): string[] | null {
  const [, root = '', ...path] = url.pathname.split('/');
  if (root !== 'app' && root !== 'desk') return null;
  const parts = path.filter((part) => part !== '').length > 0 ? path : url.hash.replace(/^#/, '').split('/');
  try {
    return parts.map((part) => decodeURIComponent(part));
  } catch {
    return null; // Half an escape: no address of a document.
  }
}

function onlyOnce(query: Iterable<[string, string]>): Record<string, string> | null {
  const given = new Map<string, string>();
  for (const [key, value] of query) {
    if (given.has(key)) return null;
    given.set(key, value);
  }
  return Object.fromEntries(given);
}

function originOf(site: string | undefined): string | null {
  const url = site === undefined ? null : parseUrl(site);
  if (url === null) return null;
  const { protocol, origin, pathname, username, search, hash } = url;
  const bare = pathname === '/' && username === '' && search === '' && hash === '';
  return bare && /^https?:$/.test(protocol) ? origin : null;
}

const isName = (text: string | null | undefined): text is string =>
  typeof text === 'string' && text.trim() !== '' && text.length <= longestName && !hasControl.test(text);

const hasControl = /[\u0000-\u001f\u007f]/;
