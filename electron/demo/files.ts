import { createHash } from 'node:crypto';
import { integer, string, type Arguments, type UploadedFile } from './arguments';
import { addInternal, load } from './documents';
import { log } from './docinfo';
import type { Context } from './engine';
import { crash, FrappeError, thrown } from './errors';
import { rewriteJpeg } from './jpeg';
import { checkDoctype, checkDocument } from './permissions';
import { present } from './present';

const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');

const contentTypes: { [extension: string]: string | undefined } = {
  pdf: 'application/pdf',
  txt: 'text/plain; charset=utf-8',
  csv: 'text/csv',
  html: 'text/html; charset=utf-8',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  json: 'application/json',
  zip: 'application/zip',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

const extension = (name: string): string => (name.includes('.') ? (name.split('.').pop() ?? '').toLowerCase() : '');
export const contentType = (name: string): string => contentTypes[extension(name)] ?? 'application/octet-stream';

/** A file of these bytes lies at this address or, if other bytes are there already, beside it under a suffix. */
function place(context: Context, fileName: string, bytes: Uint8Array, isPrivate: boolean): { fileName: string; url: string } {
  const folder = isPrivate ? '/private/files/' : '/files/';
  const hash = md5(bytes);
  const twin = context.store.by('File', 'content_hash', hash).find((file) => Boolean(file['is_private']) === isPrivate);
  // The same bytes are kept once; the File keeps the name that was sent (upload-images).
  if (twin !== undefined) return { fileName, url: string(twin['file_url']) };
  if (!context.disk.has(folder + fileName)) return { fileName, url: folder + fileName };
  const dot = fileName.lastIndexOf('.');
  const at = dot < 0 ? fileName.length : dot;
  const suffixed = `${fileName.slice(0, at)}${hash.slice(-6)}${fileName.slice(at)}`;
  return { fileName: suffixed, url: folder + suffixed };
}

/** `upload_file`. It asks for permission on what the file is for, but not whether that exists. */
export function uploadFile(context: Context, args: Arguments, file: UploadedFile | undefined): { [fieldname: string]: unknown } {
  if (context.user === 'Guest') throw new FrappeError(403, 'PermissionError', { exception: 'frappe.exceptions.PermissionError' });
  const [doctype, docname] = [string(args['doctype']), string(args['docname'])];
  if (doctype !== '') {
    checkDoctype(context, doctype, 'write');
    if (context.store.has(doctype, docname)) checkDocument(context, load(context, doctype, docname), 'write');
  }
  if (file === undefined) throw thrown('MandatoryError', 'Fields `file_name` or `file_url` must be set for File');
  if (file.bytes.length === 0)
    throw new FrappeError(500, 'OSError', {
      exception: 'OSError: File  does not exist',
      messages: [{ message: 'File  does not exist', title: 'Message', indicator: 'red', raise_exception: 1 }],
    });
  const name = file.filename.replace(/[/\\]/g, '').slice(0, 140);
  const isJpeg = ['jpg', 'jpeg'].includes(extension(name));
  const bytes = isJpeg ? rewriteJpeg(file.bytes) : file.bytes;
  if (bytes === undefined) throw crash('UnidentifiedImageError', 'PIL.UnidentifiedImageError: cannot identify image file');
  const isPrivate = integer(args['is_private'], 0) === 1;
  const { fileName, url } = place(context, name, bytes, isPrivate);
  context.disk.set(url, bytes);
  const doc = addInternal(context, 'File', {
    name: md5(new TextEncoder().encode(context.random.hash(20))).slice(0, 10),
    file_name: fileName,
    is_private: isPrivate ? 1 : 0,
    file_type: extension(name).toUpperCase() || null,
    file_size: bytes.length,
    file_url: url,
    content_hash: md5(bytes),
    folder: string(args['folder']) || 'Home',
    is_folder: 0,
    ...(doctype === '' ? {} : { attached_to_doctype: doctype, attached_to_name: docname }),
    ...(string(args['fieldname']) === '' ? {} : { attached_to_field: string(args['fieldname']) }),
  });
  if (doctype !== '' && context.store.has(doctype, docname)) {
    const lock = isPrivate ? ' <i class="fa fa-lock text-warning"></i>' : '';
    log(context, 'Attachment', doctype, docname, `<a href="${url}" target="_blank">${fileName}</a>${lock}`);
  }
  return present(context, doc);
}
