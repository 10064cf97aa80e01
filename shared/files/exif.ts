import { endOfPicture, joined, segmentsOf, startsWith } from './jpeg';
import type { Segment } from './jpeg';

/** What is done with the metadata of a photo. `upright`: its pixels were turned already, and its preview is left out. */
export type ExifChange = { location: 'kept' | 'removed'; upright: boolean };

const tags = { orientation: 0x0112, gps: 0x8825 };
const entryBytes = 12;

/** A photo without the place where it was taken: in EXIF, in XMP and IPTC, or in pictures behind it. Its pixels stay as they are. */
export function withoutLocation(jpeg: Uint8Array): Uint8Array {
  const found = segmentsOf(jpeg);
  if (found === null) return jpeg;
  const kept = found.segments.flatMap((segment): Uint8Array[] => {
    const bytes = jpeg.subarray(segment.from, segment.to);
    if (isExif(jpeg, segment)) return [changedExif(bytes, { location: 'removed', upright: false })].filter((exif) => exif !== null);
    return mayTellPlace(jpeg, segment) ? [] : [bytes];
  });
  return joined([jpeg.subarray(0, 2), ...kept, jpeg.subarray(found.picture, endOfPicture(jpeg, found.picture))]);
}

/** A photo made anew (`jpeg`) with the EXIF of the one that it was made of; `jpeg` as it is where that has none that can be read. */
export function withExifOf(original: Uint8Array, jpeg: Uint8Array, location: ExifChange['location']): Uint8Array {
  const segment = segmentsOf(original)?.segments.find((each) => isExif(original, each));
  if (segment === undefined || segmentsOf(jpeg) === null) return jpeg;
  const exif = changedExif(original.subarray(segment.from, segment.to), { location, upright: true });
  return exif === null ? jpeg : joined([jpeg.subarray(0, 2), exif, jpeg.subarray(2)]);
}

const isExif = (jpeg: Uint8Array, segment: Segment): boolean => segment.marker === 0xe1 && startsWith(jpeg, segment, 'Exif\0\0');

/** XMP and other notes (APP1), what tells of pictures behind this one (APP2 `MPF`), and IPTC (APP13). */
const mayTellPlace = (jpeg: Uint8Array, segment: Segment): boolean =>
  segment.marker === 0xe1 || segment.marker === 0xed || (segment.marker === 0xe2 && startsWith(jpeg, segment, 'MPF\0'));

/** A changed copy of an EXIF segment; null where it cannot be read. */
function changedExif(segment: Uint8Array, { location, upright }: ExifChange): Uint8Array | null {
  const copy = segment.slice();
  const tiff = new Tiff(copy.subarray(10));
  try {
    const first = tiff.begin();
    if (upright) tiff.setShort(first, tags.orientation, 1);
    if (location === 'removed') tiff.removeTable(first, tags.gps);
    if (upright) tiff.endAfter(first);
    return copy;
  } catch (thrown) {
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}

/** The tables of tags inside EXIF (TIFF 6.0). Offsets are in bytes from its beginning; one that leads outside throws `RangeError`. */
class Tiff {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #little = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The first table. */
  begin(): number {
    this.#little = this.#view.getUint16(0) === 0x4949;
    if (this.#short(2) !== 42) throw new RangeError('no TIFF');
    return this.#long(4);
  }

  setShort(table: number, tag: number, value: number): void {
    const at = this.#find(table, tag);
    if (at !== null) this.#view.setUint16(at + 8, value, this.#little);
  }

  /** Takes a tag out that leads to a table of its own, and wipes that with all its values. */
  removeTable(table: number, tag: number): void {
    const at = this.#find(table, tag);
    if (at === null) return;
    this.#wipeTable(this.#long(at + 8));
    const end = this.#endOf(table);
    this.#bytes.copyWithin(at, at + entryBytes, end);
    this.#bytes.fill(0, end - entryBytes, end);
    this.#view.setUint16(table, this.#short(table) - 1, this.#little);
  }

  /** No table follows: the second one holds a small preview. */
  endAfter(table: number): void {
    this.#view.setUint32(this.#endOf(table) - 4, 0, this.#little);
  }

  #wipeTable(table: number): void {
    const end = this.#endOf(table) - 4;
    for (let at = table + 2; at < end; at += entryBytes) {
      const bytes = this.#long(at + 4) * (widths[this.#short(at + 2)] ?? 1);
      if (bytes > 4) this.#bytes.fill(0, this.#long(at + 8), this.#long(at + 8) + bytes);
    }
    this.#bytes.fill(0, table, end);
  }

  #find(table: number, tag: number): number | null {
    const end = this.#endOf(table) - 4;
    for (let at = table + 2; at < end; at += entryBytes) if (this.#short(at) === tag) return at;
    return null;
  }

  /** Behind the table and the four bytes that lead to the next one. */
  #endOf(table: number): number {
    const end = table + 2 + this.#short(table) * entryBytes + 4;
    if (end > this.#bytes.length) throw new RangeError('a table leads outside');
    return end;
  }

  #short = (at: number): number => this.#view.getUint16(at, this.#little);
  #long = (at: number): number => this.#view.getUint32(at, this.#little);
}

/** Bytes of a value by its type. */
const widths: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8 };
