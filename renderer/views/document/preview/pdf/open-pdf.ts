import { getDocument, PasswordResponses, PDFWorker } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Why a PDF is not shown. */
export type PdfProblem = 'broken' | 'slow' | 'tooLarge';

/** A PDF that is open, or about to be. `opened` rejects with what pdf.js says, or never settles once it was closed. */
export type OpeningPdf = { opened: Promise<PDFDocumentProxy>; close(): void };

/** All of it is held while it is shown. */
export const largestPdf = 100 * 1024 * 1024;

/** One picture of more pixels is left out. */
const largestImage = 50_000_000;
/** What a picture takes while it is brought to its size (bytes). */
const largestCanvas = 64 * 1024 * 1024;

/**
 * Opens a PDF in a worker of its own. Nothing of it acts: there is no layer of links and forms, no engine for its scripts, nothing
 * is compiled (the CSP forbids that as well), and attached files are not looked for. Fonts and character maps that it lacks are ours.
 * `asked` is told that it wants a password, and whether the last one was wrong; what it is given `answer`s with goes on.
 */
export function openPdf(blob: Blob, asked: (wrong: boolean, answer: (password: string) => void) => void): OpeningPdf {
  const port = new Worker(new URL('./pdf-worker.ts', import.meta.url), { type: 'module', name: 'pdf' });
  const worker = PDFWorker.create({ port });
  let closed = false;
  const close = (): void => {
    closed = true;
    worker.destroy();
    port.terminate();
  };

  async function open(): Promise<PDFDocumentProxy> {
    const data = new Uint8Array(await blob.arrayBuffer());
    if (closed) return new Promise(() => undefined);
    const task = getDocument({
      data,
      worker,
      isEvalSupported: false,
      useWasm: false,
      enableXfa: false,
      useSystemFonts: false,
      useWorkerFetch: false,
      maxImageSize: largestImage,
      canvasMaxAreaInBytes: largestCanvas,
      cMapUrl: '/assets/pdf/cmaps/',
      cMapPacked: true,
      standardFontDataUrl: '/assets/pdf/standard_fonts/',
      wasmUrl: '/assets/pdf/wasm/',
      // What it finds wrong with a file is of no use to its person, and stands in their log.
      verbosity: 0,
    });
    task.onPassword = (answer: (password: string) => void, reason: number) =>
      asked(reason === PasswordResponses.INCORRECT_PASSWORD, answer);
    return task.promise;
  }
  const crashed = new Promise<never>((_, reject) =>
    port.addEventListener('error', () => reject(new Error('The worker of the PDF ended.'))),
  );
  crashed.catch(() => undefined);
  return { opened: Promise.race([open(), crashed]), close };
}
