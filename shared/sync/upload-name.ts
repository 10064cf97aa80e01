import { diskName, diskNameEnding } from '../format/disk-name';

/**
 * The name a file is sent under. JPEGs are rewritten by the server, so that no hash finds them again, and renamed when
 * the name is taken (recording `upload-images`): they go under a name of their own, `<stem>-<8 hex of SHA-256>.jpg`.
 */
export const uploadName = (fileName: string, type: string, sha256: string): string =>
  isJpeg(fileName, type) ? diskNameEnding(fileName, `-${sha256.slice(0, 8)}.jpg`) : diskName(fileName);

export const isJpeg = (fileName: string, type: string): boolean => type === 'image/jpeg' || /\.jpe?g$/i.test(fileName);
