import type { HeldFiles } from '../../cache/held-files';

export const fileKinds = ['fetched', 'pdf', 'sent', 'unsent'] as const;
export type FilesOfKind = { kind: (typeof fileKinds)[number]; count: number; bytes: number };

/** How many files of each kind are here and what they take; the same bytes are counted once a kind. Kinds without any are left out. */
export function filesByKind({ again, unsent }: HeldFiles): FilesOfKind[] {
  const sizes = new Map(fileKinds.map((kind) => [kind, new Map<string, number>()]));
  for (const { kind, id, size } of again) sizes.get(kind)?.set(id, size);
  // Bytes that a draft may hold are of a size that nobody noted.
  for (const [id, size] of unsent) if (size > 0) sizes.get('unsent')?.set(id, size);
  return [...sizes]
    .map(([kind, files]) => ({ kind, count: files.size, bytes: [...files.values()].reduce((sum, size) => sum + size, 0) }))
    .filter(({ count }) => count > 0);
}
