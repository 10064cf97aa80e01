import '../../../../renderer/zod-jitless';
import { runTasks } from '../../browser/run-tasks';
import { longest, mixedDocuments, statuses, subject } from './documents';
import { fieldbook } from './fieldbook';
import type { Contender, Store, Taken, Task } from './task';

/** The others are scripts of their own, which the page's server has. */
async function open(contender: Contender): Promise<Store> {
  if (contender === 'fieldbook') return fieldbook();
  const peer = (await import(/* @vite-ignore */ `/${contender}.js`)) as { open: (of: string) => Promise<Store> }; // see ../peers
  return peer.open(subject);
}

/** Texts as they grow under the fingers, from titles of documents far apart. */
function typed(count: number): string[] {
  const texts: string[] = [];
  let at = 0;
  for (const [doc] of mixedDocuments(count)) {
    at += 1;
    const title = String(doc?.['title'] ?? '').slice(0, 12);
    if (at % 20 !== 0) continue;
    for (let length = 1; length <= title.length; length += 1) texts.push(title.slice(0, length));
  }
  return texts;
}

async function run({ contender, count }: Task): Promise<Taken> {
  const store: Store = await open(contender);
  const taken: Taken = {};
  async function take(name: string, work: () => Promise<number>, least = 1): Promise<void> {
    const started = performance.now();
    const found = await work();
    (taken[name] ??= []).push(performance.now() - started);
    if (found < least) throw new Error(`${name}: ${found} instead of ${least}`);
  }
  await take('fill', async () => store.fill(mixedDocuments(count)).then(() => count));
  Object.assign(taken, await store.extra?.());
  for (let round = 0; round < 20; round += 1) {
    await take('open-list', () => store.newest(50 + round), 50);
    await take('open-document', () => store.open(longest.doctype, longest.name(round)), 100);
  }
  for (let round = 0; round < 5; round += 1) {
    await take('filter', () => store.withStatus(statuses[round] ?? '', 50 + round), 50);
    await take('sort', () => store.greatest(50 + round), 50);
  }
  const texts = typed(count);
  // A look through all documents takes the others a second and more.
  const asked = contender === 'fieldbook' ? texts : texts.filter((_, position) => position % Math.ceil(texts.length / 5) === 0);
  for (const text of asked) {
    await take('search', () => store.search(text));
    if (text.length <= 2) await take('search-short', () => store.search(text));
  }
  await store.end();
  return taken;
}

// What the page of this bench posts.
runTasks((task) => run(task as Task));
