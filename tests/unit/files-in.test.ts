import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '@shared/errors';
import { shallowRef } from 'vue';
import type { FileNews } from '../../renderer/cache/file-news';
import { gathered } from '../../renderer/components/dropped-files';
import { useFilesIn } from '../../renderer/stores/files-in';
import type { Destination } from '../../renderer/stores/files-in';
import { useSession } from '../../renderer/stores/session';
import { photo } from '../live/photo';
import { testCache } from '../support/cache';
import { accountOf, composed } from '../support/composed';
import { photoTakenAt, readExif } from '../support/exif';

const asked = vi.hoisted(() => ({ with: [] as string[][], answer: true }));
vi.mock('../../renderer/components/agreed', () => ({
  agreed: async (title: string, text: string) => {
    asked.with.push([title, text]);
    return asked.answer;
  },
}));

const settings = vi.hoisted(() => ({ photoSide: 'as-it-is', photoLocation: 'kept' }));
vi.mock('../../renderer/stores/preferences', () => ({ usePreferences: () => ({ settings }) }));

let kept: { name: string; size: number }[];
let put: string[];
let full: boolean;
let ends: (() => void)[] = [];
beforeEach(() => {
  [kept, put, full] = [[], [], false];
  asked.with = [];
  asked.answer = true;
  Object.assign(settings, { photoSide: 'as-it-is', photoLocation: 'kept' });
});
afterEach(() => {
  ends.forEach((end) => end());
  ends = [];
});

/** Files of the main process as far as keeping goes: the name that was announced, and the bytes that came. */
const files = {
  begin: async ({ name }: { name: string }) => {
    kept.push({ name, size: 0 });
    return { handle: String(kept.length - 1) };
  },
  write: async ({ handle, bytes }: { handle: string; bytes: Uint8Array }) => {
    if (full) throw new AppError('storage-full', 'The disk is full.');
    const file = kept[Number(handle)];
    if (file !== undefined) file.size += bytes.byteLength;
    return null;
  },
  finish: async ({ handle }: { handle: string }) => ({
    ...{ id: 'a'.repeat(64), sha256: 'a'.repeat(64), md5: 'b'.repeat(32), type: 'text/plain' },
    size: kept[Number(handle)]?.size ?? 0,
  }),
  abandon: async ({ handle }: { handle: string }) => {
    kept.splice(Number(handle), 1);
    return null;
  },
};

function opened() {
  const { value, end } = composed(
    () => {
      const session = useSession();
      // Of the bridge only what keeps files is asked for.
      session.connection = { bridge: { files } } as unknown as NonNullable<typeof session.connection>;
      const news = shallowRef<FileNews | null>(null);
      return useFilesIn({ news, set: (now) => void (news.value = now) });
    },
    testCache(),
    accountOf({ largestFile: 10_000_000 }),
  );
  ends.push(end);
  return value;
}

const destination = (over: Partial<Destination> = {}): Destination => ({
  doctype: 'Customer',
  closed: () => null,
  room: async () => ({ most: 0, places: null }),
  one: false,
  put: async ({ fileName }) => void put.push(fileName),
  ...over,
});

const text = (name: string): File => new File(['text'], name);
/** A file of so many bytes whose reading fails, as one does that is gone. */
function unreadable(name: string, size: number, problem: string): File {
  const file = text(name);
  const fails = { arrayBuffer: async () => Promise.reject(new DOMException('no', problem)) };
  Object.defineProperties(file, { size: { value: size }, slice: { value: () => fails } });
  return file;
}

