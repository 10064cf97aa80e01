/** Hands text to the browser as a file to be saved. */
export function saveAs(fileName: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  // Path signs and what Windows forbids in names.
  link.download = fileName.replace(/[\\/:*?"<>|]/g, '-');
  link.click();
  // The browser has taken its own hold of the blob once the click is handled.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
