import type { Settings } from '@shared/bridge/settings';
import { withExifOf, withoutLocation } from '@shared/files/exif';
import { smallerSize } from '@shared/files/photo-size';
import { contentType, headBytes } from '@shared/format/content-type';

export type PhotoChoice = Pick<Settings, 'photoSide' | 'photoLocation'>;

const quality = 0.85;

/**
 * A JPEG photo as its person wants it kept: smaller, without the place where it was taken, or as it is. Any other file, and a
 * photo that this browser cannot draw, is answered as it is. Rejects as reading a file does.
 */
export async function preparePhoto(file: File, { photoSide, photoLocation }: PhotoChoice): Promise<File> {
  if (photoSide === 'as-it-is' && photoLocation === 'kept') return file;
  const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  if (contentType(head, file.name) !== 'image/jpeg') return file;
  const original = new Uint8Array(await file.arrayBuffer());
  const smaller = photoSide === 'as-it-is' ? null : await drawnSmaller(file, Number(photoSide));
  if (smaller !== null && smaller.size < file.size)
    return asFile(file, withExifOf(original, new Uint8Array(await smaller.arrayBuffer()), photoLocation));
  return photoLocation === 'removed' ? asFile(file, withoutLocation(original)) : file;
}

/** The photo as it is looked at, upright, at most `side` pixels wide or high; null where it need not or cannot be drawn. */
async function drawnSmaller(file: File, side: number): Promise<Blob | null> {
  const picture = await createImageBitmap(file).catch(() => null);
  if (picture === null) return null;
  try {
    const size = smallerSize(picture.width, picture.height, side);
    const canvas = size === null ? null : new OffscreenCanvas(size.width, size.height);
    const pen = canvas?.getContext('2d') ?? null;
    if (canvas === null || pen === null) return null;
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({ type: 'image/jpeg', quality });
  } finally {
    picture.close();
  }
}

const asFile = ({ name, lastModified }: File, bytes: Uint8Array): File =>
  new File([new Uint8Array(bytes)], name, { type: 'image/jpeg', lastModified });