describe('several files at once', () => {
  it('the good ones are kept, and those that are not are told together, each with what to do', async () => {
    const incoming = opened();
    const given = [
      text('a.txt'),
      new File([], 'empty.txt'),
      unreadable('sparse.img', 4 * 1024 ** 3, 'NotReadableError'),
      unreadable('moved.txt', 5, 'NotFoundError'),
      unreadable('locked.txt', 5, 'NotReadableError'),
      text('../../b.txt'),
    ];
    expect(await incoming.take(gathered(given), destination())).toBe(2);
    expect(put).toEqual(['a.txt', '-..-b.txt']);
    expect(incoming.news.value?.refused).toEqual([
      expect.stringMatching(/^“empty.txt” is empty/),
      expect.stringMatching(/^“sparse.img” has 4.3.GB, and this site takes at most 10.MB/),
      expect.stringMatching(/^“moved.txt” is not there any more/),
      expect.stringMatching(/^“locked.txt” cannot be read/),
    ]);
    expect(incoming.keeping.value).toBeNull();
  });

  it('no more are taken than the document has places for', async () => {
    const incoming = opened();
    const room = async () => ({ most: 3, places: 1 });
    await incoming.take(gathered([text('a.txt'), text('b.txt')]), destination({ room }));
    expect(put).toEqual(['a.txt']);
    expect(incoming.news.value?.refused).toEqual([
      '“b.txt” is one too many: the site takes at most 3 files on a Customer. Remove one first.',
    ]);
  });

  it('are kept one after the other, also when more are given meanwhile', async () => {
    const incoming = opened();
    let under = 0;
    const slow = destination({
      async put({ fileName }) {
        expect((under += 1)).toBe(1);
        await Promise.resolve();
        under -= 1;
        put.push(fileName);
      },
    });
    await Promise.all([incoming.take(gathered([text('a'), text('b')]), slow), incoming.take(gathered([text('c')]), slow)]);
    expect(put).toEqual(['a', 'b', 'c']);
  });

  it('what is told of the first stays when more were given meanwhile, until others are given later', async () => {
    const incoming = opened();
    await Promise.all(['one', 'two'].map((name) => incoming.take(gathered([new File([], name)]), destination())));
    expect(incoming.news.value?.refused).toEqual([expect.stringMatching(/^“one” is empty/), expect.stringMatching(/^“two” is empty/)]);
    await incoming.take(gathered([text('a.txt')]), destination());
    expect(incoming.news.value).toBeNull();
  });

  it('a field takes one of them, and says so', async () => {
    const incoming = opened();
    await incoming.take(gathered([text('a.txt'), text('b.txt')]), destination({ one: true }));
    expect(put).toEqual(['a.txt']);
    expect(incoming.news.value?.told).toEqual(['A field takes one file: “a.txt” was taken, the other one was not.']);
  });

  it('a thousand and more are cut, and that is said', async () => {
    const given = gathered(Array.from({ length: 1001 }, (_, index) => text(`${index}.txt`)));
    const incoming = opened();
    expect(await incoming.take(given, destination())).toBe(1000);
    expect(incoming.news.value?.told[0]).toMatch(/^Only the first 1,000 files were taken/);
  });

  it('a disk that is full ends it, and says which were not tried', async () => {
    const incoming = opened();
    full = true;
    expect(await incoming.take(gathered([text('a.txt'), text('b.txt'), text('c.txt')]), destination())).toBe(0);
    expect(incoming.news.value?.refused).toEqual([
      expect.stringMatching(/^The disk of this device is full, so “a.txt”/),
      '2 further files were not tried: add them again.',
    ]);
  });

  it('nothing is read where no file may come', async () => {
    const incoming = opened();
    expect(await incoming.take(gathered([text('a.txt')]), destination({ closed: () => 'Not you.' }))).toBe(0);
    expect([kept, incoming.news.value?.refused]).toEqual([[], ['Not you.']]);
  });
});

describe('a photo', () => {
  const taken = photoTakenAt(photo(), 'MM');

  it('of more than the site takes is told to be too large where it stays so, though it was to be made smaller', async () => {
    settings.photoSide = '1600';
    vi.stubGlobal('createImageBitmap', async () => Promise.reject(new DOMException('no picture', 'InvalidStateError')));
    const begin = vi.spyOn(files, 'begin').mockRejectedValue(new AppError('too-large', 'It is larger than this site takes.'));
    const incoming = opened();
    await incoming.take(gathered([new File([taken, new Uint8Array(10_000_000)], 'huge.jpg')]), destination());
    begin.mockRestore();
    vi.unstubAllGlobals();
    expect(incoming.news.value?.refused).toEqual(['“huge.jpg” could not be kept: It is larger than this site takes.']);
  });

  it('is kept as it is', async () => {
    await opened().take(gathered([new File([taken], 'pallet.jpg')]), destination());
    expect(kept).toEqual([{ name: 'pallet.jpg', size: taken.byteLength }]);
  });

  it('loses the place where it was taken before it is kept, where its person wants that; another file loses nothing', async () => {
    settings.photoLocation = 'removed';
    const bytes: Uint8Array[] = [];
    const write = vi.spyOn(files, 'write').mockImplementation(async ({ bytes: piece }) => {
      bytes.push(piece);
      return null;
    });
    await opened().take(gathered([new File([taken], 'pallet.jpg'), text('a.txt')]), destination());
    write.mockRestore();
    expect(readExif(bytes[0]!)).toMatchObject({ make: 'Camera', orientation: 6, gps: false });
    expect(Buffer.from(bytes[1]!).toString()).toBe('text');
  });
});

describe('a file whose name says something else than its content', () => {
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const page = '<!doctype html><script>alert(1)</script>';

  it('is attached as the picture that it is, which is said', async () => {
    const incoming = opened();
    await incoming.take(gathered([new File([png], 'photo.jpg')]), destination());
    expect(put).toEqual(['photo.png']);
    expect(incoming.news.value).toEqual({
      refused: [],
      told: ['“photo.jpg” is another kind of picture than its name says: it is attached as “photo.png”.'],
    });
  });

  it('is asked about, all of them at once, after the others are safe', async () => {
    const incoming = opened();
    const given = [new File([page], 'invoice.pdf'), text('a.txt'), new File([page], 'photo.jpg')];
    await incoming.take(gathered(given), destination());
    expect(asked.with).toEqual([
      [
        'Attach 2 files that are not what their names say?',
        expect.stringMatching(/^“invoice.pdf” is a web page. “photo.jpg” is a web page. It would be attached as “photo.html”. They may/),
      ],
    ]);
    expect(put).toEqual(['a.txt', 'invoice.pdf', 'photo.html']);
  });

  it('is left out where its person says so', async () => {
    const incoming = opened();
    asked.answer = false;
    await incoming.take(gathered([new File([page], 'invoice.pdf')]), destination());
    expect(put).toEqual([]);
    expect(incoming.news.value?.refused).toEqual(['“invoice.pdf” was left out.']);
  });
});
