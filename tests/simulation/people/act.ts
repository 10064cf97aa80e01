import { AppError } from '@shared/errors';
import { pickWeighed } from '../weighed';
import { amendOrder, attach, comment, editField, editRows, newCustomer, newOrder } from './edits';
import { decide, takeBack } from './decisions';
import { open, syncNow } from './looking';
import { NothingToDo } from './scene';
import type { Scene } from './scene';
import { cancel, remove, step, submit } from './verdicts';

type Action = { name: string; often?: number; run: (scene: Scene) => Promise<void> };

/** What people do at a device. */
const actions: Action[] = [
  { name: 'new customer', run: newCustomer },
  { name: 'new order', often: 2, run: newOrder },
  { name: 'edit', often: 3, run: editField },
  { name: 'edit rows', often: 2, run: editRows },
  { name: 'submit', run: submit },
  { name: 'cancel', run: cancel },
  { name: 'delete', run: remove },
  { name: 'amend', run: amendOrder },
  { name: 'workflow', run: step },
  { name: 'comment', run: comment },
  { name: 'attach', run: attach },
  { name: 'undo', run: takeBack },
  { name: 'decide', run: decide },
  { name: 'open', run: open },
  { name: 'sync now', run: syncNow },
];

export const doings: readonly string[] = actions.map(({ name }) => name);

/** So often somebody thinks of something else where there is nothing to do it with. */
const ideas = 5;

/** What the person at one device does next: a save, a file, a submit, or second thoughts. `among`: what people do in this run. */
export async function act(scene: Scene, among: readonly string[]): Promise<string> {
  const possible = actions.filter(({ name }) => among.includes(name));
  for (let idea = 0; idea < ideas; idea += 1) {
    const done = await carryOut(
      pickWeighed(scene.random, possible, ({ often }) => often),
      scene,
    );
    if (done !== null) return done;
  }
  return 'nothing';
}

/** Null where there is nothing to do it with. */
async function carryOut({ name, run }: Action, scene: Scene): Promise<string | null> {
  const { intents } = scene.witness;
  const before = intents.length;
  try {
    await run(scene);
  } catch (thrown) {
    if (thrown instanceof NothingToDo) return null;
    const { code } = AppError.from(thrown);
    // A change that cannot follow what is queued is refused to the person, who then knows that it was not saved.
    if (code !== 'refused' && code !== 'not-found') throw thrown;
    return `${name} (refused)`;
  }
  const [saved] = intents.slice(before);
  return saved === undefined
    ? name
    : `${name} ${saved.doctype} ${saved.fieldname ?? ''} ${saved.token} in ${saved.entry?.slice(0, 8) ?? 'nothing'}`;
}
