import { discard, listOutbox, resolve, retry, undo } from '../../../renderer/cache/outbox';
import { docOf } from '../../../renderer/cache/document-row';
import { rowsOf } from '@shared/erp/document';
import type { Doc } from '@shared/erp/document';
import type { CellPath, OutboxEntry, Problem } from '@shared/sync/outbox-entry';
import { shownOfTheirs } from '@shared/sync/seen';
import type { Device } from '../../support/device';
import { tokensIn } from '../witness';
import { removeAnyway } from './files';
import { givingUp } from './giving-up';
import { NothingToDo } from './scene';
import type { Scene } from './scene';

type Parked<K extends Problem['kind']> = { entry: OutboxEntry; problem: Extract<Problem, { kind: K }> };

export async function takeBack(scene: Scene): Promise<void> {
  const { device, random, witness } = scene;
  const open = (await listOutbox(device.cache)).filter((entry) => entry.state.at !== 'parked');
  if (open.length === 0) throw new NothingToDo();
  const entry = random.pick(open);
  const before = await seenWith(device, entry);
  await givingUp(witness, await goesWith(scene, entry), () => undo(device.ports, entry.id));
  // A look at a file that is there yet does not wait for what may be under way.
  if (entry.operation.kind !== 'detach' || entry.unanswered !== true) witness.undone.add(entry.id);
  if (before !== null) witness.looksAgain(device, entry.name, before);
}

/** All that was to follow a create goes with it. */
async function goesWith({ device }: Scene, entry: OutboxEntry): Promise<OutboxEntry[]> {
  if (entry.operation.kind !== 'create') return [entry];
  return (await listOutbox(device.cache)).filter((other) => other.doctype === entry.doctype && other.name === entry.name);
}

/** A person looks at something that the engine has laid before them. */
export async function decide(scene: Scene): Promise<void> {
  const { device, random } = scene;
  const parked = (await listOutbox(device.cache)).filter(({ state }) => state.at === 'parked');
  if (parked.length === 0) throw new NothingToDo();
  const entry = random.pick(parked);
  if (entry.state.at !== 'parked') throw new NothingToDo();
  const { problem, since } = entry.state;
  if (problem.kind !== 'may-exist' && random.chance(0.2)) return giveUp(scene, entry);
  switch (problem.kind) {
    case 'conflict':
      return chooseSides(scene, { entry, problem });
    case 'may-exist':
      // Nobody looks before what was on its way has arrived.
      if (device.ports.now() - since < 150_000) throw new NothingToDo();
      return tellWhich(scene, { entry, problem });
    case 'missing':
      if (problem.how === 'hidden') throw new NothingToDo();
      return makeAgain(scene, entry);
    case 'changed-before-submit':
      return doItAnyway(scene, { entry, problem });
    case 'refused':
      return retry(device.ports, entry.id);
    case 'changed-file':
      return random.chance(0.5) ? removeAnyway(scene, entry, problem) : giveUp(scene, entry);
    case 'unreadable':
      throw new NothingToDo();
  }
}

async function giveUp(scene: Scene, entry: OutboxEntry): Promise<void> {
  const { device, witness } = scene;
  const before = await seenWith(device, entry);
  await givingUp(witness, await goesWith(scene, entry), () => discard(device.ports, entry.id));
  if (before !== null) witness.looksAgain(device, entry.name, before);
}

/** What is submitted without an edit is compared with what was seen while the edit was part of it. */
async function seenWith(device: Device, { doctype, name, operation, state }: OutboxEntry): Promise<Doc | null> {
  if (operation.kind !== 'update') return null;
  if (state.at === 'parked' && state.problem.kind === 'conflict') return withClashes(state.problem);
  const row = await device.cache.documents.get([doctype, name]);
  return row === undefined ? null : docOf(row);
}

/** What a side loses by the choice is known before: a crash may leave it chosen without a word. */
async function chooseSides({ device, random, witness }: Scene, { entry, problem }: Parked<'conflict'>): Promise<void> {
  const choices = problem.clashes.map(({ path }) => ({ path, take: random.pick(['mine', 'theirs'] as const) }));
  for (const [position, { path, theirs, mine }] of problem.clashes.entries()) {
    if (choices[position]?.take === 'mine') witness.decides(device, theirs);
    else {
      const row = 'table' in path ? rowsOf(problem.mine, path.table).find(({ name }) => name === path.row) : undefined;
      tokensIn([mine, row]).forEach((token) => witness.waived.add(token));
    }
  }
  if (problem.theirs.docstatus === 1) witness.changedKnowingly.add(problem.theirs.name);
  await resolve(device.ports, entry.id, { kind: 'conflict', choices });
  // What is sent yet is looked at again as it is then. Otherwise they saw no more of the other side than what clashed.
  const left = await device.cache.outbox.get(entry.id);
  witness.looksAgain(device, entry.name, left === undefined ? withClashes(problem, choices) : problem.theirs);
}

/** What somebody has before them in a conflict: what they typed it on, and the other side of what clashed. */
const withClashes = (
  { mine, clashes }: Parked<'conflict'>['problem'],
  choices: { path: CellPath; take: 'mine' | 'theirs' }[] = [],
): Doc => ({
  ...mine,
  ...Object.fromEntries(
    shownOfTheirs(clashes, choices).flatMap(({ path, theirs }) => ('table' in path ? [] : [[path.fieldname, theirs ?? null]])),
  ),
});

/** People know their own document when they see it, also after they changed it or it was given another name. */
async function tellWhich(scene: Scene, { entry, problem }: Parked<'may-exist'>): Promise<void> {
  const { device, witness } = scene;
  const row = await device.cache.documents.get([entry.doctype, entry.name]);
  if (row === undefined || entry.operation.kind !== 'create') throw new NothingToDo();
  const own = witness.madeBy(entry.operation.values['customer_name'] ?? entry.operation.values['po_no']);
  const found = problem.candidates.map(({ name }) => ({ name, now: witness.nameNow(name) })).find(({ now }) => own.includes(now));
  if (found !== undefined && found.now !== found.name) return giveUp(scene, entry);
  await resolve(device.ports, entry.id, found === undefined ? { kind: 'send-anyway' } : { kind: 'adopt', name: found.name });
}

async function makeAgain(scene: Scene, entry: OutboxEntry): Promise<void> {
  const { device, witness } = scene;
  const row = await device.cache.documents.get([entry.doctype, entry.name]);
  if (row !== undefined) witness.wantsAnew(device, docOf(row));
  // Its files went with it, as far as its person knows: what is out of sight under another name has them yet.
  const removals = (await listOutbox(device.cache)).filter(
    ({ doctype, name, operation }) => operation.kind === 'detach' && doctype === entry.doctype && name === entry.name,
  );
  await givingUp(witness, removals, () => resolve(device.ports, entry.id, { kind: 'recreate' }));
  const again = await device.cache.outbox.get(entry.id);
  if (again !== undefined) witness.remakes(device, entry.name, again.name);
}

/** What the server has now is before their eyes. */
async function doItAnyway({ device, witness }: Scene, { entry, problem }: Parked<'changed-before-submit'>): Promise<void> {
  const { doctype, name } = entry;
  const { kind } = entry.operation;
  if (kind !== 'submit' && kind !== 'cancel' && kind !== 'delete') throw new NothingToDo();
  witness.looks.push({ device, kind, doctype, name, doc: problem.theirs, pending: [] });
  await resolve(device.ports, entry.id, { kind: 'submit-anyway' });
}
