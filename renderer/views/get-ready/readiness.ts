import { tableTypes } from '@shared/erp/docfield';
import type { DocTypeBundle } from '@shared/erp/doctype';
import type { SyncState } from '@shared/sync/sync-state';

export type Mend =
  | { kind: 'download'; doctypes: string[] }
  | { kind: 'add'; doctypes: string[] }
  | { kind: 'persist' }
  | { kind: 'send' }
  | { kind: 'files' }
  | { kind: 'company' };

/** One line of the check. `doctypes` and `message` are what the words of `about` speak of. */
export type ReadinessItem = { level: 'green' | 'amber'; mend: Mend | null } & (
  | { about: 'documents'; documents: number; doctypes: number }
  | { about: 'missing'; doctypes: string[] }
  | { about: 'failed'; doctype: string; message: string }
  | { about: 'age'; doctype: string; age: number }
  | { about: 'linked'; doctypes: string[] }
  | { about: 'forms'; doctypes: string[] }
  /** Attachments that are to be kept here: names of a few that are not, and how many. `why`: what keeps them from coming. */
  | { about: 'attachments'; here: number }
  | { about: 'noAttachments'; count: number; names: string[]; why: 'not-yet' | 'refused' | 'quota' | 'disk' }
  | { about: 'storage' }
  /** The company's profile cannot be read since then (ms). */
  | { about: 'company'; since: number; message: string }
  /** `files`: how many of the changes are files. */
  | { about: 'waiting'; count: number; files: number }
);

export type ReadinessInput = {
  profile: readonly string[];
  pulls: SyncState['pulls'];
  /** Documents here by DocType. */
  totals: Readonly<Record<string, number>>;
  /** Metadata here. */
  bundles: readonly DocTypeBundle[];
  persisted: boolean;
  /** Unsent changes. */
  waiting: number;
  /** How many of these are files for a document. */
  files: number;
  /** Attachments that are to be kept here: how many are, and the names of those that are not. */
  attachments: { here: number; missing: readonly string[]; refused: readonly string[]; stopped: 'quota' | 'disk' | null };
  /** Why the company's profile cannot be read, where one is followed, and since when (ms). */
  company: { since: number; message: string } | null;
  /** Milliseconds since 1970. */
  now: number;
};

/** A download older than this is worth renewing before driving off. */
const staleAfter = 24 * 60 * 60 * 1000;

/** What is here, how old, and what is missing for a day without a network. */
export function readiness(input: ReadinessInput): ReadinessItem[] {
  const readable = input.profile.filter((doctype) => input.pulls[doctype]?.error?.code !== 'forbidden');
  const complete = readable.filter((doctype) => completedAt(input, doctype) !== null);
  const failed = readable.filter((doctype) => input.pulls[doctype]?.state === 'failed');
  const missing = readable.filter((doctype) => !complete.includes(doctype) && !failed.includes(doctype));
  const items: ReadinessItem[] = [];

  if (complete.length > 0) {
    const documents = complete.reduce((sum, doctype) => sum + (input.totals[doctype] ?? 0), 0);
    items.push({ level: 'green', mend: null, about: 'documents', documents, doctypes: complete.length });
  }
  if (missing.length > 0)
    items.push({ level: 'amber', mend: { kind: 'download', doctypes: missing }, about: 'missing', doctypes: missing });
  for (const doctype of failed) {
    const message = input.pulls[doctype]?.error?.message ?? '';
    items.push({ level: 'amber', mend: { kind: 'download', doctypes: [doctype] }, about: 'failed', doctype, message });
  }
  const oldest = oldestOf(input, complete);
  if (oldest) {
    const stale = oldest.age > staleAfter;
    items.push({
      level: stale ? 'amber' : 'green',
      mend: stale ? { kind: 'download', doctypes: complete } : null,
      about: 'age',
      ...oldest,
    });
  }
  if (complete.length > 0) items.push(formsItem(input, complete), linkedItem(input, readable));
  items.push(...attachmentItems(input.attachments));
  if (input.company !== null) items.push({ level: 'amber', mend: { kind: 'company' }, about: 'company', ...input.company });
  if (input.waiting > 0) items.push({ level: 'amber', mend: { kind: 'send' }, about: 'waiting', count: input.waiting, files: input.files });
  items.push({ level: input.persisted ? 'green' : 'amber', mend: input.persisted ? null : { kind: 'persist' }, about: 'storage' });
  return items;
}

