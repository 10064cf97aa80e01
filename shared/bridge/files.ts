import { z } from 'zod';
import { accountId } from './accounts';
import { method } from './method';

/** Bytes that this device keeps: found by `id`, which is the SHA-256 of the content in hex. */
export type StoredFile = { id: string; sha256: string; md5: string; size: number; type: string };

/** What the server made of an upload (its File document). */
export type UploadedFile = {
  name: string;
  file_name: string;
  file_url: string;
  is_private: 0 | 1;
  content_hash: string | null;
  file_size: number;
};

/** Bytes: what an account's kept files take on the disk, what is free there for this user, and how large it is; null where the system does not say. */
export type FileRoom = { taken: number; disk: { free: number; size: number } | null };

const fileId = z.string().regex(/^[0-9a-f]{64}$/);
const chunk = z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= 4 * 1024 * 1024, 'a chunk is at most 4 MiB');

const facts = z.strictObject({
  size: z.number().int().min(1).nullable(),
  md5: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .nullable(),
});

export const files = {
  /** Opens a file to be received in chunks; the answer is a handle for `write` and `finish`. */
  begin: method<{ handle: string }>()(z.object({ account: accountId, name: z.string().max(1000), size: z.number().int().min(0) })),
  write: method<null>()(z.object({ handle: z.string().max(64), bytes: chunk })),
  /** After this returns the bytes are encrypted, hashed and fsynced on this device. */
  finish: method<StoredFile>()(z.object({ handle: z.string().max(64) })),
  abandon: method<null>()(z.object({ handle: z.string().max(64) })),
  /** Part of a kept file, at most 4 MiB; shorter at its end. */
  read: method<Uint8Array>()(
    z.object({
      account: accountId,
      file: fileId,
      offset: z.number().int().min(0),
      length: z
        .number()
        .int()
        .min(1)
        .max(4 * 1024 * 1024),
    }),
  ),
  /** Sends a kept file to the server; progress comes as the event `uploadProgress`. Never repeated by itself. */
  upload: method<UploadedFile>()(
    z.object({
      account: accountId,
      file: fileId,
      /** At most 140 characters, of which an emoji is two here. */
      fileName: z.string().min(1).max(280),
      doctype: z.string().min(1).max(140),
      docname: z.string().min(1).max(255),
      fieldname: z.string().max(140).optional(),
      isPrivate: z.boolean(),
    }),
  ),
  /**
   * Stops an upload that is under way, whoever asked for it. That call rejects: with `try-again` before all of the file was sent,
   * after that with `cancelled`, since the server may have it. Does nothing where there is none.
   */
  stopUpload: method<null>()(z.strictObject({ account: accountId, file: fileId, docname: z.string().min(1).max(255) })),
  /**
   * Fetches a file of the server with the account's credentials and keeps it. `url` is a path on the site, `told` what the site
   * says of its bytes. Bytes that fit none of it are asked for once more and then not kept: `not-frappe`.
   */
  fetch: method<StoredFile>()(
    z.strictObject({
      account: accountId,
      url: z
        .string()
        .regex(/^\/(private\/)?files\//)
        .max(1000),
      told: z.array(facts).max(50),
      priority: z.enum(['interactive', 'bulk']),
    }),
  ),
  /**
   * Reads a small private file of the server as text, with the account's credentials; nothing is kept. `told` as for `fetch`.
   * `too-large` over `largest` bytes, `unsupported` for what is no UTF-8, `not-frappe` for other bytes than the site says.
   */
  text: method<{ text: string }>()(
    z.strictObject({
      account: accountId,
      url: z
        .string()
        .regex(/^\/private\/files\//)
        .max(1000),
      told: z.array(facts).max(50),
      largest: z
        .number()
        .int()
        .min(1)
        .max(1024 * 1024),
      priority: z.enum(['interactive', 'bulk']),
    }),
  ),
  /**
   * Has the server print a document that it has, fetches the PDF with the account's credentials and keeps it. Never repeated
   * by itself. `not-frappe` for an answer that is no PDF, `too-large` over 64 MiB.
   */
  fetchPdf: method<StoredFile>()(
    z.strictObject({
      account: accountId,
      doctype: z.string().min(1).max(140),
      name: z.string().min(1).max(255),
      format: z.string().min(1).max(140),
      letterhead: z.boolean(),
    }),
  ),
  /**
   * Opens a copy of a kept file with what the system opens such files with. One that could do something on the machine is
   * asked about first, by the main process. Where there is no such thing (headless): `unsupported`.
   */
  open: method<null>()(z.object({ account: accountId, file: fileId, fileName: z.string().min(1).max(1000) })),
  /** How much the kept files of an account take, and how full the disk is. */
  room: method<FileRoom>()(z.strictObject({ account: accountId })),
  /**
   * Forgets these bytes, but none that unsent work refers to or that were given here in this run. Answers how many bytes that freed,
   * and the files that stayed.
   */
  forget: method<{ freed: number; stayed: string[] }>()(z.strictObject({ account: accountId, files: z.array(fileId).max(10_000) })),
  /** Forgets all but these, with the same exceptions, and nothing that was kept within the last day. */
  forgetOthers: method<{ freed: number }>()(z.strictObject({ account: accountId, keep: z.array(fileId).max(500_000) })),
};
