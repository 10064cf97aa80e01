import type { FrappeError, LogMessage } from '../engine/errors';

const escape = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll("'", '&#39;');

/** An answer that is not Frappe's JSON, as its web server gives them. */
export const html = (status: number, title: string, text: string): Response =>
  new Response(`<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>${escape(text)}</p>\n`, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });

export const requestLineTooLong = (length: number): Response =>
  new Response(
    `<html>\n  <head>\n    <title>URI Too Long</title>\n  </head>\n  <body>\n    <h1><p>URI Too Long</p></h1>\n    Request Line is too large (${Math.min(length, 8192)} &gt; 4094)\n  </body>\n</html>\n`,
    { status: 414, headers: { 'content-type': 'text/html' } },
  );

/** Notes for the user travel as a JSON string of a list of JSON strings. */
export const json = (status: number, body: { [key: string]: unknown }, notes: LogMessage[] = []): Response => {
  const log = notes.length === 0 ? {} : { _server_messages: JSON.stringify(notes.map((note) => JSON.stringify(note))) };
  return new Response(JSON.stringify({ ...body, ...log }), { status, headers: { 'content-type': 'application/json' } });
};

/** An error's answer: its class always, its text and traceback unless the server hides them, the notes collected before it. */
export function failure({ status, excType, exception, notes, extra }: FrappeError, before: LogMessage[]): Response {
  const told = exception === null ? {} : { exception, exc: JSON.stringify([`Traceback (most recent call last):\n${exception}\n`]) };
  return json(status, { ...told, exc_type: excType, ...extra }, [...before, ...notes]);
}
