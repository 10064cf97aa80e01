/** Text in a PDF's string: what its standard fonts cannot write becomes a question mark. */
const written = (line: string): string =>
  line
    .replace(/[\u{100}-\u{10ffff}]/gu, '?')
    .replace(/[\\()]/g, '\\$&')
    .replace(/[\r\n]/g, ' ');

/** A PDF of one A4 page with lines of text on it, the first one large. Objects and offsets as ISO 32000-1 has them. */
export function pdfOf(lines: readonly string[]): Uint8Array<ArrayBuffer> {
  const shown = lines.map((line, at) => `${at === 0 ? '/F1 18 Tf' : '/F1 11 Tf'} (${written(line)}) Tj T*`).join('\n');
  const content = `BT 56 770 Td 24 TL\n${shown}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, at) => {
    const offset = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(text + table + trailer, 'latin1'));
}
