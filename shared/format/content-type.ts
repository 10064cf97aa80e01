type Signature = { type: string; at: number; bytes: number[] };

const ascii = (text: string): number[] => Array.from(text, (sign) => sign.charCodeAt(0));

const signatures: Signature[] = [
  { type: 'image/jpeg', at: 0, bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/png', at: 0, bytes: [0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a] },
  { type: 'image/gif', at: 0, bytes: ascii('GIF8') },
  { type: 'image/webp', at: 8, bytes: ascii('WEBP') },
  { type: 'image/bmp', at: 0, bytes: ascii('BM') },
  { type: 'image/tiff', at: 0, bytes: [...ascii('II*'), 0] },
  { type: 'image/tiff', at: 0, bytes: [...ascii('MM'), 0, 0x2a] },
  { type: 'image/heic', at: 4, bytes: ascii('ftypheic') },
  { type: 'image/heic', at: 4, bytes: ascii('ftypmif1') },
  { type: 'image/avif', at: 4, bytes: ascii('ftypavif') },
  { type: 'video/quicktime', at: 4, bytes: ascii('ftypqt') },
  { type: 'video/mp4', at: 4, bytes: ascii('ftyp') },
  { type: 'application/pdf', at: 0, bytes: ascii('%PDF-') },
  { type: 'application/zip', at: 0, bytes: [...ascii('PK'), 3, 4] },
  { type: 'application/gzip', at: 0, bytes: [0x1f, 0x8b] },
  { type: 'application/x-msdownload', at: 0, bytes: ascii('MZ') },
  { type: 'application/x-elf', at: 0, bytes: [0x7f, ...ascii('ELF')] },
  { type: 'application/msword', at: 0, bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] },
];

/** Types whose content says less than their name: text, and what is a zip inside. */
const byExtension: Record<string, string> = {
  txt: 'text/plain',
  log: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  json: 'application/json',
  xml: 'application/xml',
  html: 'text/html',
  htm: 'text/html',
  svg: 'image/svg+xml',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
};

const zipped = /^application\/vnd\.(?:openxmlformats|oasis)/;
const oldOffice = /^application\/(?:msword|vnd\.ms-)/;
const textual = /^text\/|^application\/(?:json|xml)$|^image\/svg/;

const holds = (head: Uint8Array, { at, bytes }: Signature): boolean => bytes.every((byte, index) => head[at + index] === byte);

/** Control characters that no text has. */
const isBinary = (head: Uint8Array): boolean => head.some((byte) => byte === 0 || (byte < 9 && byte > 0) || (byte > 13 && byte < 27));

/** So many bytes from the beginning of a file tell its type. */
export const headBytes = 512;

/**
 * The media type of a file from its first bytes, and from its extension where the content alone cannot tell.
 * A name never makes a type that the content denies.
 */
export function contentType(head: Uint8Array, fileName: string): string {
  const extension = /\.([a-z0-9]{1,8})$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
  const named = byExtension[extension];
  const sniffed = signatures.find((signature) => holds(head, signature))?.type;
  if (sniffed === 'application/zip') return named !== undefined && zipped.test(named) ? named : sniffed;
  if (sniffed === 'application/msword') return named !== undefined && oldOffice.test(named) ? named : 'application/x-ole-storage';
  if (sniffed !== undefined) return sniffed;
  if (head.byteLength === 0 || isBinary(head)) return 'application/octet-stream';
  const start = String.fromCharCode(...head.subarray(0, headBytes))
    .trimStart()
    .toLowerCase();
  if (start.startsWith('<!doctype html') || start.startsWith('<html')) return 'text/html';
  if (start.startsWith('<svg') || (start.startsWith('<?xml') && start.includes('<svg'))) return 'image/svg+xml';
  return named !== undefined && textual.test(named) ? named : 'text/plain';
}
