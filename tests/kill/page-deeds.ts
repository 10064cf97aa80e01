import type { Bridge } from '../../shared/bridge';
import type { StoredFile } from '../../shared/bridge/files';
import type { DocumentValues } from '../../shared/erp/document';
import { readDocument } from '../../renderer/cache/documents';
import type { Cache } from '../../renderer/cache/open-cache';
import { record } from '../../renderer/cache/record';
import type { Recorder } from '../../renderer/cache/recorder';

/** One thing that a person does. Documents are named as they were when it was planned. */
export type Deed =
  | { kind: 'create'; doctype: string; values: DocumentValues }
  | { kind: 'set'; doctype: string; name: string; values: DocumentValues }
  | { kind: 'row'; doctype: string; name: string; row: DocumentValues }
  | { kind: 'submit'; doctype: string; name: string }
  | { kind: 'comment'; doctype: string; name: string; content: string }
  | { kind: 'attach'; doctype: string; name: string; text: string };

/** What the device still has to send. `text` holds everything that was typed, and the names of files. */
export type Unsent = { at: string; kind: string; problem: string | null; lastError: string | null; text: string };

type Session = {
  bridge: Bridge;
  recorder: Recorder;
  cache: Cache;
  workspace: { accountId: string; sync: { send(command: { kind: 'saved' }): void } };
};

/** The session store of the app that runs in this page. */
function session(): Session {
  // Vue leaves the app on its element, Pinia its stores on the app: both are there in the product as well.
  const element = document.querySelector('#app') as unknown as {
    __vue_app__: { config: { globalProperties: { $pinia: { _s: Map<string, Session> } } } };
  };
  const store = element.__vue_app__.config.globalProperties.$pinia._s.get('session');
  if (store === undefined) throw new Error('The app in this page has no session.');
  return store;
}

/** Saves as the app's own form does, with the app's own recorder; answers the document's name once it is safe. */
export async function save(deed: Deed): Promise<string> {
  const { recorder, bridge, cache, workspace } = session();
  const { doctype } = deed;
  const current = async (name: string): Promise<DocumentValues> => {
    const local = await readDocument(cache, doctype, name);
    if (local === undefined) throw new Error(`${doctype} ${name} is not on this device.`);
    return local.doc;
  };
  const done = async (): Promise<string> => {
    switch (deed.kind) {
      case 'create':
        return (await record(recorder, { kind: 'create', doctype, values: deed.values })).name;
      case 'set':
        return (await record(recorder, { ...deed, kind: 'update', values: { ...(await current(deed.name)), ...deed.values } })).name;
      case 'row': {
        const values = await current(deed.name);
        const rows = Array.isArray(values['items']) ? values['items'] : [];
        // A row of a person has no name yet; `record` gives it one.
        const items = [...rows, deed.row] as typeof rows;
        return (await record(recorder, { kind: 'update', doctype, name: deed.name, values: { ...values, items } })).name;
      }
      case 'submit':
      case 'comment':
        return (await record(recorder, deed)).name;
      case 'attach': {
        const file = await keep(bridge, workspace.accountId, deed.text);
        const { name } = deed;
        return (await record(recorder, { kind: 'attach', doctype, name, file, fileName: `${deed.text}.txt`, isPrivate: true })).name;
      }
    }
  };
  const name = await done();
  workspace.sync.send({ kind: 'saved' });
  return name;
}

async function keep({ files }: Bridge, account: string, text: string): Promise<StoredFile> {
  const bytes = new TextEncoder().encode(text);
  const { handle } = await files.begin({ account, name: `${text}.txt`, size: bytes.byteLength });
  await files.write({ handle, bytes });
  return files.finish({ handle });
}

/** Everything in the outbox of this device. */
export async function unsent(): Promise<Unsent[]> {
  const { cache } = session();
  const entries = await cache.outbox.orderBy('seq').toArray();
  return Promise.all(
    entries.map(async (entry) => ({
      at: entry.state.at,
      kind: entry.operation.kind,
      problem: entry.state.at === 'parked' ? JSON.stringify(entry.state.problem) : null,
      lastError: entry.lastError?.message ?? null,
      text: JSON.stringify([entry, entry.operation.kind === 'attach' ? await cache.attachments.get(entry.operation.attachment) : null]),
    })),
  );
}

/** How many changes the main process's journal still holds. */
export async function journalled(): Promise<number> {
  const { bridge, workspace } = session();
  return (await bridge.journal.read({ account: workspace.accountId })).length;
}

/** Whether the device has these documents, and the app is up. After the loss of its database it downloads them again first. */
export async function has(documents: readonly [doctype: string, name: string][]): Promise<boolean> {
  const element = document.querySelector('#app');
  if (element === null || !('__vue_app__' in element) || session().workspace === null) return false;
  const rows = await session().cache.documents.bulkGet([...documents]);
  return rows.every((row) => row !== undefined);
}
