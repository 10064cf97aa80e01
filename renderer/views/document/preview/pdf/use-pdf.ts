import { onScopeDispose, shallowRef, watch } from 'vue';
import type { Ref } from 'vue';
import { largestPdf, openPdf } from './open-pdf';
import type { OpeningPdf, PdfProblem } from './open-pdf';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Size } from './page-column';

/** `first`: the size of its first page in points, which the others are taken for until they are looked at. */
export type OpenPdf = { pages: number; first: Size; page(number: number): Promise<PDFPageProxy> };

export type PdfState =
  | { at: 'opening' }
  | { at: 'asking'; wrong: boolean; answer: (password: string) => void }
  | { at: 'open'; pdf: OpenPdf }
  | { at: 'failed'; problem: PdfProblem };

/** Milliseconds after which a file that does not open counts as one that never will. */
const patience = 30_000;

/** A PDF of these bytes; closed with the component, and before another is opened. */
export function usePdf(blob: Ref<Blob>): Readonly<Ref<PdfState>> {
  const state = shallowRef<PdfState>({ at: 'opening' });
  let current: OpeningPdf | null = null;
  let timer = 0;

  function end(): void {
    clearTimeout(timer);
    current?.close();
    current = null;
  }
  function fail(problem: PdfProblem): void {
    end();
    state.value = { at: 'failed', problem };
  }
  const wait = (): void => void (timer = window.setTimeout(() => fail('slow'), patience));

  async function open(bytes: Blob): Promise<void> {
    end();
    state.value = { at: 'opening' };
    if (bytes.size > largestPdf) return fail('tooLarge');
    wait();
    const mine = openPdf(bytes, (wrong, answer) => {
      // A person may take their time.
      clearTimeout(timer);
      state.value = {
        ...{ at: 'asking', wrong },
        answer(password) {
          state.value = { at: 'opening' };
          wait();
          answer(password);
        },
      };
    });
    current = mine;
    try {
      const pdf = await opened(await mine.opened);
      if (current !== mine) return;
      clearTimeout(timer);
      state.value = { at: 'open', pdf };
    } catch {
      if (current === mine) fail('broken');
    }
  }

  watch(blob, (bytes) => void open(bytes), { immediate: true });
  onScopeDispose(end);
  return state;
}

async function opened(document: PDFDocumentProxy): Promise<OpenPdf> {
  const first = await document.getPage(1);
  return { pages: document.numPages, first: sizeOf(first), page: (number) => document.getPage(number) };
}

/** In points, as it is turned. */
export function sizeOf(page: PDFPageProxy): Size {
  const { width, height } = page.getViewport({ scale: 1 });
  return { width: Math.max(1, width), height: Math.max(1, height) };
}
