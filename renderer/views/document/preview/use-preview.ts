import { shallowRef, watch } from 'vue';
import type { Ref } from 'vue';
import { csvRows } from '@shared/format/csv-rows';
import type { CsvRows } from '@shared/format/csv-rows';
import { previewOf } from '@shared/format/file-kind';
import { decodeText } from './decode-text';
import type { DecodedText } from './decode-text';

/** So much of a file is shown: of a text, and of a table, which is cut at its rows. */
const textBytes = 256 * 1024;
const tableBytes = 4 * 1024 * 1024;
export const tableRows = 1_000;

/** `cut`: the bytes that are shown, where the file goes on. */
type Part = { encoding: DecodedText['encoding']; cut: number | null };
export type Previewed =
  { as: 'picture' } | { as: 'pdf' } | ({ as: 'text'; text: string } & Part) | ({ as: 'table' } & CsvRows & Part) | { as: 'none' };

/** What of a file is shown; null until its bytes were looked at, and where none is open. Nothing of it is run. */
export function usePreview(opened: Ref<{ fileName: string; stored: { type: string }; blob: Blob } | null>): Ref<Previewed | null> {
  const previewed = shallowRef<Previewed | null>(null);
  watch(
    opened,
    async (file) => {
      previewed.value = null;
      if (file === null) return;
      const shown = await previewFor(file.fileName, file.stored.type, file.blob);
      if (opened.value === file) previewed.value = shown;
    },
    { immediate: true },
  );
  return previewed;
}

async function previewFor(fileName: string, type: string, blob: Blob): Promise<Previewed> {
  const as = previewOf(fileName, type, await bytesOf(blob, 2));
  if (as === 'picture' || as === 'pdf' || as === 'none') return { as };
  const most = as === 'table' ? tableBytes : textBytes;
  const { text, encoding } = decodeText(await bytesOf(blob, most));
  const part: Part = { encoding, cut: blob.size > most ? most : null };
  return as === 'text' ? { as, text, ...part } : { as, ...csvRows(text, tableRows), ...part };
}

const bytesOf = async (blob: Blob, most: number): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await blob.slice(0, most).arrayBuffer());
