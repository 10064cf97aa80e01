import { shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { AppError } from '@shared/errors';
import { admit } from '@shared/files/admit';
import type { NotAdmitted } from '@shared/files/admit';
import { nameAndContent } from '@shared/files/name-and-content';
import type { NameVerdict } from '@shared/files/name-and-content';
import { usualLargest } from '@shared/files/site-limit';
import { contentType, headBytes } from '@shared/format/content-type';
import { diskName } from '@shared/format/disk-name';
import type { AttachedFile } from '../cache/record';
import { agreed } from '../components/agreed';
import { mostAtOnce } from '../components/dropped-files';
import type { Gathered } from '../components/dropped-files';
import { useKeptFiles } from './document-kept-files';
import { useFormats } from './formats';
import { usePreferences } from './preferences';
import { preparePhoto } from './prepare-photo';
import { useSession } from './session';

/** Where files go. */
export type Destination = {
  doctype: string;
  /** Why no file may come, in words; null where they may. */
  closed(): string | null;
  /** `most`: the DocType's `max_attachments`; `places`: how many are left of them, null where that is not limited. */
  room(): Promise<{ most: number; places: number | null }>;
  /** It takes one file, as an Attach field does. */
  one: boolean;
  /** Its bytes are safe by then. */
  put(file: Omit<AttachedFile, 'fieldname' | 'row'>): Promise<void>;
};

/** A file on its way into the keeping of this device: the how manieth of how many, and bytes. */
export type Keeping = { at: number; of: number; name: string; size: number; done: number };

/** What is told about files after they came: those that were not taken, and what else there is to know. */
export type FileNews = { refused: readonly string[]; told: readonly string[] };

/** Of photos that lost a few bytes of EXIF alone nothing is said. */
const worthSaying = 0.95;

type Doubt = { file: File; name: string; verdict: Extract<NameVerdict, { kind: 'doubt' }> };

/** Files come in: looked at before anything is queued, kept one after the other, and those that are not taken told together. */
export function useFilesIn() {
  const { t } = useI18n();
  const formats = useFormats();
  const session = useSession();
  const preferences = usePreferences();
  const kept = useKeptFiles();
  const keeping = shallowRef<Keeping | null>(null);
  const news = shallowRef<FileNews | null>(null);
  let turn: Promise<unknown> = Promise.resolve();

  /** Answers how many are safe on this device. What was given before is first. */
  function take(given: Gathered, to: Destination): Promise<number> {
    const mine = turn.then(() => takeNow(given, to));
    turn = mine.catch(() => undefined);
    return mine;
  }

  async function takeNow({ files, left, cut }: Gathered, to: Destination): Promise<number> {
    const closed = to.closed();
    if (closed !== null) {
      news.value = { refused: [closed], told: [] };
      return 0;
    }
    news.value = null;
    const { most, places } = await to.room();
    const largest = session.account?.largestFile ?? usualLargest;
    const [first, ...others] = files;
    const { taken, refused } = admit(to.one && first !== undefined ? [first] : files, { largest, places });
    const lines = left.map(({ name, why }) => t(`filesIn.why.${why}`, { name }));
    const told: string[] = [];
    for (const { file, why } of refused) lines.push(whyNot(file, why, largest, to.doctype, most));
    if (cut) told.push(t('filesIn.cut', { n: formats.integer(mostAtOnce) }));
    if (to.one && first !== undefined && others.length > 0)
      told.push(t('filesIn.why.onlyOne', { name: first.name, n: others.length }, others.length));

    const doubts: Doubt[] = [];
    const smaller: { from: number; to: number }[] = [];
    const keepAll = async (some: readonly { file: File; fileName: string | null }[]): Promise<number> => {
      let count = 0;
      for (const [index, { file, fileName }] of some.entries()) {
        keeping.value = { at: index + 1, of: some.length, name: file.name, size: file.size, done: 0 };
        try {
          const name = fileName ?? (await nameOf(file, doubts, told));
          if (name === null) continue;
          smaller.push({ from: file.size, to: await keepOne(file, name, to) });
          count += 1;
        } catch (thrown) {
          lines.push(failure(file, thrown));
          const further = some.length - index - 1;
          if (AppError.from(thrown).code !== 'storage-full' || further === 0) continue;
          // None of the others would fit either.
          lines.push(t('filesIn.why.notTried', { n: further }, further));
          break;
        }
      }
      keeping.value = null;
      return count;
    };
    let count = await keepAll(taken.map((file) => ({ file, fileName: null })));
    if (doubts.length > 0) {
      if (await wanted(doubts)) count += await keepAll(doubts.map(({ file, verdict }) => ({ file, fileName: verdict.fileName })));
      else lines.push(...doubts.map(({ name }) => t('filesIn.why.doubted', { name })));
    }
    told.push(...wordsOfSmaller(smaller.filter(({ from, to: bytes }) => bytes < from * worthSaying)));
    if (lines.length + told.length > 0) news.value = { refused: lines, told };
    return count;
  }

  /** The name that a file gets; null where its person is asked first. */
  async function nameOf(file: File, doubts: Doubt[], told: string[]): Promise<string | null> {
    const name = diskName(file.name);
    const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
    const verdict = nameAndContent(name, contentType(head, name));
    if (verdict.kind === 'true') return name;
    if (verdict.kind === 'doubt') {
      doubts.push({ file, name, verdict });
      return null;
    }
    told.push(t('filesIn.renamed', { name, fileName: verdict.fileName }));
    return verdict.fileName;
  }

  /** Answers the bytes that are kept. */
  async function keepOne(file: File, name: string, to: Destination): Promise<number> {
    const prepared = await preparePhoto(file, preferences.settings);
    const stored = await kept.keep(prepared, (done) => {
      if (keeping.value !== null) keeping.value = { ...keeping.value, size: prepared.size, done };
    });
    await to.put({ file: stored, fileName: diskName(name), isPrivate: true });
    return prepared.size;
  }

  const wanted = (doubts: readonly Doubt[]): Promise<boolean> => {
    const lines = doubts.slice(0, mostLines).map(({ name, verdict: { fileName, content } }) => {
      const words = { name, fileName, content: t(`filesIn.content.${content}`) };
      return t(fileName === name ? 'filesIn.doubt.one' : 'filesIn.doubt.oneAs', words);
    });
    const further = doubts.length - lines.length;
    const more = further > 0 ? [t('filesIn.further', { n: further }, further)] : [];
    return agreed(
      t('filesIn.doubt.title', { n: doubts.length }, doubts.length),
      [...lines, ...more, t('filesIn.doubt.text', doubts.length)].join(' '),
      { yes: t('filesIn.doubt.yes'), no: t('filesIn.doubt.no'), warns: true },
    );
  };

  function wordsOfSmaller(photos: readonly { from: number; to: number }[]): string[] {
    if (photos.length === 0) return [];
    const sum = (side: 'from' | 'to'): string => formats.bytes(photos.reduce((bytes, photo) => bytes + photo[side], 0));
    return [t('filesIn.smaller', { n: photos.length, from: sum('from'), to: sum('to') }, photos.length)];
  }

  function whyNot({ name, size }: File, why: NotAdmitted, largest: number, doctype: string, most: number): string {
    if (why === 'empty') return t('filesIn.why.empty', { name });
    if (why === 'too-many') return t('filesIn.why.tooMany', { name, n: most, doctype }, most);
    return t('filesIn.why.tooLarge', { name, size: formats.bytes(size), largest: formats.bytes(largest) });
  }

  function failure({ name }: File, thrown: unknown): string {
    if (thrown instanceof DOMException && thrown.name === 'NotFoundError') return t('filesIn.why.gone', { name });
    if (thrown instanceof DOMException) return t('filesIn.why.unreadable', { name });
    const { code, message } = AppError.from(thrown);
    return code === 'storage-full' ? t('filesIn.why.diskFull', { name }) : t('filesIn.why.failed', { name, reason: message });
  }

  const dismiss = (): void => void (news.value = null);

  return { keeping, news, take, dismiss };
}

/** So many lines are shown of any list; the others are counted. */
export const mostLines = 8;
