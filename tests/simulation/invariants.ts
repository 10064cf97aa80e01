import { rowsOf } from '@shared/erp/document';
import type { Doc } from '@shared/erp/document';
import type { DocTypeBundle } from '@shared/erp/doctype';
import { isTemporaryName, temporaryPrefix } from '@shared/erp/temporary-name';
import type { ErrorCode } from '@shared/errors';
import { temporaryNamesIn } from '@shared/sync/rewrite-names';
import { fieldsOf, isBookkeeping } from '@shared/sync/document-fields';
import { siteTime } from '@shared/sync/site-time';
import { everyDifference } from '@shared/sync/differences';
import { differs } from '@shared/sync/merge';
import type { Clash, Problem } from '@shared/sync/outbox-entry';
import { docOf } from '../../renderer/cache/document-row';
import { readDocType } from '../../renderer/cache/doctypes';
import type { DemoSite } from '../../electron/demo/site';
import type { Device } from '../support/device';
import { profile, workflowField, workflowStates } from './company';
import { rowsAt } from './people/scene';
import { tokensIn } from './witness';
import type { Intent, Removal, Witness } from './witness';

/** After the network healed: the promises of the sync engine, checked against what the witness saw. */
export async function checkPromises(site: DemoSite, devices: Device[], witness: Witness): Promise<void> {
  for (const intent of witness.intents) await nothingLost(intent, witness);
  for (const removal of witness.removals) await fileIsGone(site, removal, witness);
  nothingTwice(site, witness);
  for (const [position, device] of devices.entries()) {
    await nothingLeftBehind(device, position, witness);
    await endedWell(site, device, position, witness);
    await receiptsTellTruth(site, device, position, witness);
    await converged(site, device, position, witness);
  }
}

async function nothingLost(intent: Intent, witness: Witness): Promise<void> {
  const { entry, token, device, doctype } = intent;
  if (entry === null || witness.arrived.has(token) || witness.givenUp.has(entry) || witness.waived.has(token)) return;
  // Edits made while another was on its way end up in one entry.
  const waiting = (await device.cache.outbox.toArray()).filter((stored) => stored.doctype === doctype);
  const attached = (await device.cache.attachments.toArray()).filter(({ fileName }) => fileName.includes(token)).map(({ id }) => id);
  if (
    waiting.some(
      ({ operation }) =>
        JSON.stringify(operation).includes(token) || (operation.kind === 'attach' && attached.includes(operation.attachment)),
    )
  )
    return;
  if (await isSuperseded(intent, witness)) return;
  witness.violate(`lost: ${intent.kind} ${token} of ${doctype} ${intent.name}, entry ${entry.slice(0, 8)}`);
}

/** A file whose removal was saved is gone, or a person has to say what becomes of it. */
async function fileIsGone(site: DemoSite, { device, entry, seen, token }: Removal, witness: Witness): Promise<void> {
  if (entry === null || witness.givenUp.has(entry) || site.document('File', seen.file) === undefined) return;
  if ((await device.cache.outbox.get(entry)) === undefined)
    witness.violate(`lost: the removal of ${token}, entry ${entry.slice(0, 8)}, and the file is there`);
}

/** The same person typed something else in the same place before it was sent. */
async function isSuperseded(intent: Intent, witness: Witness): Promise<boolean> {
  const name = await witness.nameAt(intent.device, intent.name);
  for (const later of witness.intents.slice(witness.intents.indexOf(intent) + 1)) {
    if (later.device !== intent.device || later.doctype !== intent.doctype) continue;
    const samePlace =
      (intent.kind === 'row' && later.kind === 'row') ||
      (later.kind === 'field' && (intent.kind === 'create' || intent.fieldname === later.fieldname));
    if (samePlace && (later.entry === intent.entry || (await witness.nameAt(later.device, later.name)) === name)) return true;
  }
  return false;
}

function nothingTwice(site: DemoSite, witness: Witness): void {
  for (const [token, times] of witness.doubled()) witness.violate(`doubled: ${token} was created ${times} times`);
  const orders = site
    .documents('Sales Order')
    .flatMap((order) => rowsOf(order, 'items').map((row) => `${order.name} ${String(row['description'] ?? '')}`));
  const parties = ['Customer', 'Sales Order'].flatMap((doctype) => site.documents(doctype));
  const comments = parties.flatMap(({ doctype, name, creation }) =>
    site
      .comments(doctype, name)
      // Those before it were on one of the same name that was deleted.
      .filter((comment) => String(comment['creation']) >= (creation ?? ''))
      .map((comment) => String(comment['content'])),
  );
  // One that arrived minutes late, after its document got another name, hangs on the old one, where nobody looks for it.
  const hangs = ({ doc }: { doc: Doc }): boolean =>
    site.document(String(doc['attached_to_doctype']), String(doc['attached_to_name'])) !== undefined;
  const files = site
    .files()
    .filter(hangs)
    .map(({ bytes }) => new TextDecoder().decode(bytes));
  for (const { kind, token } of witness.intents) {
    const count =
      kind === 'row'
        ? orders.filter((row) => row.endsWith(` ${token}`)).length
        : kind === 'comment'
          ? comments.filter((text) => text.includes(token)).length
          : kind === 'file'
            ? files.filter((text) => text.endsWith(token)).length
            : 0;
    if (count > witness.allowed(token)) witness.violate(`doubled: ${kind} ${token} is there ${count} times`);
  }
}

