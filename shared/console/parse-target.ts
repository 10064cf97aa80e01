import type { RunTarget } from '../bridge/erp';

/** `args`: those that stood in the path's query. */
export type ParsedTarget = { target: RunTarget; args: Record<string, unknown> };

/** Why a path cannot be called: keys below `console.path`. */
export type TargetProblem = 'empty' | 'other-site' | 'not-api' | 'method' | 'file' | 'too-deep';

const dotted = /^[A-Za-z_][\w.]*$/;

/** Sends bytes, which the console has none of. */
const files: ReadonlySet<string> = new Set(['upload_file', 'frappe.handler.upload_file']);

/**
 * What a person means by a path: `frappe.client.get_list`, `/api/method/…`, `/api/resource/Sales Order/SO-0001`, each with or
 * without a query, or an address of the site (`siteUrl`) pasted whole. Names may be percent-encoded or as they are read.
 */
export function parseTarget(text: string, siteUrl: string): ParsedTarget | { problem: TargetProblem } {
  const typed = text.trim();
  if (typed === '') return { problem: 'empty' };
  const path = onSite(typed, siteUrl);
  if (path === null) return { problem: 'other-site' };
  const at = path.indexOf('?');
  const [bare, query] = at === -1 ? [path, ''] : [path.slice(0, at), path.slice(at + 1)];
  const target = targetOf(bare);
  return 'problem' in target ? target : { target, args: argsOfQuery(query) };
}

/** Without the site's own address before it; null for another one. */
function onSite(typed: string, siteUrl: string): string | null {
  if (!/^[a-z][a-z+.-]*:\/\//i.test(typed)) return typed;
  const site = siteUrl.replace(/\/$/, '');
  return typed.toLowerCase().startsWith(`${site.toLowerCase()}/`) ? typed.slice(site.length) : null;
}

function targetOf(path: string): RunTarget | { problem: TargetProblem } {
  const resource = /^\/?api\/resource\/(.+?)\/?$/.exec(path)?.[1];
  if (resource !== undefined) return resourceOf(resource);
  const method = /^\/?api\/method\/(.+?)\/?$/.exec(path)?.[1] ?? path;
  if (files.has(method)) return { problem: 'file' };
  if (dotted.test(method)) return { method };
  return { problem: method.includes('/') ? 'not-api' : 'method' };
}

/** A name may hold slashes: whoever reads it types them as they are. */
function resourceOf(path: string): RunTarget | { problem: TargetProblem } {
  const at = path.indexOf('/');
  const doctype = decoded(at === -1 ? path : path.slice(0, at));
  if (doctype.length > 140) return { problem: 'too-deep' };
  if (at === -1) return { doctype };
  const name = decoded(path.slice(at + 1));
  return name.length > 255 ? { problem: 'too-deep' } : { doctype, name };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // “100 %” is a name as well.
  }
}

/** Values that are JSON are taken for what they are: a list stays a list when it is sent by POST. */
function argsOfQuery(query: string): Record<string, unknown> {
  const pairs = query.split('&').filter((pair) => pair !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      const [key, value] = at === -1 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
      return [decoded(key.replaceAll('+', ' ')), valueOf(decoded(value.replaceAll('+', ' ')))];
    }),
  );
}

function valueOf(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** A target as it is shown and kept. */
export function targetText(target: RunTarget): string {
  if ('method' in target) return target.method;
  return `/api/resource/${target.doctype}${'name' in target ? `/${target.name}` : ''}`;
}
