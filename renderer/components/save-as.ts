/** Hands text to the browser as a file to be saved. */
export function saveAs(fileName: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  // Path signs and what Windows forbids in names.
  download(url, fileName.replace(/[\\/:*?"<>|]/g, '-'));
  // The browser has taken its own hold of the blob once the click is handled.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

/** Has the browser save what an address answers; without a name of ours under the one that the answer says. */
export function download(address: string, fileName = ''): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
}