async function nothingLeftBehind(device: Device, position: number, witness: Witness): Promise<void> {
  const entries = await device.cache.outbox.toArray();
  for (const { operation, doctype, name, state, lastError } of entries) {
    if (state.at === 'parked' || state.at === 'waiting') continue;
    // Behind a parked entry of its document or of what it names, or one that waits for others, it waits as well.
    const ahead = entries.filter((other) => other.doctype === doctype);
    const named = temporaryNamesIn(operation);
    const blocked =
      ahead.some((other) => other.state.at === 'parked' || (other.state.at === 'waiting' && other.name === name)) ||
      entries.some((other) => other.state.at === 'parked' && named.has(other.name));
    if (!blocked)
      witness.violate(`device ${position}: ${operation.kind} ${doctype} is still ${state.at} (${lastError?.code ?? 'no error'})`);
  }
  const unread = [...device.journal.entries.keys()].filter((id) => !entries.some((entry) => entry.id === id));
  if (unread.length > 0) witness.violate(`device ${position}: the journal still has ${unread.length} entries that are done`);
  for (const line of device.logged.filter((logged) => logged.startsWith('error'))) witness.violate(`device ${position}: ${line}`);
  // Nobody changes items: whatever a comparison of names has yet to fetch was passed over by the download before it.
  for (const line of device.logged.filter((logged) => /Item compared: .*; [1-9]\d* to fetch/.test(logged)))
    witness.violate(`device ${position}: left to the comparison of names: ${line}`);
}

/** What was sent left a receipt, and what was taken back never arrived; what a person has to decide is theirs to decide. */
async function endedWell(site: DemoSite, device: Device, position: number, witness: Witness): Promise<void> {
  for (const { entry, token, kind } of witness.intents.filter((intent) => intent.device === device)) {
    if (entry === null || kind === 'field' || kind === 'row' || !witness.arrived.has(token)) continue;
    if (witness.undone.has(entry) && !witness.bereft.has(device))
      witness.violate(`device ${position}: ${kind} ${token} was taken back, and arrived`);
    if (witness.givenUp.has(entry) || witness.bereft.has(device)) continue;
    const known = [await device.cache.receipts.get(entry), await device.cache.outbox.get(entry)];
    if (known.every((row) => row === undefined)) witness.violate(`device ${position}: ${kind} ${token} arrived, and left no receipt`);
  }
  for (const { operation, doctype, name, state } of await device.cache.outbox.toArray()) {
    for (const temporary of temporaryNamesIn(operation)) {
      const named = (await device.cache.aliases.get(temporary))?.name ?? temporary;
      if (!named.startsWith(temporaryPrefix))
        witness.violate(`device ${position}: ${operation.kind} ${doctype} calls ${named} by the name that it had here`);
    }
    if (state.at !== 'parked') continue;
    const { problem } = state;
    if (problem.kind === 'refused' && passing.has(problem.code))
      witness.violate(`device ${position}: ${operation.kind} ${doctype} was laid before a person for ${problem.code}`);
    if (
      // What is hidden is not found by looking.
      !witness.hidden &&
      operation.kind === 'create' &&
      problem.kind === 'refused' &&
      witness.madeBy(operation.values).some((made) => mayBeOf(device, site.document(doctype, made), operation.values, witness))
    )
      witness.violate(`device ${position}: create ${doctype} ${name} is said to be refused, and is there`);
    // Of a document that is only here yet the rows are, too.
    if (
      !name.startsWith(temporaryPrefix) &&
      differencesOf(problem).some(({ path, row }) => row !== 'added-here' && 'row' in path && isTemporaryName(path.row))
    )
      witness.violate(`device ${position}: ${operation.kind} ${doctype} ${name} is compared by a name that its row had only here`);
    // One that was made anew after it was deleted is another one of its name.
    const there = site.document(doctype, witness.nameNow(name));
    const here = await device.cache.documents.get([doctype, name]);
    if (
      problem.kind === 'missing' &&
      problem.how === 'gone' &&
      there !== undefined &&
      (here === undefined || there.creation === here.creation)
    )
      witness.violate(`device ${position}: ${doctype} ${name} is said to be deleted, and is there`);
  }
}

