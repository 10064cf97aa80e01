import { z } from 'zod';
import type { FilesOffline } from '@shared/files/files-offline';
import { defaultFilesOffline, filesOfChoices } from '@shared/files/files-offline';
import { withCompany } from '@shared/profile/company-profile';
import { profileChanges } from '@shared/profile/profile-changes';
import type { ProfileFile } from '@shared/profile/profile-file';
import type { ProfileEntry } from '@shared/sync/profile';
import { readFilesOffline, writeFilesOffline } from './files-offline';
import type { Cache } from './open-cache';
import { changeProfile, defaultProfile, readProfile, writeProfile } from './profile';

const key = 'companyProfile';

const entry = z.custom<ProfileEntry>((value) => z.object({ doctype: z.string(), filters: z.array(z.unknown()) }).safeParse(value).success);
const files = z.object({ of: z.enum(filesOfChoices), largestMb: z.number().nullable() });

const schema = z.object({
  /** The file of the site that this device follows: its address, its name there, and who put it there. */
  url: z.string(),
  fileName: z.string(),
  owner: z.string(),
  /** The profile's own name, and what it says, as it was taken last. */
  name: z.string(),
  entries: z.array(entry),
  files: files.nullable(),
  /** What the site told of the file's bytes when they were taken: its checksum or, without one, when it changed. */
  version: z.string(),
  /** ms */
  takenAt: z.number(),
  checkedAt: z.number(),
  /** What an update changed on this device, until the person has seen it. */
  news: z.object({ at: z.number(), added: z.array(z.string()), changed: z.array(z.string()), removed: z.array(z.string()) }).nullable(),
  /** Why it could not be looked at last; the profile that was taken stays. */
  problem: z.object({ message: z.string(), since: z.number() }).nullable(),
});

/** The company's profile that this device follows, and how that stands. */
export type CompanyProfile = z.infer<typeof schema>;

/** Null where none is followed. */
export async function readCompanyProfile(cache: Cache): Promise<CompanyProfile | null> {
  return schema.safeParse((await cache.meta.get(key))?.value).data ?? null;
}

/** Changes what is known of it, unless it is not followed any more or another one is. */
export async function changeCompanyProfile(cache: Cache, url: string, changes: Partial<CompanyProfile>): Promise<void> {
  await cache.transaction('rw', cache.meta, async () => {
    const now = await readCompanyProfile(cache);
    if (now?.url === url) await cache.meta.put({ key, value: { ...now, ...changes } });
  });
}

/** It is not followed any more; what it said stays, as the person's own. */
export async function stopFollowing(cache: Cache): Promise<void> {
  await cache.transaction('rw', [cache.meta, cache.profile], async () => {
    await cache.meta.delete(key);
    await changeProfile(cache, (profile) => profile.map(({ from: _from, ...own }) => own));
  });
}

/** Where a profile came from. */
export type ProfileSource = Pick<CompanyProfile, 'url' | 'fileName' | 'owner' | 'version'>;

/**
 * Takes the company's profile, for the first time or anew; what the person chose stays, unless `whole`. Profile, attachments and
 * what is known of the file change together.
 */
export async function takeCompanyProfile(
  cache: Cache,
  source: ProfileSource,
  file: ProfileFile,
  { now, whole, tell }: { now: number; whole: boolean; tell: boolean },
): Promise<void> {
  await cache.transaction('rw', [cache.meta, cache.profile], async () => {
    const before = await readCompanyProfile(cache);
    const mine = await readProfile(cache);
    const company = file.entries;
    const next = whole
      ? company.map((each) => ({ ...each, from: 'company' as const }))
      : withCompany({ mine, base: before?.entries ?? null, company, defaults: defaultProfile });
    await writeProfile(cache, next);
    const { added, changed, removed } = profileChanges(mine, next);
    const names = (entries: readonly ProfileEntry[]): string[] => entries.map(({ doctype }) => doctype);
    const news = { at: now, added: names(added), changed: names(changed.map(({ to }) => to)), removed: names(removed) };
    await takeFiles(cache, before?.files ?? null, file.files);
    const value: CompanyProfile = {
      ...source,
      name: file.name,
      entries: file.entries,
      files: file.files,
      takenAt: now,
      checkedAt: now,
      news: tell ? withEarlier(before?.news ?? null, news) : null,
      problem: null,
    };
    await cache.meta.put({ key, value });
  });
}

/** The person's own choice of attachments stays. */
async function takeFiles(cache: Cache, before: FilesOffline | null, company: FilesOffline | null): Promise<void> {
  if (company === null) return;
  const mine = await readFilesOffline(cache);
  const untouched = [before, defaultFilesOffline].some((one) => one?.of === mine.of && one.largestMb === mine.largestMb);
  if (untouched) await writeFilesOffline(cache, company);
}

/** Nothing that changed is left unsaid because something else changed before anybody looked. */
function withEarlier(earlier: CompanyProfile['news'], news: NonNullable<CompanyProfile['news']>): CompanyProfile['news'] {
  const all = (part: 'added' | 'changed' | 'removed'): string[] => [...new Set([...(earlier?.[part] ?? []), ...news[part]])];
  const merged = { at: news.at, added: all('added'), changed: all('changed'), removed: all('removed') };
  return merged.added.length + merged.changed.length + merged.removed.length === 0 ? null : merged;
}
