import { AnnotationMode, TextLayer } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { canvasScale } from './canvas-scale';

/** A page as it is drawn: its picture, and its text above that, to be selected and read out. */
export type DrawnPage = { canvas: HTMLCanvasElement; text: HTMLElement };

/**
 * Draws a page. `scale`: CSS pixels a point. Rejects where `signal` aborts it, and where the page cannot be drawn. Annotations are
 * part of the picture; they are nothing that could be clicked.
 */
export async function drawPage(page: PDFPageProxy, scale: number, signal: AbortSignal): Promise<DrawnPage> {
  const viewport = page.getViewport({ scale });
  const sharpness = canvasScale(viewport, window.devicePixelRatio);
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.floor(viewport.width * sharpness));
  canvas.height = Math.max(1, Math.floor(viewport.height * sharpness));
  const drawing = page.render({
    canvas,
    viewport: page.getViewport({ scale: scale * sharpness }),
    annotationMode: AnnotationMode.ENABLE,
  });
  const text = document.createElement('div');
  text.className = 'text';
  text.style.setProperty('--total-scale-factor', String(scale));
  const layer = new TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport });
  const stop = (): void => {
    drawing.cancel();
    layer.cancel();
  };
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  try {
    // A text that cannot be read leaves the picture as it is.
    await Promise.all([drawing.promise, layer.render().catch(() => undefined)]);
    return { canvas, text };
  } catch (thrown) {
    release(canvas);
    throw thrown;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** The memory of a canvas is given back at once, and not some time later. */
export function release(canvas: HTMLCanvasElement): void {
  canvas.width = 0;
  canvas.height = 0;
}
