import { z } from 'zod';
import type { LiveHint, Viewers } from '@shared/bridge/live';

/** What Frappe sends, as far as it is used; a document's name may be a number. */
const doctype = z.string().min(1).max(140);
const docname = z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1).max(255));

const listUpdate = z.object({ doctype, name: docname.nullish(), user: z.string().max(255).nullish() });
const docUpdate = z.object({ doctype, name: docname, modified: z.string().max(40).nullish() });
const docViewers = z.object({ doctype, docname, users: z.array(z.string().max(255)).max(200) });

/** What arrives is somebody else's word: null for what is not understood. */
export function listHint(payload: unknown): LiveHint | null {
  const { success, data } = listUpdate.safeParse(payload);
  return success ? { kind: 'list', doctype: data.doctype, name: data.name ?? null, user: data.user ?? null } : null;
}

export function documentHint(payload: unknown): LiveHint | null {
  const { success, data } = docUpdate.safeParse(payload);
  return success ? { kind: 'document', doctype: data.doctype, name: data.name, modified: data.modified ?? null } : null;
}

export function viewersOf(payload: unknown): Viewers | null {
  const { success, data } = docViewers.safeParse(payload);
  return success ? { doctype: data.doctype, name: data.docname, users: data.users } : null;
}
