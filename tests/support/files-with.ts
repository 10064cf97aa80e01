import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The files at or below a folder that hold a text, as UTF-8 or as the UTF-16 of a browser's database. */
export async function filesWith(folder: string, text: string): Promise<string[]> {
  const spellings = [Buffer.from(text), Buffer.from(text, 'utf16le')];
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const found = await Promise.all(
    files.map(async (file) => {
      const bytes = await readFile(file);
      return spellings.some((spelling) => bytes.includes(spelling)) ? [file] : [];
    }),
  );
  return found.flat();
}
