import { useI18n } from 'vue-i18n';
import { AppError } from '@shared/errors';
import type { NotAdmitted, Offered } from '@shared/files/admit';
import type { NameVerdict } from '@shared/files/name-and-content';
import { agreed } from '../components/agreed';
import { useFormats } from './formats';

/** A file whose name says something else than its content. */
export type Doubt = { file: File; name: string; verdict: Extract<NameVerdict, { kind: 'doubt' }> };

/** So many lines are shown of any list; the others are counted. */
export const mostLines = 8;

/** What is said of files that come in: each line names the file, what is with it, and what to do. */
export function useFileWords() {
  const { t } = useI18n();
  const formats = useFormats();

  function notAdmitted({ name, size }: Offered, why: NotAdmitted, limits: { largest: number; doctype: string; most: number }): string {
    if (why === 'empty') return t('filesIn.why.empty', { name });
    if (why === 'too-many') return t('filesIn.why.tooMany', { name, n: limits.most, doctype: limits.doctype }, limits.most);
    return t('filesIn.why.tooLarge', { name, size: formats.bytes(size), largest: formats.bytes(limits.largest) });
  }

  /** Of one that could not be read, or kept. */
  function failed({ name }: Offered, thrown: unknown): string {
    const reading = thrown instanceof DOMException ? thrown.name : null;
    if (reading === 'NotFoundError') return t('filesIn.why.gone', { name });
    if (reading === 'NotReadableError' || reading === 'SecurityError') return t('filesIn.why.unreadable', { name });
    const { code, message } = AppError.from(thrown);
    return code === 'storage-full' ? t('filesIn.why.diskFull', { name }) : t('filesIn.why.failed', { name, reason: message });
  }

  function madeSmaller(photos: readonly { from: number; to: number }[]): string {
    const sum = (side: 'from' | 'to'): string => formats.bytes(photos.reduce((bytes, photo) => bytes + photo[side], 0));
    return t('filesIn.smaller', { n: photos.length, from: sum('from'), to: sum('to') }, photos.length);
  }

  /** Asks once for all of them. */
  function wanted(doubts: readonly Doubt[]): Promise<boolean> {
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
  }

  return { notAdmitted, failed, madeSmaller, wanted };
}
