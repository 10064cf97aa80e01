import { createHash } from 'node:crypto';
import { integer, type Arguments, type UploadedFile } from '../engine/carried';
import { comment } from './docinfo';
import { open } from '../engine/documents';
import { addInternal, type Context } from '../engine/engine';
import { FrappeError, red } from '../engine/errors';
import { rewriteJpeg } from './jpeg';
import { checkDoctype } from '../engine/permissions';
import { present } from './present';

const md5 = (bytes: Uint8Array | string): string => createHash('md5').update(bytes).digest('hex');

const extension = (name: string): string => (name.includes('.') ? (name.split('.').pop() ?? '') : '');

/** A file of these bytes lies at this address or, if other bytes are there already, beside it under a suffix. */
function place(context: Context, name: string, hash: string, isPrivate: boolean): { file_name: string; file_url: string } {
  const folder = isPrivate ? '/private/files/' : '/files/';
  const twin = context.store.by('File', 'content_hash', hash).find((file) => Boolean(file['is_private']) === isPrivate);
  // The same bytes are kept once; the File keeps the name that was sent (upload-images).
  if (twin !== undefined) return { file_name: name, file_url: String(twin['file_url']) };
  const suffixed = context.disk.has(folder + name) ? name.replace(/(\.[^.]*)?$/, `${hash.slice(-6)}$1`) : name;
  return { file_name: suffixed, file_url: folder + suffixed };
}

/** How many files a DocType allows on one document (Frappe's `File.validate_attachment_limit`); not recorded. */
function checkPlaces(context: Context, doctype: string, name: string): void {
  const most = context.metadata.get(doctype)?.max_attachments ?? 0;
  const there = context.store.by('File', 'attached_to_name', name).filter((file) => file['attached_to_doctype'] === doctype);
  if (most === 0 || there.length < most) return;
  const message = `Maximum Attachment Limit of ${most} has been reached for ${doctype} ${name}.`;
  throw new FrappeError('AttachmentLimitReached', message, { title: 'Attachment Limit Reached' });
}

/** `upload_file`. It asks for permission on what the file is for, but not whether that exists. */
export function uploadFile(context: Context, args: Arguments, file: UploadedFile | undefined): { [fieldname: string]: unknown } {
  if (context.user === 'Guest') throw new FrappeError('PermissionError');
  const { doctype = '', docname: name = '', fieldname: field = '' } = args;
  const attached = doctype !== '' && context.store.has(doctype, name);
  if (doctype !== '') checkDoctype(context, doctype, 'write');
  if (attached) open(context, doctype, name, 'write');
  if (file === undefined) throw new FrappeError('MandatoryError', 'Fields `file_name` or `file_url` must be set for File');
  if (file.bytes.length === 0) throw new FrappeError('OSError', 'File  does not exist', { notes: [red('File  does not exist')] });
  const asked = Array.from(file.filename.replace(/[/\\]/g, '')).slice(0, 140).join('');
  const bytes = /\.jpe?g$/i.test(asked) ? rewriteJpeg(file.bytes) : file.bytes;
  if (bytes === undefined) throw new FrappeError('PIL.UnidentifiedImageError', 'cannot identify image file');
  if (doctype !== '') checkPlaces(context, doctype, name);
  const isPrivate = integer(args['is_private'], 0) === 1;
  const hash = md5(bytes);
  const placed = place(context, asked, hash, isPrivate);
  context.disk.set(placed.file_url, bytes);
  const doc = addInternal(context, 'File', {
    // A name as Frappe's hashes of files are.
    name: md5(context.random.hash(20)).slice(0, 10),
    ...placed,
    is_private: isPrivate ? 1 : 0,
    file_type: extension(asked).toUpperCase() || null,
    file_size: bytes.length,
    content_hash: hash,
    folder: args['folder'] ?? 'Home',
    is_folder: 0,
    ...(doctype === '' ? {} : { attached_to_doctype: doctype, attached_to_name: name }),
    ...(field === '' ? {} : { attached_to_field: field }),
  });
  const lock = isPrivate ? ' <i class="fa fa-lock text-warning"></i>' : '';
  if (attached)
    comment(context, 'Attachment', doctype, name, `<a href="${placed.file_url}" target="_blank">${placed.file_name}</a>${lock}`);
  return present(context, doc);
}
