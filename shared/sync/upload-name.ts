/**
 * The name a file is sent under. JPEGs are rewritten by the server, so that no hash finds them again, and renamed when
 * the name is taken (recording `upload-images`): they go under a name of their own, `<stem>-<8 hex of SHA-256>.jpg`.
 * Characters that the server strips are stripped before; at most 140 characters.
 */
export function uploadName(fileName: string, type: string, sha256: string): string {
  const cleaned = fileName.replace(/[/\\\0]/g, '').trim();
  const dot = cleaned.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [cleaned.slice(0, dot), cleaned.slice(dot)] : [cleaned, ''];
  const suffix = isJpeg(fileName, type) ? `-${sha256.slice(0, 8)}.jpg` : extension;
  const room = longest - suffix.length;
  return `${(stem === '' ? 'file' : stem).slice(0, room)}${suffix}`;
}

const longest = 140;

export const isJpeg = (fileName: string, type: string): boolean => type === 'image/jpeg' || /\.jpe?g$/i.test(fileName);
