import { AppError } from '@shared/errors';
import type { ErrorCode } from '@shared/errors';
import type { WantedFile } from '@shared/files/files-offline';
import { lowDiskBytes } from '@shared/files/room';
import { dayMs, isDue } from '@shared/sync/due';
import type { FilesProgress } from '@shared/sync/sync-state';
import { doctypesWithFiles, offlineFiles, readFilesOffline } from '../cache/files-offline';
import { noteKeptFile } from '../cache/kept-files';
import { noteRefused } from '../cache/site-files';
import { listSiteFiles, listSiteFilesSoon } from './list-site-files';
import { roomLeft } from './make-room';
import type { Site } from './site';

/** Files fetched at the same time. */
const atOnce = 2;

/** Said of one file: it is not asked for again for a day, unless it changes there or the person asks. */
const ofTheFile: ReadonlySet<ErrorCode> = new Set([
  'forbidden',
  'not-found',
  'not-frappe',
  'too-large',
  'unsupported',
  'refused',
  'server-error',
]);
/** So many in a row that broke off, and the rest waits for the next round. */
const mostBroken = 3;
const ofTheDisk: ReadonlySet<ErrorCode> = new Set(['storage', 'storage-full', 'key-store']);

/** `report` is told null where there is nothing to fetch. */
export type FilesRound = { paused: () => boolean; report: (progress: FilesProgress | null) => void };

/**
 * Fetches the attachments that the person wants on this device, two at a time, until all are here, the room for them is used
 * up, or the server cannot be asked. Nothing is thrown away for them. What is
 * left is asked for with the next round.
 */
export async function keepFiles(site: Site, round: FilesRound): Promise<void> {
  const choice = await readFilesOffline(site.cache);
  if (choice.of === 'none' && (await doctypesWithFiles(site.cache, choice)).length === 0) return;
  try {
    await listSiteFiles(site);
  } catch (thrown) {
    const { code } = AppError.from(thrown);
    site.log('info', `the files of documents were not listed (${code})`);
    if (code !== 'forbidden') return;
  }
  const { missing, refused } = await offlineFiles(site.cache);
  const again = refused.filter(({ at }) => isDue(at, site.now(), dayMs));
  const queue = [...missing, ...again];
  if (queue.length === 0) round.report(null);
  else await fetchAll(site, queue, round);
}

async function fetchAll(site: Site, queue: WantedFile[], { paused, report }: FilesRound): Promise<void> {
  const room = await roomLeft(site);
  const progress: FilesProgress = { done: 0, total: queue.length, stopped: null };
  report(progress);
  let broken = 0;
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (broken >= mostBroken || paused() || !site.watch.mayAsk) return;
      const size = Math.max(0, ...next.files.map((file) => file.size ?? 0));
      if (size > room.bytes) {
        progress.stopped = 'quota';
        continue;
      }
      if (size > room.free - lowDiskBytes) {
        progress.stopped = 'disk';
        continue;
      }
      room.bytes -= size;
      room.free -= size;
      const outcome = await fetchOne(site, next);
      if (outcome === 'disk') {
        progress.stopped = 'disk';
        return;
      }
      broken = outcome === 'later' ? broken + 1 : 0;
      progress.done += 1;
      report(progress);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  report(progress);
}

async function fetchOne(site: Site, { url, files }: WantedFile): Promise<'kept' | 'refused' | 'later' | 'disk'> {
  const { cache, account } = site;
  try {
    const told = files.slice(0, 50).map(({ size, md5 }) => ({ size, md5 }));
    await noteKeptFile(cache, url, await site.erp.fetchFile({ account, url, told, priority: 'bulk' }), site.now());
    return 'kept';
  } catch (thrown) {
    const { code } = AppError.from(thrown);
    site.log('info', `a file was not fetched (${code})`);
    if (ofTheDisk.has(code)) return 'disk';
    if (!ofTheFile.has(code)) return 'later';
    // Deleted there since it was listed, perhaps (a private one is forbidden then): it is not missed from the next round on.
    if (code === 'not-found' || code === 'forbidden') await listSiteFilesSoon(site);
    await noteRefused(
      cache,
      files.map(({ name }) => name),
      { code, at: site.now() },
    );
    return 'refused';
  }
}
