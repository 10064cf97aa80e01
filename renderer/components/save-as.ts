import { diskName } from '@shared/format/disk-name';

/** Hands text to the browser as a file to be saved. */
export const saveAs = (fileName: string, text: string, type: string): void =>
  saveBlob(fileName, new Blob([text], { type: `${type};charset=utf-8` }));

/** Hands a file to the browser to be saved; it is never opened by that. */
export function saveBlob(fileName: string, blob: Blob): void {
  // As bytes only: no browser shows such a download instead of saving it.
  const url = URL.createObjectURL(new Blob([blob], { type: 'application/octet-stream' }));
  download(url, diskName(fileName));
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
