import type { FileFacts } from '../files/file-facts';
import { profileFileEnding } from './profile-file';

/** A private file of the site that may be a profile. `version` is another one when its bytes are. */
export type SiteProfileFile = { url: string; fileName: string; owner: string; modified: string; version: string; facts: FileFacts };

/** The file that a device follows. `owner` is empty until it was looked at. */
export type Followed = { url: string; fileName: string; owner: string };

const endings = /^(.*\.fieldbook-profile)[0-9a-f]{0,6}(\.json)$/i;

/** By its name. A server that has another file of the name puts six hex digits before the ending (recording upload). */
export const isProfileFile = (fileName: string): boolean => endings.test(fileName);

/** The name without what the server put into it. */
export const plainName = (fileName: string): string => fileName.replace(endings, `$1$2`);

/**
 * The file to take: the newest of those at the address that is followed, and of those that the same person put there under the
 * same name. Somebody else's file of that name is not followed: whoever may upload could otherwise choose what others keep.
 */
export function newestOf(files: readonly SiteProfileFile[], { url, fileName, owner }: Followed): SiteProfileFile | null {
  const followed = files.filter(
    (file) =>
      file.url === url ||
      (owner !== '' && file.owner === owner && isProfileFile(fileName) && plainName(file.fileName) === plainName(fileName)),
  );
  return followed.reduce<SiteProfileFile | null>(
    (newest, file) => (newest === null || file.modified > newest.modified ? file : newest),
    null,
  );
}

/** The address of a private file out of what a person pastes: whole, or without the site. Null where it is none. */
export function profileAddress(text: string): string | null {
  const path = /^(?:https?:\/\/[^/?#]+)?(\/private\/files\/[^?#]+)/.exec(text.trim())?.[1];
  if (path === undefined) return null;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** A name for the file that an export writes: `Field sales` gives `field-sales.fieldbook-profile.json`. */
export const profileFileName = (name: string): string =>
  `${name.trim().toLowerCase().replaceAll(/\s+/g, '-') || 'profile'}${profileFileEnding}`;
