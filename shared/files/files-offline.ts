import type { FileFacts } from './file-facts';
import { isSiteFile } from './site-file';

/**
 * Which attachments a device fetches by itself: of no document, of the pinned ones, or of all that its profile keeps; and up to
 * how many MB (1 MB = 1,000,000 bytes; null: of any size).
 */
export type FilesOffline = { of: (typeof filesOfChoices)[number]; largestMb: number | null };

export const filesOfChoices = ['none', 'pinned', 'profile'] as const;
export const largestMbChoices: readonly (number | null)[] = [1, 5, 25, null];

/**
 * A pin says that a document is needed at hand, so its files are too; 5 MB hold a photo or a signed PDF, and take about a
 * minute on a slow line. The files of all documents may be more than a laptop holds: those are asked for by choice alone.
 */
export const defaultFilesOffline: FilesOffline = { of: 'pinned', largestMb: 5 };

/** A file of the site as its `File` list tells it. */
export type SiteFile = FileFacts & { name: string; doctype: string; docname: string; fileName: string; url: string };

/** One address that is wanted, and every File document that it has. */
export type WantedFile = { url: string; files: [SiteFile, ...SiteFile[]] };

/** What the choice asks of these files. One whose size is not known is not known to be small enough. */
export function wantedFiles(files: readonly SiteFile[], { largestMb }: Pick<FilesOffline, 'largestMb'>): WantedFile[] {
  const wanted = new Map<string, WantedFile>();
  for (const file of files) {
    if (!isSiteFile(file.url)) continue;
    if (largestMb !== null && (file.size === null || file.size > largestMb * 1_000_000)) continue;
    const before = wanted.get(file.url);
    if (before === undefined) wanted.set(file.url, { url: file.url, files: [file] });
    else before.files.push(file);
  }
  return [...wanted.values()];
}
