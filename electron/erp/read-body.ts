import { AppError } from '@shared/errors';

/** How much of an answer is taken (bytes), how long it may stand still (ms), and who counts its bytes. */
export type BodyLimits = { maxBytes: number; stallMs: number; received?: (bytes: number) => void };

/**
 * The chunks of an answer, bounded in size and in silence. Rejects with `too-large` or `timeout`;
 * a broken connection rejects with whatever the transport throws.
 */
export async function* bodyChunks(response: Response, limits: BodyLimits, request: string): AsyncGenerator<Uint8Array> {
  if (response.body === null) return;
  // Its declaration leaves the chunks open; a body's chunks are bytes.
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader();
  let total = 0;
  try {
    for (;;) {
      const { done, value } = await withinSilence(reader.read(), limits.stallMs, request);
      if (done) return;
      total += value.byteLength;
      limits.received?.(value.byteLength);
      if (total > limits.maxBytes) {
        throw new AppError('too-large', 'The server’s answer is larger than this app takes.', { status: response.status, request });
      }
      yield value;
    }
  } finally {
    // Ends the connection where the answer was not read to its end; there is nobody left to tell of a failure.
    reader.cancel().catch(() => undefined);
  }
}

async function withinSilence<T>(read: Promise<T>, stallMs: number, request: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AppError('timeout', 'The server stopped in the middle of its answer.', { request })), stallMs);
  });
  try {
    return await Promise.race([read, silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** A whole answer as text. */
export async function readText(response: Response, limits: BodyLimits, request: string): Promise<{ text: string; bytes: number }> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bodyChunks(response, limits, request)) chunks.push(chunk);
  const all = Buffer.concat(chunks);
  return { text: all.toString('utf8'), bytes: all.byteLength };
}
