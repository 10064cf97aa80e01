import { createHash } from 'node:crypto';

/** An object of a PDF: a dictionary or the like, and the bytes of its stream where it has one. */
type PdfObject = string | { dictionary: string; stream: string };

export type PdfPage = { content: string; width?: number; height?: number; more?: string };

export type PdfOptions = {
  /** Added to the catalog. */
  catalog?: string;
  /** Objects that `catalog` and pages may name: the first has number 10, the next 11. */
  objects?: PdfObject[];
  /** Locked with this password (RC4 of 40 bits, as PDF 1.1 has it). */
  password?: string;
};

const firstOwn = 10;

/** A whole PDF with these pages. They may use the font /F, which is Helvetica and not in the file. */
export function pdfOf(pages: readonly PdfPage[], { catalog = '', objects = [], password }: PdfOptions = {}): Uint8Array {
  const all = new Map<number, PdfObject>();
  const firstPage = firstOwn + objects.length;
  const kids = pages.map((_, index) => `${firstPage + 2 * index} 0 R`).join(' ');
  all.set(1, `<</Type/Catalog/Pages 2 0 R${catalog}>>`);
  all.set(2, `<</Type/Pages/Kids[${kids}]/Count ${pages.length}>>`);
  all.set(3, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>');
  objects.forEach((object, index) => all.set(firstOwn + index, object));
  pages.forEach(({ content, width = 595, height = 842, more = '' }, index) => {
    const number = firstPage + 2 * index;
    const resources = more.includes('/Resources') ? '' : '/Resources<</Font<</F 3 0 R>>>>';
    all.set(number, `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${width} ${height}]/Contents ${number + 1} 0 R${resources}${more}>>`);
    all.set(number + 1, { dictionary: '', stream: content });
  });
  const lock = password === undefined ? null : lockOf(password);
  if (lock !== null) all.set(4, lock.dictionary);

  let file = '%PDF-1.4\n';
  const offsets: string[] = [];
  for (const [number, object] of all) {
    offsets.push(`${number} 1\n${String(file.length).padStart(10, '0')} 00000 n \n`);
    const stream = typeof object === 'string' ? null : (lock?.seal(number, object.stream) ?? object.stream);
    const body =
      typeof object === 'string' ? object : `<<${object.dictionary}/Length ${stream?.length ?? 0}>>stream\n${stream ?? ''}\nendstream`;
    file += `${number} 0 obj${body}endobj\n`;
  }
  const size = Math.max(...all.keys()) + 1;
  const locked = lock === null ? '' : '/Encrypt 4 0 R/ID[<00><00>]';
  const table = `xref\n0 1\n0000000000 65535 f \n${offsets.join('')}`;
  return Buffer.from(`${file}${table}trailer<</Root 1 0 R/Size ${size}${locked}>>\nstartxref\n${file.length}\n%%EOF\n`, 'latin1');
}

export const lineOf = (text: string): string => `BT /F 24 Tf 72 760 Td (${text}) Tj ET`;

const padding = Buffer.from('28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A', 'hex');
const padded = (password: string): Buffer => Buffer.concat([Buffer.from(password, 'latin1'), padding]).subarray(0, 32);
const md5 = (...parts: Uint8Array[]): Buffer => createHash('md5').update(Buffer.concat(parts)).digest();
const hex = (bytes: Buffer): string => `<${bytes.toString('hex')}>`;

/** The standard handler, revision 2 (PDF reference 1.4, 3.5.2): everything may be done by who knows the password. */
function lockOf(password: string) {
  const owner = rc4(md5(padded(password)).subarray(0, 5), padded(password));
  const key = md5(padded(password), owner, Buffer.from('fcffffff', 'hex'), Buffer.from([0])).subarray(0, 5);
  return {
    dictionary: `<</Filter/Standard/V 1/R 2/O ${hex(owner)}/U ${hex(rc4(key, padding))}/P -4>>`,
    seal: (number: number, stream: string): string =>
      rc4(md5(key, Buffer.from([number & 255, (number >> 8) & 255, 0, 0, 0])).subarray(0, 10), Buffer.from(stream, 'latin1')).toString(
        'latin1',
      ),
  };
}

function rc4(key: Buffer, bytes: Buffer): Buffer {
  const box = Uint8Array.from({ length: 256 }, (_, index) => index);
  const at = (index: number): number => box[index & 255] ?? 0;
  const swap = (one: number, other: number): void => void ([box[one & 255], box[other & 255]] = [at(other), at(one)]);
  let j = 0;
  for (let i = 0; i < 256; i += 1) {
    j = (j + at(i) + (key[i % key.length] ?? 0)) & 255;
    swap(i, j);
  }
  j = 0;
  return Buffer.from(
    bytes.map((byte, index) => {
      const i = (index + 1) & 255;
      j = (j + at(i)) & 255;
      swap(i, j);
      return byte ^ at(at(i) + at(j));
    }),
  );
}
