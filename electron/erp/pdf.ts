import { holdsTemporaryName } from '@shared/erp/temporary-name';
import { AppError } from '@shared/errors';
import type { Asking, Connection } from './connection';
import { methodPath, query } from './paths';
import { readText } from './read-body';
import { acceptText } from './request';
import { streamAnswer, type Receive } from './stream-answer';

/** A document that the server has, how it is laid out, and whether with the letter head that is the document's or the site's. */
export type PdfQuestion = { doctype: string; name: string; format: string; letterhead: boolean };

const method = 'frappe.utils.print_format.download_pdf';
const label = `GET /api/method/${method}`;
const largest = 64 * 1024 * 1024;
const largestRefusal = 1024 * 1024;
const signature = '%PDF-';

/** Streams the PDF that the server makes of a document. It may take as long as a save, and writes nothing there. */
export async function downloadPdf<T>(connection: Connection, print: PdfQuestion, receive: Receive<T>, asking: Asking): Promise<T> {
  const { doctype, name, format, letterhead } = print;
  if (holdsTemporaryName(name)) {
    throw new AppError('internal', 'The server does not have this document yet, so it cannot print it.', { request: label });
  }
  const { write, silence } = connection.timeouts;
  const ask = {
    path: methodPath(method) + query({ doctype, name, format, no_letterhead: letterhead ? 0 : 1 }),
    label,
    timeoutMs: write,
    timedOut: 'The server did not make the PDF in time. Try again, or print the form from this device.',
    maxBytes: largest,
    check: (response: Response) => checkAnswer(response, silence),
  };
  return streamAnswer(connection, ask, (chunks) => receive(pdfOnly(chunks)), asking);
}

async function checkAnswer(response: Response, stallMs: number): Promise<void> {
  const type = response.headers.get('content-type') ?? '';
  if (response.ok && /^application\/pdf\b/i.test(type)) return;
  const { text } = await readText(response, { maxBytes: largestRefusal, stallMs }, label);
  try {
    acceptText(response, text, label);
  } catch (thrown) {
    throw inPrintWords(AppError.from(thrown));
  }
  throw noPdf(response.status);
}

/** pdfkit raises Python's `OSError` where wkhtmltopdf is missing or fails; what it says of that is for the details. */
const inPrintWords = (error: AppError): AppError =>
  error.details.excType === 'OSError'
    ? new AppError(
        'server-error',
        'The site could not make the PDF: the program that it uses for this (wkhtmltopdf) is missing or failed there. Tell its administrator.',
        error.details,
      )
    : error;

const noPdf = (status?: number): AppError =>
  new AppError('not-frappe', 'The server gave no PDF.', { request: label, ...(status === undefined ? {} : { status }) });

/** The same bytes, or an error before the first of them is passed on: a type in a header is only a claim. */
async function* pdfOnly(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (head === null) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.byteLength < signature.length) continue;
    if (head.subarray(0, signature.length).toString('latin1') !== signature) throw noPdf();
    yield head;
    head = null;
  }
  if (head !== null) throw noPdf();
}
