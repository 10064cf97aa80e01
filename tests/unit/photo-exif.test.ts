import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withExifOf, withoutLocation } from '@shared/files/exif';
import { joined, segmentsOf } from '@shared/files/jpeg';
import { smallerSize } from '@shared/files/photo-size';
import { photo } from '../live/photo';
import { photoTakenAt, readExif } from '../support/exif';

const has = (bytes: Uint8Array, text: string): boolean => Buffer.from(bytes).includes(text);
const segment = (marker: number, body: string): Uint8Array => {
  const bytes = Buffer.from(body, 'latin1');
  return Buffer.concat([Buffer.from([0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 255]), bytes]);
};
/** With more before its picture, and more behind it. */
const around = (jpeg: Uint8Array, before: readonly Uint8Array[], behind: Uint8Array = new Uint8Array()): Uint8Array =>
  joined([jpeg.subarray(0, 2), ...before, jpeg.subarray(2), behind]);
const pictureOf = (jpeg: Uint8Array): Buffer => Buffer.from(jpeg.subarray(segmentsOf(jpeg)?.picture));

describe.each(['II', 'MM'] as const)('a photo with a place in its EXIF (%s)', (order) => {
  const taken = photoTakenAt(photo(), order);

  it('tells where it was taken, and by what', () => {
    expect(readExif(taken)).toMatchObject({ make: 'Camera', orientation: 6, gps: true, preview: true });
  });

  it('loses the place alone: the camera, the orientation and the picture stay', () => {
    const without = withoutLocation(taken);
    expect(readExif(without)).toMatchObject({ make: 'Camera', orientation: 6, gps: false, preview: true });
    expect(has(taken, 'WGS-84')).toBe(true);
    expect(has(without, 'WGS-84')).toBe(false);
    expect(pictureOf(without).equals(pictureOf(taken))).toBe(true);
    expect(withoutLocation(without)).toEqual(without);
  });

  it('made anew keeps its EXIF, upright, and its place unless that is to go', () => {
    const anew = around(photo(), []);
    const plain = joined([anew.subarray(0, 2), anew.subarray(segmentsOf(anew)?.segments[1]?.to)]);
    expect(readExif(plain)).toBeNull();
    expect(readExif(withExifOf(taken, plain, 'kept'))).toMatchObject({ make: 'Camera', orientation: 1, gps: true, preview: false });
    expect(readExif(withExifOf(taken, plain, 'removed'))).toMatchObject({ make: 'Camera', orientation: 1, gps: false, preview: false });
    expect(pictureOf(withExifOf(taken, plain, 'kept')).equals(pictureOf(plain))).toBe(true);
  });
});

describe('a photo', () => {
  it('loses a place that stands in XMP, in IPTC, or in a picture behind it', () => {
    const notes = [
      segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0<exif:GPSLatitude>52,31N</exif:GPSLatitude>'),
      segment(0xed, 'Photoshop 3.0\0 Berlin'),
      segment(0xe2, 'MPF\0 two pictures'),
      segment(0xe2, 'ICC_PROFILE\0 colours'),
    ];
    const without = withoutLocation(around(photo(), notes, photoTakenAt(photo(), 'MM')));
    for (const told of ['GPSLatitude', 'Berlin', 'two pictures', 'WGS-84']) expect(has(without, told)).toBe(false);
    expect(has(without, 'ICC_PROFILE')).toBe(true);
    expect(pictureOf(without).equals(pictureOf(photo()))).toBe(true);
  });

  it('without EXIF stays as it is, and EXIF that cannot be read goes rather than tell a place', () => {
    const unreadable = around(photo(), [segment(0xe1, 'Exif\0\0MM\0*\0\0\xff\xff WGS-84')]);
    expect(has(withoutLocation(unreadable), 'WGS-84')).toBe(false);
    expect(withExifOf(Uint8Array.of(1, 2, 3), photo(), 'kept')).toEqual(photo());
  });

  it('is never broken by what is done to its EXIF, whatever that holds', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.boolean(), (noise, little) => {
        const head = little ? 'Exif\0\0II*\0\x08\0\0\0' : 'Exif\0\0MM\0*\0\0\0\x08';
        const odd = around(photo(), [segment(0xe1, head + Buffer.from(noise).toString('latin1'))]);
        expect(pictureOf(withoutLocation(odd)).equals(pictureOf(photo()))).toBe(true);
        expect(pictureOf(withExifOf(odd, photo(), 'removed')).equals(pictureOf(photo()))).toBe(true);
      }),
    );
  });

  it('that is none is left alone', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(withoutLocation(bytes)).toEqual(bytes);
      }),
    );
    const cut = photo().subarray(0, 40);
    expect(withoutLocation(cut)).toEqual(cut);
  });
});

describe('the size of a photo that is made smaller', () => {
  it('has the longest side that was chosen, in the same shape', () => {
    expect(smallerSize(4032, 3024, 1600)).toEqual({ width: 1600, height: 1200 });
    expect(smallerSize(3024, 4032, 1600)).toEqual({ width: 1200, height: 1600 });
    expect(smallerSize(10_000, 2, 1600)).toEqual({ width: 1600, height: 1 });
  });
  it('is left as it is where it is no larger', () => {
    expect(smallerSize(1600, 1200, 1600)).toBeNull();
  });
});
