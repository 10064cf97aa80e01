export type Multipart = { contentType: string; size: number; body: AsyncIterable<Uint8Array> };

/** A name inside a `Content-Disposition`, as browsers write it: these three would end the quotes or the line. */
const quoted = (name: string): string => name.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');

/**
 * A `multipart/form-data` body of text fields and one file, as a stream of known size.
 * Made by hand since `FormData` wants a `Blob`, whose bytes must be in memory or in a plain file.
 */
export function multipart(
  fields: Record<string, string>,
  file: { fileName: string; type: string; size: number; bytes: AsyncIterable<Uint8Array> },
  boundary: string,
): Multipart {
  const line = `--${boundary}\r\n`;
  const texts = Object.entries(fields).map(
    ([name, value]) => `${line}Content-Disposition: form-data; name="${quoted(name)}"\r\n\r\n${value}\r\n`,
  );
  const head = Buffer.from(
    `${texts.join('')}${line}Content-Disposition: form-data; name="file"; filename="${quoted(file.fileName)}"\r\n` +
      `Content-Type: ${file.type}\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    size: head.byteLength + file.size + tail.byteLength,
    body: inOrder(head, file.bytes, tail),
  };
}

async function* inOrder(head: Uint8Array, bytes: AsyncIterable<Uint8Array>, tail: Uint8Array): AsyncGenerator<Uint8Array> {
  yield head;
  yield* bytes;
  yield tail;
}
