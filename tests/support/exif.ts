import { joined, segmentsOf } from '../../shared/files/jpeg';

type Order = 'II' | 'MM';

/** A photo as turned by 90°, with its camera, the place where it was taken (datum WGS-84), and a preview, in the place of its own EXIF. */
export function photoTakenAt(jpeg: Uint8Array, order: Order): Uint8Array<ArrayBuffer> {
  const found = segmentsOf(jpeg);
  if (found === null) throw new Error('the photo is no JPEG');
  const others = found.segments.filter(({ marker }) => marker !== 0xe1).map(({ from, to }) => jpeg.subarray(from, to));
  return joined([jpeg.subarray(0, 2), exifOf(order), ...others, jpeg.subarray(found.picture)]);
}

/** Offsets in the EXIF that is written: the first table, its text, the table of the place and its text, the one of the preview. */
const places = { first: 8, make: 50, gps: 58, datum: 88, preview: 96 };

function exifOf(order: Order): Uint8Array {
  const bytes = Buffer.alloc(118);
  const little = order === 'II';
  const short = (at: number, value: number) => (little ? bytes.writeUInt16LE(value, at) : bytes.writeUInt16BE(value, at));
  const long = (at: number, value: number) => (little ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at));
  const entry = (at: number, tag: number, type: number, count: number) => (
    short(at, tag),
    short(at + 2, type),
    long(at + 4, count),
    at + 8
  );
  bytes.write(order, 0);
  short(2, 42);
  long(4, places.first);
  short(places.first, 3);
  long(entry(10, 0x010f, 2, 7), places.make);
  short(entry(22, 0x0112, 3, 1), 6);
  long(entry(34, 0x8825, 4, 1), places.gps);
  long(46, places.preview);
  bytes.write('Camera\0', places.make);
  short(places.gps, 2);
  bytes.write('N', entry(places.gps + 2, 0x0001, 2, 2));
  long(entry(places.gps + 14, 0x0012, 2, 7), places.datum);
  bytes.write('WGS-84\0', places.datum);
  short(places.preview, 1);
  short(entry(places.preview + 2, 0x0112, 3, 1), 6);
  const head = Buffer.from([0xff, 0xe1, 0, bytes.length + 8, ...Buffer.from('Exif\0\0')]);
  return Buffer.concat([head, bytes]);
}

/** What the EXIF of a JPEG says, read apart from the app's own reading; null where there is none. */
export function readExif(jpeg: Uint8Array): { make: string; orientation: number; gps: boolean; preview: boolean } | null {
  const bytes = Buffer.from(jpeg);
  const at = bytes.indexOf('Exif\0\0');
  if (at < 0) return null;
  const tiff = bytes.subarray(at + 6);
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const short = (from: number): number => (little ? tiff.readUInt16LE(from) : tiff.readUInt16BE(from));
  const long = (from: number): number => (little ? tiff.readUInt32LE(from) : tiff.readUInt32BE(from));
  const table = long(4);
  const entries = Array.from({ length: short(table) }, (_, index) => table + 2 + 12 * index);
  const find = (tag: number): number | undefined => entries.find((entry) => short(entry) === tag);
  const make = find(0x010f);
  const orientation = find(0x0112);
  return {
    make: make === undefined ? '' : tiff.toString('latin1', long(make + 8), long(make + 8) + 6),
    orientation: orientation === undefined ? 0 : short(orientation + 8),
    gps: find(0x8825) !== undefined,
    preview: long(table + 2 + 12 * entries.length) !== 0,
  };
}
