import { shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { AppError } from '@shared/errors';
import { admit } from '@shared/files/admit';
import type { Offered } from '@shared/files/admit';
import { nameAndContent } from '@shared/files/name-and-content';
import { usualLargest } from '@shared/files/site-limit';
import { contentType, headBytes } from '@shared/format/content-type';
import { diskName } from '@shared/format/disk-name';
import type { AttachedFile } from '../cache/record';
import { mostAtOnce } from '../components/dropped-files';
import type { Gathered } from '../components/dropped-files';
import { useKeptFiles } from './document-kept-files';
import type { KeptNews } from './file-news';
import { useFileWords } from './files-in-words';
import type { Doubt } from './files-in-words';
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

/** A photo of more bytes than that is not drawn: it would take all memory. */
const largestDrawn = 100 * 1024 * 1024;

/** Of photos that lost a few bytes of EXIF alone nothing is said. */
const worthSaying = 0.95;

/** `fileName`: null where it is still to be told whether its own says what it is. */
type Chosen = { file: File; fileName: string | null };

/** What has come of the files that were given at once, in words and in bytes. */
type Round = { refused: string[]; told: string[]; doubts: Doubt[]; smaller: { from: number; to: number }[] };

/**
 * Files come in: looked at before anything is queued, kept one after the other, and those that are not taken told together: where
 * that is told outlives the screen.
 */
export function useFilesIn({ news, set: setNews }: Pick<KeptNews, 'news' | 'set'>) {
  const { t } = useI18n();
  const formats = useFormats();
  const session = useSession();
  const preferences = usePreferences();
  const kept = useKeptFiles();
  const words = useFileWords();
  const keeping = shallowRef<Keeping | null>(null);
  let turn: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  /** Answers how many are safe on this device. What was given before is first, and what is told of it stays. */
  async function take(given: Gathered, to: Destination): Promise<number> {
    if (waiting === 0) dismiss();
    waiting += 1;
    const mine = turn.then(() => takeNow(given, to));
    turn = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      waiting -= 1;
    }
  }

  const tell = (refused: readonly string[], told: readonly string[]): void => {
    if (refused.length + told.length === 0) return;
    setNews({ refused: [...(news.value?.refused ?? []), ...refused], told: [...(news.value?.told ?? []), ...told] });
  };

  async function takeNow(given: Gathered, to: Destination): Promise<number> {
    const closed = to.closed();
    if (closed !== null) {
      tell([closed], []);
      return 0;
    }
    const round: Round = { refused: [], told: [], doubts: [], smaller: [] };
    let count = await keepAll(await chosen(given, to, round), to, round);
    const { doubts } = round;
    if (doubts.length > 0 && (await words.wanted(doubts)))
      count += await keepAll(
        doubts.map(({ file, verdict }) => ({ file, fileName: verdict.fileName })),
        to,
        round,
      );
    else round.refused.push(...doubts.map(({ name }) => t('filesIn.why.doubted', { name })));
    const smaller = round.smaller.filter((photo) => photo.to < photo.from * worthSaying);
    if (smaller.length > 0) round.told.push(words.madeSmaller(smaller));
    tell(round.refused, round.told);
    return count;
  }

  /** Those that are taken, by what can be told without reading them. */
  async function chosen({ files, left, cut }: Gathered, to: Destination, { refused, told }: Round): Promise<Chosen[]> {
    const { most, places } = await to.room();
    const largest = session.account?.largestFile ?? usualLargest;
    const [first, ...others] = files;
    const admitted = admit(to.one && first !== undefined ? [first] : files, { largest, places, madeSmaller });
    refused.push(...left.map(({ name, why }) => t(`filesIn.why.${why}`, { name })));
    for (const { file, why } of admitted.refused) refused.push(words.notAdmitted(file, why, { largest, doctype: to.doctype, most }));
    if (cut) told.push(t('filesIn.cut', { n: formats.integer(mostAtOnce) }));
    if (to.one && first !== undefined && others.length > 0)
      told.push(t('filesIn.why.onlyOne', { name: first.name, n: others.length }, others.length));
    return admitted.taken.map((file) => ({ file, fileName: null }));
  }

  async function keepAll(some: readonly Chosen[], to: Destination, round: Round): Promise<number> {
    let count = 0;
    for (const [index, { file, fileName }] of some.entries()) {
      keeping.value = { at: index + 1, of: some.length, name: file.name, size: file.size, done: 0 };
      try {
        const name = fileName ?? (await nameOf(file, round));
        if (name === null) continue;
        round.smaller.push({ from: file.size, to: await keepOne(file, name, to) });
        count += 1;
      } catch (thrown) {
        round.refused.push(words.failed(file, thrown));
        const further = some.length - index - 1;
        if (AppError.from(thrown).code !== 'storage-full' || further === 0) continue;
        // None of the others would fit either.
        round.refused.push(t('filesIn.why.notTried', { n: further }, further));
        break;
      }
    }
    keeping.value = null;
    return count;
  }

  /** The name that a file gets; null where its person is asked first. */
  async function nameOf(file: File, { doubts, told }: Round): Promise<string | null> {
    const name = diskName(file.name);
    const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
    const verdict = nameAndContent(name, contentType(head, name));
    if (verdict.kind === 'true') return name;
    if (verdict.kind === 'renamed') {
      told.push(t('filesIn.renamed', { name, fileName: verdict.fileName }));
      return verdict.fileName;
    }
    doubts.push({ file, name, verdict });
    return null;
  }

  /** Answers the bytes that are kept. Another ending may have made the name too long. */
  async function keepOne(file: File, name: string, to: Destination): Promise<number> {
    const prepared = await preparePhoto(file, preferences.settings);
    const stored = await kept.keep(prepared, (done) => {
      if (keeping.value !== null) keeping.value = { ...keeping.value, size: prepared.size, done };
    });
    await to.put({ file: stored, fileName: diskName(name), isPrivate: true });
    return prepared.size;
  }

  /** It may be larger than the site takes: what comes of it is looked at again. */
  const madeSmaller = ({ name, size }: Offered): boolean =>
    preferences.settings.photoSide !== 'as-it-is' && /\.jpe?g$/i.test(name) && size <= largestDrawn;

  function dismiss(): void {
    if (news.value !== null) setNews(null);
  }

  return { keeping, news, take, tell, dismiss };
}
