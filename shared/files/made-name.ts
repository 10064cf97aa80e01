/** The names that browsers give to a picture of the clipboard, which has none. */
const nameless = /^(image\.\w+)?$/i;

const endings: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/svg+xml': 'svg', 'image/bmp': 'bmp' };

/** `Pasted 2026-11-29 14.05.png` for a picture that has no name of its own. @param at local time as `YYYY-MM-DD HH.mm` */
export const pastedName = (name: string, type: string, at: string): string =>
  nameless.test(name) ? `Pasted ${at}.${endings[type] ?? type.split('/')[1]?.replace(/\W.*/, '') ?? 'png'}` : name;

/** `Photo 2026-11-29 14.05.33.jpg` of the camera. @param at local time as `YYYY-MM-DD HH.mm.ss` */
export const photoName = (at: string): string => `Photo ${at}.jpg`;
