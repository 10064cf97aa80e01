import type { DocTypeBundle } from '../erp/doctype';
import type { Doc } from '../erp/document';
import type { Rights } from '../erp/permissions';
import { everyDifference } from '../sync/differences';
import type { Clash } from '../sync/outbox-entry';

/** What somebody else changed under an open document: who (a user's name), when (site time), and each cell before and after. */
export type ChangedElsewhere = { by: string; at: string; from: Doc; now: Doc; changes: Clash[] };

/**
 * What a new version of a document means to whoever has it open: what others changed since the version `seen`, null where there is
 * nothing to tell. A save of the person's own is no news; what they may not see, or what no form shows, is none either.
 */
export function changedElsewhere(
  seen: Doc,
  now: Doc,
  { user, bundle, rights }: { user: string; bundle: DocTypeBundle; rights: Rights },
): ChangedElsewhere | null {
  const [before, by] = [seen.modified ?? '', text(now['modified_by'])];
  if ((now.modified ?? '') <= before || by === '' || by === user) return null;
  const changes = [...stateChange(seen, now), ...everyDifference(seen, now, bundle).filter((change) => isShown(change, bundle, rights))];
  return changes.length === 0 ? null : { by, at: now.modified ?? '', from: seen, now, changes };
}

/** Draft, submitted, cancelled: a state, no field of the form. */
function stateChange({ docstatus: was = 0 }: Doc, { docstatus: is = 0 }: Doc): Clash[] {
  return was === is ? [] : [{ path: { fieldname: 'docstatus' }, base: was, mine: was, theirs: is }];
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function isShown({ path }: Clash, { doctype, children }: DocTypeBundle, rights: Rights): boolean {
  const visible = (fields: DocTypeBundle['doctype']['fields'] | undefined, fieldname: string): boolean =>
    fields?.some((field) => field.fieldname === fieldname && field.hidden !== 1 && rights.readLevels.has(field.permlevel ?? 0)) === true;
  if (!('table' in path)) return visible(doctype.fields, path.fieldname);
  if (!visible(doctype.fields, path.table)) return false;
  // A row that came, went or moved stands for all of it.
  const child = children.find(({ name }) => name === doctype.fields.find(({ fieldname }) => fieldname === path.table)?.options);
  return path.fieldname === 'name' || path.fieldname === 'idx' || visible(child?.fields, path.fieldname);
}
