import { isTemporaryName } from '@shared/erp/temporary-name';
import { rowsOf } from '@shared/erp/document';
import type { Doc, FieldValue } from '@shared/erp/document';
import { scalar } from '@shared/sync/changes';
import { siteTime } from '@shared/sync/site-time';
import type { DemoSite } from '../../electron/demo/site';
import { tokenIn } from './witness';
import type { Look, Removal, Witness } from './witness';

/** Nothing that a device has read can be older than this when its request arrives: a slow one takes two minutes. */
const slowestMs = 150_000;

/** Checks a request that the server took, by what was there before it. `body` is its JSON, null for a file. */
export function checkAtDoor(
  site: DemoSite,
  request: Request,
  before: Doc | undefined,
  body: Record<string, unknown>,
  witness: Witness,
): void {
  if (before === undefined) return;
  if (request.method === 'DELETE' && before.doctype === 'File') checkRemoval(before, site, witness);
  else if (request.method === 'DELETE') checkSeen('delete', before, site, witness);
  if (request.method !== 'PUT') return;
  if (body['docstatus'] === 1) checkSubmit(before, site, witness);
  if (body['docstatus'] === 2) checkSeen('cancel', before, site, witness);
  const after = site.document(before.doctype, before.name);
  if (body['docstatus'] === undefined && before.docstatus === 1 && !witness.changedKnowingly.has(before.name))
    witness.violate(`${before.doctype} ${before.name} was changed after it had been submitted, unseen`);
  if (after !== undefined) checkRows(before, after, site, witness);
}

function checkSubmit(before: Doc, site: DemoSite, witness: Witness): void {
  checkSeen('submit', before, site, witness);
  const left = looksOf('submit', before, witness).map(({ pending }) =>
    pending.filter(
      ({ token, entry }) => ![witness.arrived, witness.waived].some((settled) => settled.has(token)) && !witness.givenUp.has(entry),
    ),
  );
  // Of several who asked for it, one may have had nothing of their own to wait for.
  if (left.length > 0 && left.every((tokens) => tokens.length > 0))
    witness.violate(`${before.name} was submitted before ${left[0]?.map(({ token }) => token).join(', ')}`);
}

/** A submit, cancel or delete may only befall the version that somebody who asked for it saw. */
function checkSeen(kind: Look['kind'], before: Doc, site: DemoSite, witness: Witness): void {
  const looks = looksOf(kind, before, witness);
  // Nothing but a delete is sent without its `modified`, so that somebody may come between its look and its blow.
  const fresh = (before.modified ?? '') > siteTime(site.clock.now() - slowestMs, site.clock.timeZone);
  if (looks.length === 0 || mayBeNew(kind, before, witness) || looks.some(({ doc }) => doc === null) || (kind === 'delete' && fresh))
    return;
  if (looks.every((look) => differsFromSeen(look, before, witness))) witness.violate(`${kind} of ${before.name} unseen: it was changed`);
}

const looksOf = (kind: Look['kind'], { doctype, name }: Doc, witness: Witness): Look[] =>
  witness.looks.filter((look) => look.kind === kind && look.doctype === doctype && witness.known(look.name) === name);

/** It may be what this user made and asked it for under a temporary name, which only their device can tell yet. */
const mayBeNew = (kind: Look['kind'], { doctype, owner }: Doc, witness: Witness): boolean =>
  witness.looks.some(
    (look) =>
      look.kind === kind && look.doctype === doctype && look.device.account.user === owner && isTemporaryName(witness.known(look.name)),
  );

const compared = ['website', 'customer_details', 'po_no', 'terms'];

function differsFromSeen({ doc, device }: Look, before: Doc, witness: Witness): boolean {
  const own = (value: FieldValue | undefined): boolean =>
    witness.intents.some((intent) => intent.device === device && intent.token === tokenIn(value));
  // What its person had typed there, and gave up with the delete, never came to the server.
  const gaveUp = (saw: FieldValue | undefined, there: FieldValue | undefined): boolean =>
    tokenIn(there) === '' &&
    witness.intents.some(({ token, entry }) => token === tokenIn(saw) && entry !== null && witness.givenUp.has(entry));
  return compared.some((name) => {
    const [saw, there] = [scalar(doc ?? {}, name), scalar(before, name)];
    return tokenIn(saw) !== tokenIn(there) && !own(there) && !gaveUp(saw, there);
  });
}

/** What the server wrote into a row behind everybody's back is not a person's to set back. */
function checkRows(before: Doc, after: Doc, site: DemoSite, witness: Witness): void {
  const written = witness.silently.get(before.name);
  if (written === undefined || written > site.clock.now() - slowestMs) return;
  const left = new Map(rowsOf(after, 'items').map((row) => [row.name, row]));
  for (const row of rowsOf(before, 'items')) {
    const now = left.get(row.name);
    if (now !== undefined && (now['delivered_qty'] ?? 0) !== (row['delivered_qty'] ?? 0))
      witness.violate(`${before.name}: what the server had written into a row was set back`);
  }
}

/** A file may only be sent for a document that was there lately. */
export function checkUpload(site: DemoSite, text: string, witness: Witness): void {
  const part = (name: string): string => new RegExp(`name="${name}"\r\n\r\n(.*)\r\n`).exec(text)?.[1] ?? '';
  const [doctype, name] = [part('doctype'), part('docname')];
  if (site.document(doctype, name) !== undefined) return;
  const gone = witness.wentAt(doctype, name).at(-1);
  if (gone === undefined || gone < site.clock.now() - slowestMs)
    witness.violate(`a file was sent for ${doctype} ${name}, which is not there`);
}

/** A file may only go if somebody wants it gone, who saw it under this name and on this document. */
function checkRemoval(file: Doc, site: DemoSite, witness: Witness): void {
  const [fileName, on] = [String(file['file_name']), String(file['attached_to_name'] ?? '')];
  const asked = witness.removals.filter(({ token }) => token === tokenIn(fileName));
  if (asked.length === 0) witness.violate(`${fileName} of ${on} was removed, and nobody had asked for it`);
  const tookBack = ({ entry, device }: Removal): boolean => entry !== null && witness.undone.has(entry) && !witness.bereft.has(device);
  if (asked.length > 0 && asked.every(tookBack)) witness.violate(`the removal of ${fileName} was taken back, and done`);
  const changed = witness.filesChanged.get(file.name);
  if (changed === undefined || changed > site.clock.now() - slowestMs) return;
  const saw = ({ seen }: Removal): boolean => seen.fileName === fileName && witness.known(seen.on?.name ?? '') === on;
  if (asked.length > 0 && !asked.some(saw)) witness.violate(`${fileName} of ${on} was removed unseen: it was changed`);
}
