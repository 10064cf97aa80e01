import { readFile, writeFile } from 'node:fs/promises';
import type { StoredFile } from '../../../shared/bridge/files';
import type { Person } from '../../../electron/demo/company/people';
import { handOver } from '../../../renderer/bridge/hand-over';
import { connectSocket } from '../../../renderer/bridge/socket-connection';
import { browserAt, openLink } from '../../support/browser-socket';
import { startHeadlessHost } from '../../support/headless-app';

/** The headless host as a page has it, signed in to a site; files are handed to it as the page does. */
export async function openHost(dataFolder: string, url: string, person: Person) {
  const host = await startHeadlessHost({ dataFolder, flags: [] });
  const origin = new URL(host.link).origin;
  Object.assign(globalThis, browserAt(origin, await openLink(host.link)));
  const { bridge } = await connectSocket({ origin });
  const { id: account } = await bridge.accounts.signIn({
    ...{ address: url, apiKey: person.apiKey, apiSecret: person.apiSecret, keep: 'session' },
  });

  /** Until the bytes are sealed and fsynced. */
  const accept = (name: string, bytes: Uint8Array): Promise<StoredFile> => {
    const read = async (from: number, to: number) => new Uint8Array(bytes.subarray(from, to));
    return handOver(bridge.files, account, { name, size: bytes.byteLength, read }, () => undefined);
  };

  const upload = (file: StoredFile, fileName: string, on: { doctype: string; docname: string }) =>
    bridge.files.upload({ account, file: file.id, fileName, ...on, isPrivate: true });

  return { accept, upload, memory: memoryOf(host.pid), stop: () => host.stop() };
}

/** What a process holds in memory (MiB): now, and at most since it was asked to count anew. */
function memoryOf(pid: number) {
  const line = async (name: string): Promise<number> => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? NaN) / 1024;
  };
  return {
    now: () => line('VmRSS'),
    most: () => line('VmHWM'),
    // proc(5): 5 sets the peak back to what is held now.
    countAnew: () => writeFile(`/proc/${pid}/clear_refs`, '5'),
  };
}
