const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/** Path signs, what Windows forbids, control characters, and signs that turn the direction of writing: `exe.gpj` for `jpg.exe`. */
const forbidden = /[\\/:*?"<>|\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A file name that any disk takes and that leads into no other folder; at most 200 characters, the ending kept. */
export function diskName(fileName: string): string {
  const bare = trimmed(fileName.replaceAll(forbidden, '-'));
  const safe = reserved.test(bare) ? `-${bare}` : bare;
  if (safe.length <= longest) return safe || 'file';
  const dot = safe.lastIndexOf('.');
  const ending = safe.length - dot <= 12 ? safe.slice(dot) : '';
  return trimmed(`${safe.slice(0, longest - ending.length)}${ending}`);
}

const longest = 200;

/** Dots before a name hide it, dots and spaces behind it are dropped by Windows. */
const trimmed = (name: string): string => name.replaceAll(/^[.\s]+|[.\s]+$/g, '');
