import { randomBytes } from 'node:crypto';
import type { UploadedFile } from '@shared/bridge/files';
import { notFrappe } from '@shared/erp/classify';
import { isRecord, payloadOf } from '@shared/erp/envelope';
import { AppError } from '@shared/errors';
import type { Asking, Connection } from './connection';
import type { SignedHeaders } from './credentials';
import type { MeteredRequest } from './meter';
import { multipart } from './multipart';
import { networkFailure } from './network-failure';
import { patience } from './patience';
import { readText } from './read-body';
import { acceptText, cancelled } from './request';

/** A file to send; `bytes` is read once, in order, `size` bytes in all. */
export type Upload = {
  fileName: string;
  type: string;
  size: number;
  bytes: AsyncIterable<Uint8Array>;
  doctype: string;
  docname: string;
  fieldname?: string | undefined;
  isPrivate: boolean;
  /** Told after each piece that the network took, in bytes of the file. */
  onProgress?: (sent: number, total: number) => void;
};

export type Uploaded = { file: UploadedFile; date: string | null };

const label = 'POST /api/method/upload_file';

/**
 * Sends a file as multipart without ever holding it whole. Not repeated: where the answer is lost, the server
 * may have the file, and sent again it would have two (recording upload).
 */
export async function upload(connection: Connection, file: Upload, asking: Asking): Promise<Uploaded> {
  const taken = { whole: false };
  try {
    const task = (headers: SignedHeaders, metered: MeteredRequest) => send(connection, headers, file, taken, asking.signal, metered);
    return await connection.signed(label, asking, task, { repeat: false });
  } catch (thrown) {
    // Once it is stopped, nothing more of it leaves.
    if (asking.signal.aborted && !taken.whole) throw stoppedEarly();
    throw thrown;
  }
}

/** `taken`: whether the network took the last of the bytes. */
async function send(
  connection: Connection,
  headers: SignedHeaders,
  file: Upload,
  taken: { whole: boolean },
  signal: AbortSignal,
  metered: MeteredRequest,
): Promise<Uploaded> {
  const stall = patience(connection.timeouts.upload, signal);
  // A failure to read the file here must not be taken for a failure of the network.
  let reading: unknown = null;
  const read = async function* (): AsyncGenerator<Uint8Array> {
    let sent = 0;
    try {
      for await (const piece of file.bytes) {
        yield piece;
        stall.renew();
        sent += piece.byteLength;
        metered.sent(piece.byteLength);
        file.onProgress?.(sent, file.size);
      }
      taken.whole = true;
    } catch (thrown) {
      reading = thrown;
      throw thrown;
    }
  };
  const bytes = read();
  try {
    const form = multipart(fieldsOf(file), { ...file, bytes }, randomBytes(16).toString('hex'));
    const response = await connection.sendStream({
      url: `${connection.siteUrl}/api/method/upload_file`,
      headers: { Accept: 'application/json', 'Content-Type': form.contentType, ...headers },
      body: form.body,
      size: form.size,
      signal: stall.signal,
    });
    metered.answered(response.headers);
    const limits = { maxBytes: 4 * 1024 * 1024, stallMs: connection.timeouts.silence, received: metered.received };
    const { text } = await readText(response, limits, label);
    const { envelope, date } = acceptText(response, text, label);
    const uploaded = uploadedFile(payloadOf(envelope));
    if (uploaded === null) throw notFrappe({ status: response.status, contentType: null, body: text, request: label });
    return { file: uploaded, date };
  } catch (thrown) {
    if (signal.aborted) throw cancelled(label);
    if (reading instanceof AppError) throw reading;
    if (thrown instanceof AppError) throw thrown;
    if (stall.signal.aborted)
      throw new AppError(
        'timeout',
        'The upload stood still for too long. The server may still have the file; this is looked up before it is sent again.',
        { request: label },
      );
    throw networkFailure(thrown, label);
  } finally {
    stall.end();
    // Stopped, Node's fetch reads a body to its end or leaves it open. What came of the upload is known by now.
    bytes.return(undefined).catch(() => undefined);
  }
}

/** The last of its bytes never left: no server takes half of a form for the whole, so that it is not there. */
const stoppedEarly = (): AppError => new AppError('try-again', 'The upload was stopped before all of it was sent.', { request: label });

const fieldsOf = (file: Upload): Record<string, string> => ({
  doctype: file.doctype,
  docname: file.docname,
  is_private: file.isPrivate ? '1' : '0',
  ...(file.fieldname === undefined ? {} : { fieldname: file.fieldname }),
});

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function uploadedFile(raw: unknown): UploadedFile | null {
  if (!isRecord(raw) || text(raw['name']) === '' || text(raw['file_url']) === '') return null;
  return {
    name: text(raw['name']),
    file_name: text(raw['file_name']),
    file_url: text(raw['file_url']),
    is_private: Number(raw['is_private']) === 1 ? 1 : 0,
    content_hash: text(raw['content_hash']) || null,
    file_size: typeof raw['file_size'] === 'number' ? raw['file_size'] : 0,
  };
}
