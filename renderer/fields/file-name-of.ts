/** The name of a file of the site, by its address. */
export function fileNameOf(url: string): string {
  const last = url.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last; // a stray % in a name
  }
}
