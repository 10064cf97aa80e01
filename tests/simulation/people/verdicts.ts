import { writesDocument } from '@shared/sync/entry-state';
import { baseOf, docOf } from '../../../renderer/cache/document-row';
import { listOutbox } from '../../../renderer/cache/outbox';
import type { DocumentRow } from '../../../renderer/cache/rows';
import { workflowField, workflowStates } from '../company';
import type { Look } from '../witness';
import { givingUp } from './giving-up';
import { NothingToDo, save, some } from './scene';
import type { Scene } from './scene';

/** Told before the save, which may crash and be done all the same. */
async function looks({ device, witness }: Scene, kind: Look['kind'], row: DocumentRow): Promise<void> {
  const entries = (await listOutbox(device.cache)).filter((entry) => entry.doctype === row.doctype && entry.name === row.name);
  const writes = entries.filter(writesDocument);
  // A delete takes back what is queued: the server's version is what it is compared with.
  const doc = kind === 'delete' ? (baseOf(row) ?? docOf(row)) : writes.length > 0 ? null : docOf(row);
  // What was typed over since is not seen any more.
  const shown = JSON.stringify(docOf(row));
  const seen = witness.intents.filter(({ token }) => shown.includes(token));
  const pending = writes.flatMap((entry) =>
    seen.flatMap(({ token }) => (JSON.stringify(entry.operation).includes(token) ? [{ token, entry: entry.id }] : [])),
  );
  witness.looks.push({ device, kind, doctype: row.doctype, name: row.name, doc, pending });
}

const beheld = (row: DocumentRow): string | null => docOf(row).modified ?? null;

export async function submit(scene: Scene): Promise<void> {
  const row = await some(scene, ['Sales Order'], (doc) => (doc.docstatus ?? 0) === 0);
  await looks(scene, 'submit', row);
  await save(scene, { kind: 'submit', doctype: row.doctype, name: row.name, beheld: beheld(row) });
}

export async function cancel(scene: Scene): Promise<void> {
  const row = await some(scene, ['Sales Order'], (doc) => doc.docstatus === 1);
  await looks(scene, 'cancel', row);
  await save(scene, { kind: 'cancel', doctype: row.doctype, name: row.name, beheld: beheld(row) });
}

export async function remove(scene: Scene): Promise<void> {
  const { device, witness } = scene;
  const row = await some(scene, ['Customer', 'Sales Order'], (doc) => (doc.docstatus ?? 0) !== 1);
  const now = witness.nameNow(row.name);
  const entries = (await listOutbox(device.cache)).filter((entry) => entry.doctype === row.doctype && witness.nameNow(entry.name) === now);
  await looks(scene, 'delete', row);
  await givingUp(witness, entries, () => save(scene, { kind: 'delete', doctype: row.doctype, name: row.name, beheld: beheld(row) }));
}

/** The next step of the workflow, where customers go through one: from where the last unsent one leads. */
export async function step(scene: Scene): Promise<void> {
  const next = (state: unknown): string | undefined =>
    typeof state === 'string' && state !== '' ? workflowStates[workflowStates.indexOf(state) + 1] : undefined;
  const row = await some(scene, ['Customer'], (doc) => next(doc[workflowField]) !== undefined);
  const { doctype, name } = row;
  const unsent = (await listOutbox(scene.device.cache)).filter((entry) => entry.doctype === doctype && entry.name === name);
  const led = unsent.flatMap(({ operation }) => (operation.kind === 'workflow' ? [operation.toState] : []));
  const fromState = led.at(-1) ?? String(docOf(row)[workflowField]);
  const toState = next(fromState);
  if (toState === undefined) throw new NothingToDo();
  const change = { action: `To ${toState}`, stateField: workflowField, fromState, toState };
  const saved = await save(scene, { kind: 'workflow', doctype, name, ...change, beheld: beheld(row) });
  if (saved.entry !== null) scene.witness.steps.set(saved.entry, toState);
}
