const reserved = /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])\s*(\.|$)/i;
/** Path signs, what Windows forbids, control characters, and signs that turn the direction of writing: `exe.gpj` for `jpg.exe`. */
const forbidden = /[\\/:*?"<>|\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu;

/** What Frappe's `file_name` holds, counted in code points. */
const mostCharacters = 140;
/** A name on the server's disk takes 255 bytes; it adds 6 where a name is taken. */
const mostBytes = 240;
const longestEnding = 12;

/**
 * A file name that any disk and any site takes and that leads into no other folder, the ending kept; `file` where nothing is
 * left. At most 140 characters and 240 bytes of UTF-8. What it answers it leaves as it is.
 */
export function diskName(fileName: string): string {
  const name = cleaned(fileName);
  if (fits(name, { characters: mostCharacters, bytes: mostBytes })) return name || 'file';
  const { stem, ending } = parted(name);
  return charactersOf(ending) <= longestEnding ? joined(stem, ending) : joined(name, '');
}

/** The same with something else in the place of its ending, which counts. */
export const diskNameEnding = (fileName: string, ending: string): string => joined(parted(cleaned(fileName)).stem, ending);

/** The name without its ending, and the ending with its dot. */
export function parted(fileName: string): { stem: string; ending: string } {
  const dot = fileName.lastIndexOf('.');
  return dot > 0 ? { stem: fileName.slice(0, dot), ending: fileName.slice(dot) } : { stem: fileName, ending: '' };
}

type Room = { characters: number; bytes: number };

/** Dots before a name hide it, dots and spaces behind it are dropped by Windows. */
const trimmed = (name: string): string => name.replaceAll(/^[.\s]+|[.\s]+$/g, '');

const unreserved = (name: string): string => (reserved.test(name) ? `-${name}` : name);

const cleaned = (fileName: string): string => unreserved(trimmed(fileName.replaceAll(forbidden, '-')));

function joined(stem: string, ending: string): string {
  const room = { characters: mostCharacters - charactersOf(ending), bytes: mostBytes - bytesOf(ending) };
  return unreserved(`${trimmed(cut(stem, room)) || 'file'}${ending}`);
}

const charactersOf = (text: string): number => Array.from(text).length;

const bytesOf = (text: string): number =>
  Array.from(text).reduce((bytes, sign) => {
    const point = sign.codePointAt(0) ?? 0;
    return bytes + (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4);
  }, 0);

const fits = (text: string, room: Room): boolean => charactersOf(text) <= room.characters && bytesOf(text) <= room.bytes;

const signs = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** As much of the beginning as there is room for; what a person sees as one sign, such as a flag, stays whole or goes. */
function cut(text: string, room: Room): string {
  let [characters, bytes, end] = [0, 0, 0];
  for (const { segment, index } of signs.segment(text)) {
    characters += charactersOf(segment);
    bytes += bytesOf(segment);
    if (characters > room.characters || bytes > room.bytes) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}
