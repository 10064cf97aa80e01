/** What a person gave at once: files, and what could not be taken as one. `cut`: there were more than are taken at once. */
export type Gathered = { files: readonly File[]; left: readonly { name: string; why: 'folder' | 'unreadable' }[]; cut: boolean };

/** So many files are taken at once; a folder may hold any number. */
export const mostAtOnce = 1000;

/** What file managers leave in a folder without being asked. */
const litter: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

export const gathered = (files: Iterable<File>): Gathered => bounded([...files], []);

export const carriesFiles = (transfer: DataTransfer | null): boolean => transfer?.types.includes('Files') ?? false;

/**
 * The files of a drop. Of folders all that is in them, folders within folders too, where `folders` says so; otherwise they are
 * left. To be called while the event is handled: what it carries is gone afterwards.
 */
export function droppedFiles(transfer: DataTransfer | null, folders: 'opened' | 'left'): Promise<Gathered> {
  const items = [...(transfer?.items ?? [])].filter(({ kind }) => kind === 'file');
  return gather(
    items.map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() })),
    folders,
  );
}

async function gather(
  items: readonly { entry: FileSystemEntry | null; file: File | null }[],
  folders: 'opened' | 'left',
): Promise<Gathered> {
  const files: File[] = [];
  const left: Gathered['left'][number][] = [];
  for (const { entry, file } of items) {
    if (entry === null || !isFolder(entry)) {
      if (file !== null) files.push(file);
    } else if (folders === 'left') left.push({ name: entry.name, why: 'folder' });
    else await filesBelow(entry, files, left);
    if (files.length > mostAtOnce) break;
  }
  return bounded(files, left);
}

const bounded = (files: readonly File[], left: Gathered['left']): Gathered => ({
  files: files.slice(0, mostAtOnce),
  left,
  cut: files.length > mostAtOnce,
});

/** Adds the files of a folder by name, one more at most than are taken. */
async function filesBelow(folder: FileSystemDirectoryEntry, files: File[], left: Gathered['left'][number][]): Promise<void> {
  let entries: FileSystemEntry[];
  try {
    entries = await entriesOf(folder);
  } catch {
    left.push({ name: folder.name, why: 'unreadable' });
    return;
  }
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name))) {
    if (files.length > mostAtOnce) return;
    if (litter.has(entry.name)) continue;
    if (isFolder(entry)) await filesBelow(entry, files, left);
    else if (isFile(entry)) {
      const file = await new Promise<File | null>((resolve) => entry.file(resolve, () => resolve(null)));
      if (file === null) left.push({ name: entry.name, why: 'unreadable' });
      else files.push(file);
    }
  }
}

/** A folder is read in batches, until one is empty. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return all;
    all.push(...batch);
  }
}

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
