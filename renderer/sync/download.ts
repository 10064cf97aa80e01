import { AppError } from '@shared/errors';
import { hourMs, isDue } from '@shared/sync/due';
import { profileFilters } from '@shared/sync/profile';
import type { ProfileEntry } from '@shared/sync/profile';
import type { PullProgress } from '@shared/sync/sync-state';
import { listDocTypes } from '../cache/doctypes';
import { keptNumber } from '../cache/meta';
import { readProfile } from '../cache/profile';
import { refreshIdentity } from './identity';
import type { LinkClosure } from './link-closure';
import { leaveTakenOut } from './leave-taken-out';
import { loseDocType } from './lose';
import { withMetadata } from './metadata';
import { pullDocType } from './pull/pull-doctype';
import { refreshDocInfos } from './refresh-docinfos';
import { bundleOf, readBundle } from './site';
import type { Site } from './site';
import { sweepDocType } from './sweep';
import type { Swept } from './sweep';
import { todayOf } from './today';

/** DocTypes downloaded at the same time. */
const atOnce = 2;

/** A DocType is compared as a whole this often. */
const sweepEveryMs = hourMs;

export type DownloadOptions = {
  /** These only; all of the profile otherwise. */
  doctypes?: string[] | undefined;
  /** Compare names now, whenever it was done last. */
  sweep?: boolean;
  /** Told what this run is about, before anything is asked. */
  begin: (doctypes: string[]) => void;
  report: (progress: PullProgress) => void;
  /** Told what each comparison of names cost. */
  compared: (doctype: string, cost: Swept) => void;
  paused: () => boolean;
  /** Looks at the company's profile, where one is followed and that is due: before this run reads what is to be kept. */
  company: () => Promise<void>;
};

/** `complete`: nothing failed or was put off; `news`: documents that this device did not have in this version. */
export type Downloaded = { complete: boolean; news: number };

/**
 * Brings this device up to date: each DocType of the profile since its last run, what those documents link to, and,
 * hourly, the comparison of names. One DocType that fails does not stop the rest.
 */
export async function download(site: Site, closure: LinkClosure, options: DownloadOptions): Promise<Downloaded> {
  if (options.doctypes === undefined) {
    await refreshIdentity(site);
    await options.company();
  }
  const profile = await readProfile(site.cache);
  await closure.leave(
    site,
    profile
      .filter(({ links }) => links === false)
      .map(({ doctype }) => doctype)
      .sort(),
  );
  await closure.resume(site);
  if (options.doctypes === undefined) await leaveTakenOut(site, profile);
  const wanted = options.doctypes === undefined ? profile : chosen(profile, options.doctypes);
  const result: Downloaded = { complete: true, news: 0 };
  options.begin(wanted.map(({ doctype }) => doctype));
  const queue = [...wanted];
  const worker = async (): Promise<void> => {
    for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) {
      if (!site.watch.mayAsk || options.paused()) return;
      if (!(await one(site, entry, options, result))) result.complete = false;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  if (options.paused() || !site.watch.mayAsk) return { ...result, complete: false };
  await closure.fetch(site);
  if (options.doctypes === undefined) {
    await sweepLinked(site, profile, options);
    await refreshDocInfos(site);
  }
  return { ...result, complete: result.complete && site.watch.mayAsk };
}

const chosen = (profile: ProfileEntry[], doctypes: string[]): ProfileEntry[] =>
  doctypes.map((doctype) => profile.find((entry) => entry.doctype === doctype) ?? { doctype, filters: [] });

async function one(site: Site, entry: ProfileEntry, options: DownloadOptions, result: Downloaded): Promise<boolean> {
  const { doctype } = entry;
  const known = await site.cache.cursors.get(doctype);
  const progress: PullProgress = {
    doctype,
    state: 'downloading',
    done: 0,
    total: null,
    bytes: 0,
    completedAt: known?.completedAt ?? null,
    error: null,
  };
  try {
    return await withMetadata(site, doctype, () => bring(site, entry, options, { result, progress }));
  } catch (thrown) {
    const error = AppError.from(thrown);
    site.log(
      error.code === 'internal' ? 'error' : 'info',
      `${doctype}: download stopped (${error.code}) ${error.code === 'internal' ? error.message : ''}`,
    );
    if (error.code === 'forbidden' && error.details.excType === 'PermissionError') await loseDocType(site, doctype);
    options.report({ ...progress, state: 'failed', error: { code: error.code, message: error.message } });
    return error.code === 'forbidden' || error.code === 'not-found';
  }
}

/** What is new in one DocType, and what a comparison finds where one is due. */
async function bring(
  site: Site,
  entry: ProfileEntry,
  options: DownloadOptions,
  { result, progress }: { result: Downloaded; progress: PullProgress },
): Promise<boolean> {
  const { doctype } = entry;
  let news = 0;
  await pullDocType(site, entry, {
    report: ({ news: found, ...report }) => {
      result.news += found - news;
      news = found;
      options.report(Object.assign(progress, report));
    },
    paused: options.paused,
  });
  const cursor = await site.cache.cursors.get(doctype);
  if (cursor?.running === true) {
    options.report({ ...progress, state: 'waiting' });
    return true;
  }
  await sweepIfDue(site, entry, options);
  options.report({ ...progress, state: 'done', completedAt: cursor?.completedAt ?? site.now() });
  return true;
}

async function sweepIfDue(site: Site, entry: ProfileEntry, options: DownloadOptions): Promise<void> {
  const cursor = await site.cache.cursors.get(entry.doctype);
  if (cursor === undefined) return;
  if (options.sweep !== true && !isDue(cursor.sweptAt ?? 0, site.now(), sweepEveryMs)) return;
  const bundle = await bundleOf(site, entry.doctype);
  if (bundle === undefined) return;
  const scope = { filters: profileFilters(entry, todayOf(site)), linkedOnly: false };
  options.compared(entry.doctype, await sweepDocType(site, bundle, scope));
  await site.cache.cursors.update(entry.doctype, { sweptAt: site.now() });
}

/** Documents that are here only because others link to them: compared hourly by their names. */
async function sweepLinked(site: Site, profile: ProfileEntry[], options: DownloadOptions): Promise<void> {
  const now = options.sweep === true;
  const last = await keptNumber(site.cache, 'linkedSweptAt');
  if (!now && last !== null && !isDue(last, site.now(), sweepEveryMs)) return;
  await site.cache.meta.put({ key: 'linkedSweptAt', value: site.now() });
  if (last === null && !now) return;
  const own = new Set(profile.map(({ doctype }) => doctype));
  for (const name of await listDocTypes(site.cache)) {
    if (own.has(name) || !site.watch.mayAsk) continue;
    try {
      await withMetadata(site, name, async () => {
        const bundle = await readBundle(site, name);
        options.compared(name, await sweepDocType(site, bundle, { filters: [], linkedOnly: true }));
      });
    } catch (thrown) {
      site.log('info', `${name}: comparison stopped (${AppError.from(thrown).code})`);
    }
  }
}
