import { z } from 'zod';
import { filterOperators } from '../erp/filters';
import { AppError } from '../errors';
import { filesOfChoices } from '../files/files-offline';
import type { FilesOffline } from '../files/files-offline';
import type { ProfileEntry } from '../sync/profile';

/** A profile as an administrator hands it out: what devices keep, and which attachments come along (null: not said). */
export type ProfileFile = { name: string; entries: ProfileEntry[]; files: FilesOffline | null };

/** How the name of such a file ends. */
export const profileFileEnding = '.fieldbook-profile.json';

/** Characters of the largest file that is read. */
export const largestProfile = 256 * 1024;

/** A file says of itself what it is, so that any other JSON is told apart. */
const format = 'fieldbook-profile';
const version = 1;

const plainText = (most: number): z.ZodString =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}]+$/u, 'holds control characters');
const fieldname = z.string().regex(/^[A-Za-z_]\w{0,139}$/, 'is no field name');
const value = z.union([z.string().max(1000), z.number(), z.boolean(), z.null()]);

const entry = z.strictObject({
  doctype: plainText(140).refine((name) => name.trim() === name, 'begins or ends with a space'),
  filters: z
    .array(z.tuple([fieldname, z.enum(filterOperators), z.union([value, z.array(value).max(500)])]))
    .max(20)
    .default([]),
  window: z
    .strictObject({ field: fieldname, days: z.int().min(1).max(3660) })
    .nullable()
    .default(null),
  links: z.boolean().default(true),
  attachments: z.boolean().default(false),
});

const file = z.strictObject({
  format: z.literal(format),
  version: z.literal(version),
  name: plainText(140),
  keep: z.array(entry).min(1).max(400),
  attachments: z.strictObject({ of: z.enum(filesOfChoices), largestMb: z.number().min(0).max(10_000).nullable() }).optional(),
});

/** Said first: what a newer version wrote is not called broken. */
const kind = z.object({ format: z.literal(format), version: z.int() });

/**
 * Reads a profile file. @throws AppError `too-large`, or `unsupported` with what is wrong with it and where; nothing of a file
 * that is wrong anywhere is taken.
 */
export function parseProfileFile(text: string): ProfileFile {
  if (text.length > largestProfile) throw tooLargeProfile();
  const parsed = json(text);
  const known = kind.safeParse(parsed);
  if (!known.success) throw bad('This is not a Fieldbook profile. Nothing was changed. Choose a file that Fieldbook exported.');
  if (known.data.version > version)
    throw bad(
      'This profile is of a newer version of Fieldbook. Nothing was changed. Update Fieldbook, or ask for a profile of this version.',
    );
  const read = file.safeParse(parsed);
  if (!read.success)
    throw bad(`This profile cannot be used: ${whatIsWrong(read.error, parsed)}. Nothing was changed. Tell whoever made the file.`);
  const twice = firstTwice(read.data.keep.map(({ doctype }) => doctype));
  if (twice !== null) throw bad(`This profile cannot be used: it names ${twice} twice. Nothing was changed. Tell whoever made the file.`);
  return { name: read.data.name, entries: read.data.keep.map(entryOf), files: read.data.attachments ?? null };
}

/** The text of a profile file; who a choice is from stays on the device. */
export const profileFileText = ({ name, entries, files }: ProfileFile): string =>
  `${JSON.stringify(
    {
      format,
      version,
      name,
      keep: entries.map(({ doctype, filters, window, links, files: attachments }) => ({
        doctype,
        ...(filters.length > 0 ? { filters } : {}),
        ...(window == null ? {} : { window }),
        ...(links === false ? { links } : {}),
        ...(attachments === true ? { attachments } : {}),
      })),
      ...(files === null ? {} : { attachments: files }),
    },
    null,
    2,
  )}\n`;

export const tooLargeProfile = (): AppError =>
  new AppError(
    'too-large',
    'This file is too large for a profile (over 256 kB). Nothing was changed. Choose a file that Fieldbook exported.',
  );

function entryOf({ doctype, filters, window, links, attachments }: z.infer<typeof entry>): ProfileEntry {
  return {
    doctype,
    filters,
    ...(window === null ? {} : { window }),
    ...(links ? {} : { links: false }),
    ...(attachments ? { files: true } : {}),
  };
}

const bad = (message: string): AppError => new AppError('unsupported', message);

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The first thing that is wrong, at its place: `keep 3 (Sales Order), window.days: …`. */
function whatIsWrong(error: z.ZodError, parsed: unknown): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'it is not as it should be';
  const [first, index, ...rest] = issue.path;
  const place =
    first === 'keep' && typeof index === 'number'
      ? [`entry ${index + 1}${nameAt(parsed, index)}`, rest.join('.')].filter((part) => part !== '').join(', ')
      : issue.path.join('.');
  return place === '' ? issue.message : `${place}: ${issue.message}`;
}

/** The DocType of an entry, as far as it can be told, short. */
function nameAt(parsed: unknown, index: number): string {
  const name = z.object({ keep: z.array(z.unknown()) }).safeParse(parsed).data?.keep[index];
  const doctype = z.object({ doctype: z.string() }).safeParse(name).data?.doctype ?? '';
  const shown = doctype.replaceAll(/\p{Cc}/gu, ' ').slice(0, 60);
  return shown === '' ? '' : ` (${shown})`;
}

function firstTwice(names: readonly string[]): string | null {
  return names.find((name, at) => names.indexOf(name) !== at) ?? null;
}
