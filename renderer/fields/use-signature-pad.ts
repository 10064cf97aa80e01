import { onMounted, watch } from 'vue';
import type { Ref } from 'vue';

const width = 720;
const height = 240;
const ink = '#1b2330';

/** Draws with a pen, finger or mouse. `stored` is the picture that the document holds; `changed` is told a new one, or null. */
export function useSignaturePad(canvas: Ref<HTMLCanvasElement | null>, stored: () => string, changed: (picture: string | null) => void) {
  let own: string | null = null;
  let drawing = false;

  const pen = (): CanvasRenderingContext2D | null => canvas.value?.getContext('2d') ?? null;

  /** A picture of elsewhere (of the cache, or of an undo) is laid on the paper; one's own is there already. */
  function show(): void {
    const picture = stored();
    if (picture === (own ?? '')) return;
    own = picture;
    wipe();
    if (picture === '') return;
    const image = new Image();
    image.addEventListener('load', () => {
      if (own !== picture) return;
      const scale = Math.min(width / image.width, height / image.height);
      const [w, h] = [image.width * scale, image.height * scale];
      pen()?.drawImage(image, (width - w) / 2, (height - h) / 2, w, h);
    });
    image.src = picture;
  }
  onMounted(show);
  watch(stored, show);

  const wipe = (): void => pen()?.clearRect(0, 0, width, height);
  const tell = (): void => {
    own = canvas.value?.toDataURL('image/png') ?? null;
    changed(own);
  };

  function at(event: PointerEvent): [number, number] {
    const box = canvas.value?.getBoundingClientRect() ?? new DOMRect(0, 0, width, height);
    return [((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height];
  }

  function begin(event: PointerEvent): void {
    const context = pen();
    if (context === null || event.button !== 0) return;
    event.preventDefault();
    canvas.value?.setPointerCapture(event.pointerId);
    drawing = true;
    Object.assign(context, { strokeStyle: ink, lineWidth: 3, lineCap: 'round', lineJoin: 'round' });
    context.beginPath();
    context.moveTo(...at(event));
    draw(event);
  }
  function draw(event: PointerEvent): void {
    const context = pen();
    if (!drawing || context === null) return;
    context.lineTo(...at(event));
    context.stroke();
  }
  function end(): void {
    if (!drawing) return;
    drawing = false;
    tell();
  }

  /** The name in running hand, for who signs by keyboard. */
  function write(name: string): void {
    const context = pen();
    if (context === null) return;
    if (name.trim() === '') return clear();
    wipe();
    Object.assign(context, { fillStyle: ink, font: 'italic 72px cursive', textAlign: 'center', textBaseline: 'middle' });
    context.fillText(name.trim(), width / 2, height / 2, width - 48);
    tell();
  }
  function clear(): void {
    wipe();
    own = '';
    changed(null);
  }

  return { width, height, begin, draw, end, write, clear };
}
