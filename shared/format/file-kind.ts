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
