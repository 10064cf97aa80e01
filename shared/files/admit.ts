/** A file as it is offered: its name, and its size in bytes. */
export type Offered = { name: string; size: number };

/**
 * `largest`: bytes that the site takes at most. `places`: how many more files may come; null where that is not limited.
 * `madeSmaller`: whether a file has fewer bytes than these by the time that it is kept.
 */
export type Limits = { largest: number; places: number | null; madeSmaller?: (file: Offered) => boolean };

export type NotAdmitted = 'empty' | 'too-large' | 'too-many';

/**
 * Which files are taken, told without reading them. An empty one makes the server answer 500 (recording `upload-images`), one
 * over the limit 413 (recording `upload-too-large`).
 */
export function admit<T extends Offered>(offered: readonly T[], limits: Limits): { taken: T[]; refused: { file: T; why: NotAdmitted }[] } {
  const taken: T[] = [];
  const refused: { file: T; why: NotAdmitted }[] = [];
  for (const file of offered) {
    const why = whyNot(file, limits, taken.length);
    if (why === null) taken.push(file);
    else refused.push({ file, why });
  }
  return { taken, refused };
}

function whyNot(file: Offered, { largest, places, madeSmaller }: Limits, taken: number): NotAdmitted | null {
  if (file.size === 0) return 'empty';
  if (file.size > largest && madeSmaller?.(file) !== true) return 'too-large';
  return places !== null && taken >= places ? 'too-many' : null;
}

type Own = { remote: { name: string } | null; state: object | null };

/**
 * How many more files a document takes; null without a limit. The server counts the files of the document, those of Attach
 * fields too (Frappe's `File.validate_attachment_limit`); those that wait here will be among them.
 * @param most the DocType's `max_attachments`
 * @param there the server's files as last seen
 * @param own those put on it from here; `state` is null once they were sent
 */
export function placesLeft(most: number | undefined, there: readonly { name: string }[], own: readonly Own[]): number | null {
  if (most === undefined || most <= 0) return null;
  const seen = new Set(there.map(({ name }) => name));
  const more = own.filter(({ remote }) => remote === null || !seen.has(remote.name));
  return Math.max(0, most - there.length - more.length);
}
