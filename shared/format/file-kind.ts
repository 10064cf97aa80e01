/** Endings that a system runs, installs or hands to an interpreter when such a file is opened. */
const running = new Set(
  (
    'exe msi msix com scr pif bat cmd ps1 psm1 vb vbs vbe js jse mjs ws wsf wsh hta cpl msc reg lnk url inf jar jnlp app command ' +
    'workflow action pkg dmg sh bash zsh csh fish run bin elf appimage deb rpm desktop py pyw pl rb php docm dotm xlsm xltm xlam pptm ' +
    'ppam html htm xhtml shtml svg swf iso img vhd'
  ).split(' '),
);
const runningTypes = /^application\/x-(msdownload|elf|sh|executable)|^text\/html|svg/;

/** Would opening this file let it do something on the machine? Told by its name and by the type that its content has. */
export function mayRun(fileName: string, type: string): boolean {
  const ending = /\.([^.]+)$/.exec(fileName.trim().replace(/[. ]+$/, ''))?.[1]?.toLowerCase();
  return runningTypes.test(type) || (ending !== undefined && running.has(ending));
}

const pictures: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp', 'image/avif']);

/** Can the app itself show it as a picture? `type` is told by the content; a drawing with scripts (SVG) is none. */
export const isPicture = (type: string): boolean => pictures.has(type);

/** How the app shows a file: as a picture, as pages, as a table, as text, or not at all. */
export type Preview = 'picture' | 'pdf' | 'table' | 'text' | 'none';

const textual = /^text\/|^application\/(?:json|xml)$|^image\/svg/;

/**
 * `head`: its first bytes. HTML and drawings (SVG) are text here, for they may hold scripts; text of two bytes a letter is told by
 * the mark that it begins with, since its content looks like no text.
 */
export function previewOf(fileName: string, type: string, head: Uint8Array): Preview {
  if (isPicture(type)) return 'picture';
  if (type === 'application/pdf') return 'pdf';
  const wide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (!textual.test(type) && !(wide && type === 'application/octet-stream')) return 'none';
  return type === 'text/csv' || /\.(csv|tsv)$/i.test(fileName.trim()) ? 'table' : 'text';
}