const namedAtMost = 3;

function attachmentItems({ here, missing, refused, stopped }: ReadinessInput['attachments']): ReadinessItem[] {
  const lacking = (files: readonly string[], why: 'not-yet' | 'refused' | 'quota' | 'disk'): ReadinessItem[] =>
    files.length === 0
      ? []
      : [
          {
            level: 'amber',
            mend: { kind: 'files' },
            about: 'noAttachments',
            count: files.length,
            names: files.slice(0, namedAtMost),
            why,
          },
        ];
  const items = [...lacking(missing, stopped ?? 'not-yet'), ...lacking(refused, 'refused')];
  return items.length > 0 || here === 0 ? items : [{ level: 'green', mend: null, about: 'attachments', here }];
}

/** What may yet turn out otherwise when the rest has come. */
const unsure: ReadonlySet<ReadinessItem['about']> = new Set(['age', 'forms', 'linked']);

/** What can be told while a download runs: what has not come yet is no fault, and nothing is ticked off before it has. */
export const whileComing = (items: ReadinessItem[]): ReadinessItem[] =>
  items.some(({ about }) => about === 'missing')
    ? items.filter(({ about, level }) => about !== 'missing' && !(level === 'green' && unsure.has(about)))
    : items;

const completedAt = (input: ReadinessInput, doctype: string): number | null => input.pulls[doctype]?.completedAt ?? null;

function oldestOf(input: ReadinessInput, doctypes: readonly string[]): { doctype: string; age: number } | null {
  const ages = doctypes.flatMap((doctype) => {
    const at = completedAt(input, doctype);
    return at === null ? [] : [{ doctype, age: Math.max(0, input.now - at) }];
  });
  return ages.reduce<{ doctype: string; age: number } | null>((oldest, one) => (oldest && oldest.age >= one.age ? oldest : one), null);
}

function formsItem(input: ReadinessInput, doctypes: readonly string[]): ReadinessItem {
  const known = new Set(input.bundles.map((bundle) => bundle.doctype.name));
  const lacking = doctypes.filter((doctype) => !known.has(doctype));
  return {
    level: lacking.length > 0 ? 'amber' : 'green',
    mend: lacking.length > 0 ? { kind: 'download', doctypes: lacking } : null,
    about: 'forms',
    doctypes: lacking,
  };
}

/** Only what a form cannot do without counts: a DocType links to dozens of others that a person may leave empty. */
function linkedItem(input: ReadinessInput, kept: readonly string[]): ReadinessItem {
  const needed = new Set(input.bundles.filter((bundle) => kept.includes(bundle.doctype.name)).flatMap(requiredLinks));
  const lacking = [...needed].filter((doctype) => !input.profile.includes(doctype) && (input.totals[doctype] ?? 0) === 0).sort();
  return {
    level: lacking.length > 0 ? 'amber' : 'green',
    mend: lacking.length > 0 ? { kind: 'add', doctypes: lacking } : null,
    about: 'linked',
    doctypes: lacking,
  };
}

function requiredLinks({ doctype, children }: DocTypeBundle): string[] {
  const tables = new Set(
    doctype.fields.filter((field) => tableTypes.has(field.fieldtype) && field.reqd === 1).map((field) => field.options),
  );
  return [doctype, ...children.filter((child) => tables.has(child.name))]
    .flatMap((one) => one.fields)
    .filter((field) => field.fieldtype === 'Link' && field.reqd === 1 && field.hidden !== 1 && field.read_only !== 1)
    .flatMap((field) => (field.options ? [field.options] : []));
}