/** Of two people who made a deleted document anew, each has one of their own; the server may take only the first. */
const mayBeOf = ({ account }: Device, made: Doc | undefined, values: unknown, witness: Witness): boolean =>
  made?.owner === account.user && tokensIn(values).every((token) => witness.allowed(token) === 1);

const differencesOf = (problem: Problem): Clash[] =>
  problem.kind === 'conflict' ? problem.clashes : problem.kind === 'changed-before-submit' ? problem.differences : [];

/** What a person is told was deleted is gone, and what was submitted or cancelled is so, or has gone further since. */
async function receiptsTellTruth(site: DemoSite, device: Device, position: number, witness: Witness): Promise<void> {
  for (const { id, kind, doctype, name } of await device.cache.receipts.toArray()) {
    // Not what was made anew in its place.
    const now = witness.known(name);
    // Who may not see a document does not learn its new name.
    if (witness.hidden && now !== name) continue;
    const doc = site.document(doctype, now);
    if (doc === undefined || madeAgain(site, doc, [name, now], witness)) continue;
    const state = witness.steps.get(id);
    if (state !== undefined && stepOf(String(doc[workflowField])) < stepOf(state))
      witness.violate(`device ${position}: ${doctype} ${name} is said to be ${state}, and is ${String(doc[workflowField])}`);
    const least = kind === 'submit' ? 1 : kind === 'cancel' ? 2 : kind === 'delete' ? 3 : 0;
    if ((doc.docstatus ?? 0) < least) witness.violate(`device ${position}: ${kind} of ${doctype} ${name} is said to be done, and is not`);
  }
}

/** What was deleted under one of its names may be made anew under that, and be renamed after. */
function madeAgain({ clock }: DemoSite, { doctype, creation }: Doc, names: string[], witness: Witness): boolean {
  return names.flatMap((name) => witness.wentAt(doctype, name)).some((at) => (creation ?? '') >= siteTime(at, clock.timeZone));
}

const stepOf = (state: string): number => workflowStates.indexOf(state);

/** Nothing that a person could decide about. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'internal',
  'try-again',
  'busy',
  'rate-limited',
  'budget',
  'offline',
  'lost',
  'timeout',
  'not-frappe',
]);

/** A pull alone brings every version, whatever a comparison of names would find later. */
export async function checkPulled(site: DemoSite, devices: Device[], witness: Witness): Promise<void> {
  for (const [position, device] of devices.entries()) {
    for (const { doctype, name, modified } of profile.flatMap((each) => site.documents(each))) {
      const row = await device.cache.documents.get([doctype, name]);
      if (row === undefined || (row.mark === undefined && row.modified !== modified))
        witness.violate(`device ${position}: ${doctype} ${name} was not pulled`);
    }
  }
}

async function converged(site: DemoSite, device: Device, position: number, witness: Witness): Promise<void> {
  for (const doctype of profile) {
    const bundle = await readDocType(device.cache, doctype);
    const rows = await rowsAt(device, doctype);
    const here = new Map(rows.map((row) => [row.name, row]));
    for (const stored of site.documents(doctype)) {
      const there = asAnswered(stored, bundle);
      const row = here.get(there.name);
      here.delete(there.name);
      if (row === undefined) witness.violate(`device ${position}: ${doctype} ${there.name} is missing`);
      else if (row.mark === undefined && differs(docOf(row), there, fieldsOf(bundle))) {
        const differences = everyDifference(docOf(row), there, bundle).filter((each) => !isUnseenRename(each, witness));
        if (differences.length > 0)
          witness.violate(`device ${position}: ${doctype} ${there.name} differs: ${JSON.stringify(differences.slice(0, 3))}`);
      }
    }
    for (const [name, row] of here)
      if (row.mark === undefined) witness.violate(`device ${position}: ${doctype} ${name} is not on the server any more`);
  }
}

/** A Link to what was hidden from its person while it was renamed: no list tells that the Link was rewritten. */
function isUnseenRename({ mine, theirs }: Clash, witness: Witness): boolean {
  return witness.hidden && typeof mine === 'string' && mine !== theirs && witness.nameNow(mine) === theirs;
}

/** A document without what its DocType has no column for: rules may leave such values in memory, but no list tells them. */
function asAnswered(doc: Doc, bundle: DocTypeBundle | undefined): Doc {
  const fields = fieldsOf(bundle);
  const told = Object.entries(doc).filter(([name]) => isBookkeeping(name) || fields.field(name) !== undefined);
  const rows = told.map(([name, value]) => [
    name,
    Array.isArray(value)
      ? value.map((row) =>
          Object.fromEntries(Object.entries(row).filter(([cell]) => isBookkeeping(cell) || fields.rows(name).field(cell) !== undefined)),
        )
      : value,
  ]);
  // The same document with fewer fields; the identity is bookkeeping and stays.
  return Object.fromEntries(rows) as Doc;
}
